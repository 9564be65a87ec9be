"""The commands of `console` blocks, and the rule for each program: to run it, or to check it without its work."""

import importlib.util
import re
import shlex
from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from tests.readmes import ROOT
from tests.readmes.blocks import Block, UncoveredError

Rule = Literal["run", "serve", "dry-run", "collect", "test", "help", "pip", "uv"]
"""`run` is for real, and so is `test`, of files that the reader has saved. What takes minutes or a download is checked
by a program that knows: make names the recipe, pytest collects, a module lists its options, pip and uv resolve against
what is installed."""

_TARGETS: dict[str, Rule] = {
    **dict.fromkeys(("", "help", "demo", "generate", "check", "changes", "drift", "record"), "run"),
    **dict.fromkeys(
        (
            "test",
            "lint",
            "faults",
            "mutants",
            "edits",
            "bench",
            "documents",
            "build",
            "coverage",
            "test-lowest",
            "documentation",
            "adopt",
            "accept",
        ),
        "dry-run",
    ),
    "sandbox": "serve",
}
_MODULES: dict[str, Rule] = {
    "pip": "pip",
    "pytest": "collect",
    "segmind_flux_schnell": "run",
    "tests.bench": "help",
    "tests.client.faults": "dry-run",
    "tests.contract": "run",
    "segmind_flux_schnell_sandbox": "serve",
}
_PROGRAMS = frozenset({".", "cat", "curl", "echo", "export", "flux-schnell", "head", "ls", "mkdir", "printf", "test"})
_SEPARATORS = frozenset({"|", "||", "&&", ";", "&"})
_REDIRECTIONS = frozenset({">", ">>", "<", "2>", "&>"})
_ASSIGNMENT = re.compile(r"\w+=.*", re.DOTALL)


@frozen
class Command:
    """One command of a block.

    Args:
        line: Where it stands in the file.
        text: The command, as a shell takes it.
        shown: The output that the README shows, or None where it shows nothing.
    """

    line: int
    text: str
    shown: str | None = None


def commands(block: Block) -> list[Command]:
    """The commands of a `console` block, each with the output below it.

    Raises:
        UncoveredError: The block does not begin with a command.
    """
    found: list[Command] = []
    lines = iter(enumerate(block.text.splitlines(), start=block.line))
    for number, line in lines:
        if line.startswith("$ "):
            text = line[2:]
            while text.endswith("\\"):
                text = f"{text[:-1]} {next(lines)[1].strip()}"
            found.append(Command(number, text))
        elif not found:
            raise UncoveredError(f"line {number} is the output of no command: {line!r}")
        else:
            last = found[-1]
            shown = line if last.shown is None else f"{last.shown}\n{line}"
            found[-1] = Command(last.line, last.text, shown)
    return found


def rule_for(text: str) -> Rule:
    """How a command is checked.

    Raises:
        UncoveredError: No rule covers one of its programs.
    """
    parts: list[Rule] = [_rule(words) for words in simple_commands(text)]
    if not parts:
        raise UncoveredError(f"there is no command in {text!r}")
    if len(parts) > 1 and set(parts) != {"run"}:
        raise UncoveredError(f"{text!r} joins commands that are not all run for real")
    return parts[0]


def simple_commands(text: str) -> Iterator[list[str]]:
    """The words of each command that a line joins, without assignments in front, redirections and comments."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    tokens = iter(lexer)
    for token in tokens:
        if token in _SEPARATORS:
            yield words
            words = []
        elif token in _REDIRECTIONS:
            next(tokens)
        elif words or not _ASSIGNMENT.fullmatch(token):
            words.append(token)
    if words:
        yield words


def _rule(words: list[str]) -> Rule:
    program, arguments = words[0].removeprefix(".venv/bin/"), words[1:]
    if program == "make":
        targets = [word for word in arguments if not _ASSIGNMENT.fullmatch(word)]
        return _looked_up(_TARGETS, targets[0] if targets else "", "make target")
    if program == "pip":
        return "pip"
    if program == "pytest":
        return "test"
    if program == "uv" and arguments[:1] in (["pip"], ["add"]):
        return "uv"
    if program in ("python", "python3.11"):
        if arguments[0] == "-m":
            return _looked_up(_MODULES, arguments[1], "module")
        if (ROOT / arguments[0]).is_file():
            return "run"
    if program in _PROGRAMS:
        return "run"
    raise UncoveredError(f"no rule covers the program {words[0]!r}")


def _looked_up(rules: dict[str, Rule], name: str, kind: str) -> Rule:
    if name not in rules:
        raise UncoveredError(f"no rule covers the {kind} {name!r}")
    return rules[name]


def missing_parts(recipe: str) -> list[str]:
    """What the recipe of a make target starts, and is not there: modules, scripts and programs of the `.venv`."""
    modules = set(re.findall(r"\.venv(?:-lowest)?/bin/python -m ([\w.]+)", recipe))
    scripts = set(re.findall(r"\.venv/bin/python ([\w/]+\.py)", recipe))
    programs = set(re.findall(r"(\.venv/bin/[\w-]+)", recipe))
    assert modules or scripts or programs, f"the recipe starts nothing: {recipe!r}"
    return [
        *(name for name in modules if importlib.util.find_spec(name) is None),
        *(name for name in scripts | programs if not (ROOT / name).exists()),
    ]
