"""The reports: what a comment on GitHub can hold, and what the names and values of a document do to it."""

from collections.abc import Sequence

import pytest
from packaging.version import Version

from generator.changes.change import Change
from generator.changes.compared import Compared
from generator.changes.draft import draft
from generator.changes.releases import Release
from generator.changes.report import markdown, text
from generator.changes.rules import rule_of

_GITHUB_TAKES = 65_536
_BREAKING = rule_of("request-bound-narrower")


def _compared(changes: Sequence[Change]) -> Compared:
    return Compared(Release("v1.0.0", "0123456789", Version("1.0.0")), Version("1.0.0"), Version("1.0.0"), changes)


def test_two_pages_fit_into_a_comment() -> None:
    """A new document in place of the old one has thousands of changes: the breaking ones come first, with a count."""
    changes = [Change(_BREAKING, f"`maximum` of `field_{at}`", "8" * 80, "6" * 80) for at in range(2000)]
    changes += [Change(rule_of("description"), f"`field_{at}`") for at in range(2000)]
    page = markdown(_compared(changes))
    assert 2 * len(page) < _GITHUB_TAKES
    shown = page.count("| `maximum` of `field_")
    assert shown > 50
    assert f"… and {2000 - shown} more" in page
    assert "#### Breaking (2000)" in page
    assert page.rstrip().endswith("</details>")


@pytest.mark.parametrize(
    "name", ["`", "a`b|c", "<script>", "@someone", "[x](https://example.com)", "a\n\n# b", "\x1b[31m"]
)
def test_what_a_document_calls_things_is_shown_and_not_done(name: str) -> None:
    """A name neither ends a cell, mentions anybody nor colours a terminal."""
    found = _compared([Change(_BREAKING, f"`{name}`", name.replace("`", "'"), name.replace("`", "'"))])
    rows = [line for line in markdown(found).splitlines() if "was" in line and "|" in line]
    assert len(rows) == 1
    outside = "".join(rows[0].split("`")[::2])
    assert not {*"<@["} & {*outside}
    assert "\x1b" not in text(found) + markdown(found) + draft(found)


def test_a_value_that_was_not_there_is_named_so() -> None:
    """Empty code would open a piece of code that nothing closes."""
    (change,) = _compared([Change(_BREAKING, "`maximum` of `samples`", "", "4")]).changes
    assert change.title == "`maximum` of `samples`: `4`, was none"
    assert Change(rule_of("unclassified"), "the document").title == "the document: an edit that no rule knows"


def test_the_draft_says_what_to_publish() -> None:
    """What breaks says for whom, what is new needs no more words, and the documentation is a number."""
    changes = [
        Change(_BREAKING, "`maximum` of `steps`", "8", "6"),
        Change(rule_of("field-added"), "`style`"),
        *(Change(rule_of("description"), f"`field_{at}`") for at in range(3)),
    ]
    assert draft(_compared(changes)).rstrip() == (
        "## 2.0.0 (not released)\n\n"
        "### Breaking\n\n"
        "- `maximum` of `steps`: `6`, was `8`. Calls that it no longer allows are refused before anything is sent.\n\n"
        "### Added\n\n"
        "- `style`: the field is new.\n\n"
        "### Other\n\n"
        "- Only the documentation has changed in 3 places."
    )


def test_the_draft_has_the_width_of_the_changelog() -> None:
    """Long entries go on in further lines, and no code of theirs is torn within a word."""
    section = draft(_compared([Change(_BREAKING, f"`maximum` of `{'long_' * 20}`", "8" * 60, "6" * 60)]))
    entry = [line for line in section.splitlines() if line.startswith(("- ", "  "))]
    assert len(entry) > 1
    assert max(map(len, entry)) <= 140
    assert all(line.startswith("  ") for line in entry[1:])
