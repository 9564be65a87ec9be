"""Which version follows a released one."""

import pytest
from packaging.version import Version

from generator.changes.change import Change, Verdict
from generator.changes.compared import Compared
from generator.changes.releases import Release
from generator.changes.rules import rule_of
from generator.changes.versions import following, is_enough, parsed, strongest


@pytest.mark.parametrize(
    ("released", "verdict", "least"),
    [
        ("0.1.0", "breaking", "0.2.0"),
        ("0.1.4", "breaking", "0.2.0"),
        ("0.1.0", "additive", "0.1.1"),
        ("0.1.0", "docs", "0.1.1"),
        ("0.1.0", None, "0.1.0"),
        ("1.2.3", "breaking", "2.0.0"),
        ("1.2.3", "additive", "1.3.0"),
        ("1.2.3", "docs", "1.2.4"),
        ("1.2.3", None, "1.2.3"),
        ("2.0", "additive", "2.1.0"),
        ("1.0.0rc1", "breaking", "1.0.0"),
        ("1.0.0rc1", None, "1.0.0rc1"),
    ],
)
def test_the_lowest_version_that_may_follow(released: str, verdict: Verdict | None, least: str) -> None:
    """Semantic versioning: before 1.0.0, the second number stands for breaking changes."""
    assert following(Version(released), verdict) == Version(least)


@pytest.mark.parametrize(
    ("version", "least", "enough"),
    [
        ("0.2.0", "0.2.0", True),
        ("0.1.9", "0.2.0", False),
        ("1.0.0", "0.2.0", True),
        ("0.1.0", "0.1.1", False),
        ("0.2.0rc1", "0.2.0", True),
        ("0.1.9rc1", "0.2.0", False),
    ],
)
def test_a_version_is_high_enough(version: str, least: str, enough: bool) -> None:
    """A higher version is always enough, and so is a pre-release of one that is."""
    assert is_enough(Version(version), Version(least)) is enough


@pytest.mark.parametrize(
    ("released", "version", "changed", "enough"),
    [
        ("1.0.0", "1.0.0", False, True),
        ("1.0.0", "0.9.0", False, False),
        ("1.0.0", "1.0.0rc1", False, False),
        ("1.0.0", "1.0.0+local", False, True),
        ("1.0.0", "1.0.0+local", True, False),
        ("1.0.0rc1", "1.0.0rc1", True, False),
        ("1.0.0rc1", "1.0.0rc2", True, True),
    ],
)
def test_a_version_comes_after_the_released_one(released: str, version: str, changed: bool, enough: bool) -> None:
    """What has been released as a version is not changed, and nothing is released as an earlier one."""
    release = Release(f"v{released}", "0123456789", Version(released))
    changes = [Change(rule_of("code"), "the code of the package")] if changed else []
    assert Compared(release, Version(released), Version(version), changes).is_enough is enough


@pytest.mark.parametrize(("text", "known"), [("v1.2.3", True), ("1.2.3", True), ("1.2.3.4", False), ("next", False)])
def test_a_version_has_up_to_three_numbers(text: str, known: bool) -> None:
    """A tag with a `v` in front is a version; one that is not a version is not read as one."""
    assert (parsed(text) is not None) is known


def test_the_strongest_verdict_counts() -> None:
    """One breaking change among others makes all of them breaking."""
    assert strongest(["docs", "breaking", "additive"]) == "breaking"
    assert strongest(["docs", "additive"]) == "additive"
    assert strongest([]) is None
