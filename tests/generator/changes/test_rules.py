"""Each kind of edit of the document: what it means for users, and what it means to take it back."""

import pytest

from generator.changes.change import Change
from generator.changes.rules import RULES, UNCLASSIFIED
from generator.changes.versions import strongest
from tests.edits.kinds import KINDS, Kind
from tests.generator.changes.documents import said_of
from tests.generator.changes.rows import DOCS_ROWS, ROWS, Row
from tests.generator.changes.test_command_line_changes import BACK as OPTIONS_BACK
from tests.generator.changes.test_command_line_changes import ROWS as OPTIONS
from tests.generator.changes.test_package_changes import ROWS as PACKAGE
from tests.generator.changes.test_schemas import ROWS as SCHEMAS

ELSEWHERE = {
    *("stream-added", "stream-removed", "stream-changed", "other-way"),
    *("option-choice-added", "option-choice-removed", "option-default-changed", "code"),
}
"""The kinds of which another test has the example."""


def _of_kind(changes: list[Change], kind: str) -> list[Change]:
    return [change for change in changes if change.rule.kind == kind]


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_an_edit_means_what_its_rule_says(row: Row) -> None:
    """The difference has its kind and says what has changed; taken back, it is the other direction."""
    there, back = said_of(row.before, (*row.before, *row.edits)), said_of((*row.before, *row.edits), row.before)
    titles = [change.title for change in _of_kind(there, row.kind)]
    assert [title for title in titles if row.title in title] != [], there
    assert row.back in [change.rule.kind for change in back]
    if row in DOCS_ROWS.values():
        assert {change.verdict for change in (*there, *back)} == {"docs"}


_VERDICTS = {
    "a range is widened": "additive",
    "a range is narrowed": "breaking",
    "a default is another": "breaking",
    "a value of an enum is added": "additive",
    "a value of an enum is removed": "breaking",
    "an optional field is added": "additive",
    "a required field is added": "breaking",
    "a field is renamed": "breaking",
    "a field is removed": "breaking",
    "a status is added": "additive",
    "a status is removed": "breaking",
    "a header is added": "additive",
    "a header is removed": "breaking",
    "a cause is added": "additive",
    "the text of a cause is another": "breaking",
    "a cause is removed": "breaking",
    "price and times are others": "breaking",
    "a GET is added": "additive",
    "a second POST is added": "additive",
    "an operation is removed": "breaking",
    "the service is elsewhere": "breaking",
    "the key is sent in another header": "breaking",
    "a description is another": "docs",
    "the version is another": None,
}


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_every_kind_of_edit_that_maintainers_make_is_classified(kind: Kind) -> None:
    """The kinds of `make edits` have the verdict that users would give, and none is unknown."""
    changes = said_of((), kind.edits)
    assert strongest(change.verdict for change in changes) == _VERDICTS[kind.name]
    assert UNCLASSIFIED not in {change.rule for change in changes}


def test_the_same_document_has_no_differences() -> None:
    """Nothing is said where nothing has changed, the version apart."""
    assert said_of((), ()) == []


def test_a_difference_of_a_component_counts_once_with_all_its_users() -> None:
    """A field that two operations share is one difference, whose title names both."""
    row = ROWS["a lower maximum"]
    (change,) = said_of((), row.edits)
    assert change.title == ("`maximum` of `steps` in the request of `generate_image` and `submit_image`: `6`, was `8`")
    assert change.effect == "Calls that it no longer allows are refused before anything is sent."


def test_what_no_rule_knows_is_breaking_and_says_so() -> None:
    """A keyword that means something elsewhere is named, and not passed over."""
    (change,) = said_of((), ROWS["a keyword of ours where nothing reads it"].edits)
    assert change.rule is UNCLASSIFIED
    assert change.verdict == "breaking"
    assert "x-random" in change.title


def test_every_rule_says_something() -> None:
    """Each rule has a text with no placeholder but the two values, and a sentence about users."""
    for kind, rule in RULES.items():
        assert rule.said.format(was="1", now="2"), kind
        assert rule.effect.format(was="1", now="2").endswith("."), kind


def test_every_rule_has_a_test() -> None:
    """No kind of difference is in the table that the tests do not make."""
    there = {row.kind for table in (ROWS, SCHEMAS, PACKAGE) for row in table.values()}
    back = {row.back for table in (ROWS, SCHEMAS) for row in table.values()}
    assert {*RULES} - there - back - {*OPTIONS, *OPTIONS_BACK} == ELSEWHERE
