"""Print the lowest version of each library that the package declares: `python -m tests.lowest_versions`."""

import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Print one pin a line, as pip takes them."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    print("\n".join(lowest(declared(project))))
    return 0


def declared(project: dict[str, Any]) -> list[str]:
    """What the package needs, and what its extras bring; an extra that brings another extra is looked at by itself."""
    extras: Iterable[list[str]] = project["optional-dependencies"].values()
    every = [*project["dependencies"], *(line for lines in extras for line in lines)]
    return [line for line in every if Requirement(line).name != project["name"]]


def lowest(requirements: Iterable[str]) -> list[str]:
    """A pin for each library, at the lower end of its range.

    Raises:
        ValueError: A range has no lower end, or the same library has two.
    """
    ends: dict[str, str] = {}
    for requirement in map(Requirement, requirements):
        versions = [one.version for one in requirement.specifier if one.operator in (">=", "==", "~=")]
        if len(versions) != 1:
            raise ValueError(f"{requirement} does not have one lower end")
        if ends.setdefault(requirement.name, versions[0]) != versions[0]:
            raise ValueError(f"{requirement.name} has two lower ends: {ends[requirement.name]} and {versions[0]}")
    return [f"{name}=={version}" for name, version in ends.items()]


if __name__ == "__main__":
    sys.exit(main())
