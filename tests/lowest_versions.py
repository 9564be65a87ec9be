"""Prints the lowest version of each requirement of the package, as pip takes it: `python -m tests.lowest_versions`.

`make test-lowest` installs them beside what the tests need, and runs the tests of the client.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1] / "pyproject.toml"

_LOWEST = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)>=(?P<version>[0-9.]+)(,<[0-9.]+)?")


def lowest(project: Mapping[str, Any]) -> Iterator[str]:
    """A pin for each requirement, those of the extras included.

    Args:
        project: The table `project` of a `pyproject.toml`.

    Raises:
        ValueError: A requirement has no lower end.
    """
    extras: Mapping[str, list[str]] = project.get("optional-dependencies", {})
    for requirement in [*project["dependencies"], *(one for extra in extras.values() for one in extra)]:
        found = _LOWEST.fullmatch(requirement)
        if found is None:
            raise ValueError(f"{requirement!r} is not a name with a lower end, such as 'httpx>=0.27,<1'")
        yield f"{found['name']}=={found['version']}"


if __name__ == "__main__":
    print("\n".join(lowest(tomllib.loads(PROJECT.read_text())["project"])))
