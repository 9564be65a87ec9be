"""The draft of a changelog: what has changed for users, in lines to paste and to shorten."""

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import fill

from ..document.problems import printable
from .change import Change, Verdict
from .compared import Compared

_WIDTH = 140
_HEADINGS: tuple[tuple[Verdict, str], ...] = (("breaking", "Breaking"), ("additive", "Added"))


def draft(found: Compared) -> str:
    """The section of a changelog for the version that follows, in the manner of CHANGELOG.md.

    What the names of the package repeat of the document is left out.
    """
    version = max(found.version, found.least)
    return "\n".join(_lines(found, str(version)))


def _lines(found: Compared, version: str) -> Iterator[str]:
    yield f"## {version} (not released)\n"
    for verdict, heading in _HEADINGS:
        if changes := _told_once(found.of(verdict)):
            yield f"### {heading}\n"
            yield from (_point(f"{change.title}. {change.effect}") for change in changes)
            yield ""
    if documented := found.of("docs"):
        counts = Counter(change.rule.said.partition(" (")[0] for change in documented)
        yield "### Documentation\n"
        yield from (f"- In {count} {'place' if count == 1 else 'places'}: {said}." for said, count in counts.items())
        yield ""
    if not found.changes:
        yield f"Nothing that users notice has changed since {found.release.ref}.\n"


def _point(text: str) -> str:
    return fill(
        printable(text),
        _WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _told_once(changes: Sequence[Change]) -> list[Change]:
    told = frozenset[str]().union(*(change.names for change in changes if change.source == "document"))
    return [change for change in changes if change.source == "document" or not change.names & told]
