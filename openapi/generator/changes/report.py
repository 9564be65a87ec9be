"""What differs, for people and for programs: text for the terminal, JSON, and Markdown for a pull request."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ..document.problems import printable
from ..output.tables import table
from .change import VERDICTS, Change, Verdict
from .compared import Compared

HEADINGS: dict[Verdict, str] = {"breaking": "Breaking", "additive": "Additive", "docs": "Docs only"}

_MOST_DOCS = 20
_MOST_CHARACTERS = 30_000
"""Of a page: GitHub takes comments of 65,536, and one can have two pages."""

_MARKUP = re.compile(r"[&<>|*_~\[\]\\@#]")


def text(found: Compared) -> str:
    """For the terminal: the version that follows, and each change with its line and what it means."""
    blocks = ["\n".join([counted(found), judged(found), *(f"note: {printable(one)}" for one in found.notes)])]
    blocks += ["\n".join(_block(found, verdict)) for verdict in VERDICTS if found.of(verdict)]
    return "\n\n".join(blocks)


def counted(found: Compared) -> str:
    """What was compared, and how much differs."""
    if not found.changes:
        return f"Compared with {found.release.name}: nothing differs"
    counts = (f"{len(found.of(verdict))} {HEADINGS[verdict].lower()}" for verdict in VERDICTS)
    return f"Compared with {found.release.name}: {', '.join(counts)}"


def judged(found: Compared) -> str:
    """The version that has to follow, and whether that of the document is high enough."""
    outcome = "high enough" if found.is_enough else "too low"
    lowest = f"{found.least} is the lowest that may follow {found.released}"
    return f"`info.version` is {found.version}, which is {outcome}: {lowest}"


def _block(found: Compared, verdict: Verdict) -> Iterator[str]:
    changes = found.of(verdict)
    most = _MOST_DOCS if verdict == "docs" else len(changes)
    yield HEADINGS[verdict]
    for change in changes[:most]:
        yield f"  {change.place or change.source}  {printable(change.title)}"
        if verdict != "docs":
            yield f"      {printable(change.effect)}"
    if len(changes) > most:
        yield f"  … and {len(changes) - most} more: --json FILE has all of them"


def as_json(found: Compared) -> str:
    """For programs."""
    body = {
        "compared_with": {"ref": found.release.ref, "commit": found.release.commit, "version": str(found.released)},
        "version": str(found.version),
        "least_version": str(found.least),
        "is_enough": found.is_enough,
        "verdict": found.verdict,
        "notes": list(found.notes),
        "changes": [_row(change) for change in found.changes],
    }
    return json.dumps(body, indent=2, ensure_ascii=False)


def _row(change: Change) -> dict[str, object]:
    return {
        "verdict": change.verdict,
        "kind": change.rule.kind,
        "source": change.source,
        "place": change.place or None,
        "pointer": change.pointer or None,
        "title": change.title,
        "was": change.was or None,
        "now": change.now or None,
        "effect": change.effect,
    }


def markdown(found: Compared) -> str:
    """For a pull request, or the summary of a job: what matters most, if there is more than a comment can hold."""
    lines = [f"### {escaped(counted(found))}", "", f"{'✅' if found.is_enough else '❌'} {escaped(judged(found))}.", ""]
    lines += [f"> {escaped(note)}\n" for note in found.notes]
    left = _MOST_CHARACTERS - sum(map(len, lines))
    for verdict in VERDICTS:
        section = list(_section(HEADINGS[verdict], found.of(verdict), left, is_folded=verdict == "docs"))
        left -= sum(map(len, section))
        lines += section
    return "\n".join(lines)


def _section(heading: str, changes: Sequence[Change], most: int, *, is_folded: bool) -> Iterator[str]:
    """A section with as many of its changes as fit into so many characters, and the number of the others."""
    if not changes:
        return
    rows = [(escaped(one.place or one.source), escaped(one.title), escaped(one.effect)) for one in changes]
    lengths = accumulate(sum(map(len, row)) + len("|  |  |  |\n") for row in rows)
    fitting = sum(length <= most for length in lengths)
    if rows[fitting:]:
        rows[fitting:] = [("", f"… and {len(rows) - fitting} more: `make changes JSON=FILE` has all of them", "")]
    title = f"{heading} ({len(changes)})"
    yield from (["<details>", f"<summary>{title}</summary>", ""] if is_folded else [f"#### {title}", ""])
    yield from table(("where", "what", "for users"), rows)
    yield from (["</details>", ""] if is_folded else [])


def escaped(text: str) -> str:
    """A text as Markdown shows it: what stands between backticks is code, and nothing else in it is markup."""
    parts = printable(text).split("`")
    if len(parts) % 2 == 0:
        # A backtick without another one.
        parts = [text.replace("`", "'")]
    return "".join(_as_code(part) if at % 2 else _as_text(part) for at, part in enumerate(parts))


def _as_text(part: str) -> str:
    # As numbers, characters have no meaning in Markdown.
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", part)


def _as_code(part: str) -> str:
    return f"`{part.replace('|', chr(92) + '|')}`"
