"""What differs between the tools of two versions: the make targets, and the options of `openapi/generate.py`, by name.

Both are read as text: neither is run.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from .change import Change
from .rules import rule_of

_TARGET = re.compile(r"^(?P<name>[a-z][a-z-]*):.*## ", re.MULTILINE)


def tool_changes(old: Path, new: Path) -> list[Change]:
    """All differences between the tools of two versions.

    Args:
        old: The root of the old version. What it does not have is not compared.
        new: The root of the new version.
    """
    found: list[Change] = []
    for name, read, prefix, shown in _TOOLS:
        if (old / name).is_file():
            was = read(old / name)
            now = read(new / name) if (new / name).is_file() else set[str]()
            found += [
                Change(rule_of(f"{prefix}-removed"), shown.format(one), source="tools") for one in sorted(was - now)
            ]
            found += [
                Change(rule_of(f"{prefix}-added"), shown.format(one), source="tools") for one in sorted(now - was)
            ]
    return found


def tool_files(root: Path | None) -> list[Path]:
    """The files that say which tools there are; none without a root."""
    return [] if root is None else [root / name for name, *_ in _TOOLS]


def further_packages(root: Path | None, name: str) -> tuple[Path, ...]:
    """The packages beside the generated one that the wheel of a project has, by its `pyproject.toml`.

    Args:
        root: The folder of the project, or None if there is none.
        name: Name of the generated package.
    """
    if root is None or not (root / "pyproject.toml").is_file():
        return ()
    tools = tomllib.loads((root / "pyproject.toml").read_text("utf-8")).get("tool", {})
    wheel = tools.get("hatch", {}).get("build", {}).get("targets", {}).get("wheel", {})
    return tuple(root / one for one in wheel.get("packages", ()) if Path(one).name != name)


def _targets(makefile: Path) -> set[str]:
    """The make targets that `make help` lists."""
    return {found["name"] for found in _TARGET.finditer(makefile.read_text("utf-8"))}


def _options(program: Path) -> set[str]:
    """The options of a program that reads them by argparse."""
    return set(_flags(ast.parse(program.read_text("utf-8"))))


def _flags(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "add_argument":
            names = (str(one.value) for one in node.args if isinstance(one, ast.Constant))
            yield from (name for name in names if name.startswith("-"))


_TOOLS = (
    ("Makefile", _targets, "command", "`make {}`"),
    ("openapi/generate.py", _options, "option", "`{}` of `openapi/generate.py`"),
    ("openapi/changes.py", _options, "option", "`{}` of `openapi/changes.py`"),
)
"""Each file, what reads it, the beginning of the kinds of its differences, and what one of its names is called."""
