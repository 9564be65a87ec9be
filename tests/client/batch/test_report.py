"""A summary of a batch as a table of HTML, and in one line."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve

from segmind_flux_schnell import APIError, BatchSummary, FailedOutcome, GenerateImageRequest
from segmind_flux_schnell.batch import ImageNote, PlannedRequest
from tests.client.batch import prompts

DONE = BatchSummary[GenerateImageRequest](
    total=40,
    done=38,
    from_disk=0,
    failed=0,
    collected=0,
    others=0,
    left=0,
    duplicates=0,
    spent=Decimal("0.304"),
    remaining_credits=None,
    seconds=61.2,
    stopped=None,
    failures=(),
    unknown=(),
    rejected=(),
    missing=(),
    submitted=(),
    expired=(),
)


class Table(HTMLParser):
    """The rows of a table: the lines behind each heading."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.caption = ""
        self.rows: dict[str, list[str]] = {}
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing but a table, without script and style sheet, and without classes and ids."""
        assert tag in {"table", "caption", "tbody", "tr", "th", "td", "br"}
        assert {name for name, _ in attrs} <= {"scope", "style"}
        self._inside = tag if tag != "br" else self._inside

    def handle_data(self, data: str) -> None:
        """Note the text."""
        if self._inside == "caption":
            self.caption += data
        elif self._inside == "th":
            self.rows[data] = []
        else:
            list(self.rows.values())[-1].append(data)


def failure(index: int, message: str, billed: bool | None = False, kind: type[APIError] = APIError) -> Any:
    """A request that failed."""
    error = kind(message)
    error.billed = billed
    return FailedOutcome(index=index, request=prompts(1)[0], error=error)


def planned(*indices: int) -> tuple[PlannedRequest[GenerateImageRequest], ...]:
    """Requests of a batch."""
    sending: Any = None
    return tuple(PlannedRequest(index=n, key="k", request=prompts(1)[0], sending=sending) for n in indices)


def table(summary: BatchSummary[GenerateImageRequest]) -> Table:
    """What a notebook shows."""
    return Table(summary._repr_html_())


def test_a_run_without_troubles_has_three_rows() -> None:
    """What came, what it cost, and how long it took."""
    shown = table(DONE)
    assert shown.caption == "Batch: 38 of 40 images"
    assert shown.rows == {"images": ["38 bought"], "credits": ["0.304 spent"], "time": ["1 min 1 s"]}


def test_failures_are_grouped_by_kind_and_by_whether_they_were_billed() -> None:
    """Each group says how many, which, and what the first one says."""
    failures = (failure(3, "b"), failure(5, "paid for", billed=True), failure(9, "c"), failure(1, "a", kind=Broken))
    assert table(evolve(DONE, failures=failures)).rows["failed"] == [
        "2 APIError (not billed): indices 3, 9",
        "b",
        "1 APIError (billed): index 5",
        "paid for",
        "1 Broken (not billed): index 1",
        "a",
    ]


class Broken(APIError):
    """Another kind of failure."""


@pytest.mark.parametrize(
    ("group", "row", "what_next"),
    [
        ("unknown", "unknown outcome", "may have been billed, retry_unknown=True sends them again"),
        ("rejected", "billed before", "brought no image, retry_rejected=True sends them again"),
        ("missing", "no longer on disk", "were bought, retry_missing=True buys them again"),
        ("submitted", "active jobs", "run it again to collect them"),
        ("expired", "expired jobs", "may have been billed, retry_missing=True buys them again"),
    ],
)
def test_each_group_says_how_to_go_on(group: str, row: str, what_next: str) -> None:
    """Which requests, by their indices, and the option that goes on with them."""
    changes: Any = {group: planned(2, 7)}
    assert table(evolve(DONE, **changes)).rows[row] == ["2: indices 2, 7", what_next]


def test_it_says_why_it_ended_and_what_is_left() -> None:
    """And how the images came."""
    summary = evolve(
        DONE, done=5, collected=2, from_disk=3, duplicates=1, left=4, stopped="Ctrl-C", remaining_credits=Decimal(9)
    )
    shown = table(summary)
    assert shown.rows["stopped early"] == ["Ctrl-C"]
    assert shown.rows["images"] == ["3 bought, 2 collected, 3 on disk already, 1 duplicate"]
    assert shown.rows["credits"] == ["0.304 spent, 9 left"]
    assert shown.rows["not sent"] == ["4: run it again to continue"]


def test_warnings_are_grouped_by_code() -> None:
    """They are of images that count as done."""
    notes = tuple(ImageNote(index=n, code="size-mismatch", message=f"image {n}") for n in (4, 6))
    assert table(evolve(DONE, warnings=notes)).rows["warnings"] == ["2 size-mismatch: indices 4, 6", "image 4"]


def test_texts_of_others_stay_texts() -> None:
    """A prompt that an error quotes, and what the service says, are neither elements nor control characters."""
    hostile = '<img src=x onerror="alert(1)">&lt;\x1b[2J\n'
    shown = table(evolve(DONE, failures=(failure(0, hostile),), stopped=hostile))
    assert shown.rows["failed"][1] == '<img src=x onerror="alert(1)">&lt;\\x1b[2J\\n'
    assert shown.rows["stopped early"] == ['<img src=x onerror="alert(1)">&lt;\\x1b[2J\\n']


def test_a_thousand_failures_are_a_small_table() -> None:
    """A notebook is not a log: the first indices, and a sign that there are more."""
    failures = tuple(failure(n, "x" * 5000) for n in range(1000))
    html = evolve(DONE, failures=failures, unknown=planned(*range(1000)))._repr_html_()
    assert len(html) < 4000
    assert re.search(r"1000 APIError \(not billed\): indices 0, 1, .*, 11, …", html)


def test_colours_are_those_of_the_page() -> None:
    """It can be read in light and in dark themes, and changes nothing else on the page."""
    html = evolve(DONE, left=4)._repr_html_()
    assert "<style" not in html
    assert "background" not in html
    assert re.findall(r"color: (\w+)", html) == ["inherit"]


def test_a_summary_in_one_line_counts() -> None:
    """Lists of requests are counted, so that a list of summaries can be read."""
    failures = tuple(failure(n, "no") for n in range(1000))
    shown = repr(evolve(DONE, failures=failures, unknown=planned(2, 7)))
    assert "failures=<1000>, unknown=<2>" in shown
    assert len(shown) < 400
