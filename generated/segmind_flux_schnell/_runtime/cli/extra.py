# @generated from openapi/runtime/cli/extra.py by `make generate`. Do not edit: change that file.
"""The libraries of the extra `cli`: which of them are missing, or too old, by what the package says of itself."""

import re
from collections.abc import Iterator
from importlib.util import find_spec

_MODULES = {"click": "click", "jinja2": "jinja2", "pillow": "PIL", "rich": "rich"}
"""What is imported of each. A package that runs from a folder may have no metadata."""

_REQUIREMENT = re.compile(r"""(?P<name>[\w.-]+)\s*(?P<range>[^;]*);.*\bextra\s*==\s*['"]cli['"]""", re.ASCII)
_LEAST = re.compile(r">=\s*(?P<version>[0-9.]+)", re.ASCII)


def missing_libraries(project: str) -> list[str]:
    """Those that have to be installed, each with the least version, and the installed one if it is too old.

    Empty also where Pillow alone is missing: most commands need none, and the others say so themselves.

    Args:
        project: Name of the package's distribution.
    """
    # Takes a while, and programs that import the command line need not start it.
    from importlib.metadata import PackageNotFoundError, requires

    try:
        lines = requires(project) or []
    except PackageNotFoundError:
        found = [name for name, module in _MODULES.items() if find_spec(module) is None]
    else:
        found = list(_missing(filter(None, map(_REQUIREMENT.match, lines))))
    return found if any(name.partition(" ")[0].lower() != "pillow" for name in found) else []


def _missing(requirements: Iterator[re.Match[str]]) -> Iterator[str]:
    from importlib.metadata import PackageNotFoundError, version

    for found in requirements:
        name, least = found["name"], _LEAST.search(found["range"])
        needed = f"{name} {least['version']} or later" if least else name
        try:
            installed = version(name)
        except PackageNotFoundError:
            yield needed
            continue
        if find_spec(_MODULES.get(name.lower(), name)) is None:
            yield needed
            continue
        if least and _numbers(installed) < _numbers(least["version"]):
            yield f"{needed} ({installed} is installed)"


def _numbers(text: str) -> list[int]:
    """The numbers at the start of a version, without zeros at the end."""
    release = re.match(r"[0-9.]*", text, re.ASCII)
    numbers = [int(part) for part in (release[0] if release else "").split(".") if part]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers
