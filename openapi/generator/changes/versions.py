"""Which version follows a released one, by semantic versioning (https://semver.org).

Before 1.0.0, a breaking change needs another second number, and anything else another third one. From 1.0.0 on, a
breaking change needs another first number, an addition another second one, and anything else another third one.
"""

from collections.abc import Iterable

from packaging.version import InvalidVersion, Version

from .change import VERDICTS, Verdict

_NUMBERS = 3


def parsed(text: str) -> Version | None:
    """A version, or None for a text that is not one of up to three numbers, with a mark of a pre-release or without."""
    try:
        found = Version(text)
    except InvalidVersion:
        return None
    return found if len(found.release) <= _NUMBERS and not found.epoch else None


def strongest(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict on all changes together, or None where there are none."""
    found = {*verdicts}
    return next((one for one in VERDICTS if one in found), None)


def following(released: Version, verdict: Verdict | None) -> Version:
    """The lowest version that may follow a released one: itself, if nothing has changed.

    A pre-release promises nothing yet: its own release may follow it, whatever has changed.
    """
    major, minor, patch = released.major, released.minor, released.micro
    if verdict is None:
        return released
    if released.is_prerelease:
        return Version(f"{major}.{minor}.{patch}")
    if verdict == "breaking" and major:
        return Version(f"{major + 1}.0.0")
    if verdict == "breaking" or (verdict == "additive" and major):
        return Version(f"{major}.{minor + 1}.0")
    return Version(f"{major}.{minor}.{patch + 1}")


def is_enough(version: Version, least: Version) -> bool:
    """Whether a version is high enough. A pre-release of a version counts as that version."""
    return version >= least or (version.is_prerelease and Version(version.base_version) >= least)
