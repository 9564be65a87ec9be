"""The draft of a changelog: what has changed for users, in lines to paste and to shorten."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from ..document.problems import printable
from .change import Change
from .compared import Compared

_WIDTH = 140


def draft(found: Compared) -> str:
    """The section of a changelog for the version that follows, in the manner of CHANGELOG.md.

    What the names of the package repeat of the document is left out.
    """
    version = max(found.version, found.least)
    return "\n".join(_lines(found, str(version)))


def _lines(found: Compared, version: str) -> Iterator[str]:
    yield f"## {version} (not released)\n"
    if breaking := _told_once(found.of("breaking")):
        yield "### Breaking\n"
        yield from (_point(f"{change.title}. {change.effect}") for change in breaking)
        yield ""
    if additive := _told_once(found.of("additive")):
        yield "### Added\n"
        yield from (_point(f"{change.title}.") for change in additive)
        yield ""
    if documented := found.of("docs"):
        yield "### Other\n"
        same_names = [change for change in documented if change.rule.kind == "code"]
        yield from (_point(f"{change.title}.") for change in same_names)
        if count := len(documented) - len(same_names):
            yield f"- Only the documentation has changed in {count} {'place' if count == 1 else 'places'}."
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
