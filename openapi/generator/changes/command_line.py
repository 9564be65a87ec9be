"""What differs between the command lines of two versions: commands, options, arguments and exit codes, by name.

What a command prints, its JSON included, is not compared.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .change import Change
from .rules import rule_of

_SECONDS = 60

# Runs in a process of its own: both versions have the same name, and this process has one of them already.
_DESCRIBE = """
import json, sys
from importlib import import_module
package = sys.argv[1]
program = import_module(f"{package}.cli").PROGRAM
found = {"commands": {}, "exit codes": {}}
if program.operation is not None:
    import click
    group = import_module(f"{package}._runtime.cli.application").application(program, program.operation)
    with click.Context(group) as context:
        found["commands"] = group.to_info_dict(context)["commands"]
    codes = vars(import_module(f"{package}._runtime.cli.exit_codes"))
    found["exit codes"] = {name: code for name, code in codes.items() if name.isupper() and isinstance(code, int)}
print(json.dumps(found, default=lambda value: type(value).__name__))
"""

_FACTS = ("type", "nargs", "multiple", "is_flag", "count")


class CommandLineError(Exception):
    """The commands of a version cannot be listed."""


def command_line_changes(old: Path, new: Path) -> list[Change]:
    """All differences between the command lines of two versions of a package.

    Args:
        old: The folder of the old version.
        new: The folder of the new version, of the same name.

    Raises:
        CommandLineError: The commands of one of them cannot be listed.
    """
    return changes_of_commands(described(old), described(new))


def changes_of_commands(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
    """All differences between two command lines, as `described` describes them."""
    return [*_commands(was["commands"], now["commands"]), *_exit_codes(was["exit codes"], now["exit codes"])]


def described(folder: Path) -> dict[str, Any]:
    """The commands and the exit codes of a version of a package.

    Raises:
        CommandLineError: Its commands cannot be listed.
    """
    environment = {**os.environ, "PYTHONPATH": str(folder.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", _DESCRIBE, folder.name]
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        said = getattr(error, "stderr", None) or str(error)
        raise CommandLineError(str(said).strip().rpartition("\n")[2]) from error
    return found


def _commands(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    alike: dict[tuple[str, str, str, str], list[str]] = {}
    for name in dict.fromkeys([*old, *new]):
        if name in old and name in new:
            for found in _parameters(_by_flag(old[name]["params"]), _by_flag(new[name]["params"])):
                alike.setdefault(found, []).append(f"`{name}`")
        else:
            yield _change("command-removed" if name in old else "command-added", f"`{name}`")
    # One change for an option that several commands have.
    for (kind, what, was, now), names in alike.items():
        owners = " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
        yield _change(kind, f"{what} of {owners}", was, now)


def _by_flag(parameters: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Options by each of their flags, and arguments by their names."""
    return {
        flag: one
        for one in parameters
        for flag in ([*one["opts"], *one["secondary_opts"]] if one["param_type_name"] == "option" else [one["name"]])
    }


def _parameters(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, str, str, str]]:
    """Kind, option, old and new value of each difference of one command."""
    shared = [flag for flag in old if flag in new]
    for options, others in ((old, new), (new, old)):
        for one in {id(option): option for flag, option in options.items() if flag not in others}.values():
            flags = ", ".join(f"`{flag}`" for flag, option in options.items() if option is one and flag not in others)
            required = "option-added-required" if one["required"] else "option-added"
            yield "option-removed" if options is old else required, flags, "", ""
    for flag in shared:
        yield from _option(f"`{flag}`", old[flag], new[flag])
    was, now = ([flag for flag in each if not flag.startswith("-")] for each in (old, new))
    kept = [name for name in was if name in now]
    if kept != now[: len(kept)]:
        yield "option-changed", "the arguments", " ".join(was), " ".join(now)


def _option(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    if old["required"] != new["required"]:
        yield "option-now-required" if new["required"] else "option-now-optional", what, "", ""
    # What a field of a request takes, and by default, the document tells better.
    if str(new["name"]).startswith("field_"):
        return
    was, now = ({fact: _copied(one.get(fact)) for fact in _FACTS} for one in (old, new))
    choices = [one["type"].pop("choices", None) for one in (was, now)]
    if was != now or (choices[0] is None) is not (choices[1] is None):
        yield "option-changed", what, _taken(was), _taken(now)
    elif lost := [one for one in choices[0] or () if one not in choices[1]]:
        yield "option-choice-removed", what, ", ".join(map(str, lost)), ""
    elif further := [one for one in choices[1] or () if one not in choices[0]]:
        yield "option-choice-added", what, "", ", ".join(map(str, further))
    if old.get("default") != new.get("default"):
        yield "option-default-changed", what, str(old.get("default")), str(new.get("default"))


def _copied(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value


def _taken(facts: Mapping[str, Any]) -> str:
    """What an option takes, as it can be told shortly."""
    shown = [f"{name}: {value}" for name, value in {**facts.get("type", {}), **facts}.items() if name != "type"]
    return ", ".join(one for one in shown if not one.endswith((": False", ": None")))


def _exit_codes(old: Mapping[str, int], new: Mapping[str, int]) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        was, now, what = old.get(name), new.get(name), name.lower().replace("_", " ")
        if was != now:
            kind = "exit-code-added" if was is None else "exit-code-removed" if now is None else "exit-code-changed"
            yield _change(kind, f'"{what}"', *("" if code is None else str(code) for code in (was, now)))


def _change(kind: str, what: str, was: str = "", now: str = "") -> Change:
    return Change(rule_of(kind), what, was, now, source="command line")
