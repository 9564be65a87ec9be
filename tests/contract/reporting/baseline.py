"""The baseline: findings that a person has accepted, each with a reason and the day on which that ends."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import frozen
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from generator.document.document import Document
from tests.contract.model.findings import Finding
from tests.contract.reporting.fact_lines import short_name

BASELINE = Path(__file__).parent.parent / "baseline.yaml"

_KEYS = ("fingerprint", "oracle", "fact", "seen", "reason", "until")
_NEEDED = ("fingerprint", "oracle", "reason", "until")
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


class NotAcceptedError(Exception):
    """Nothing was written: the entry would be malformed."""


@frozen(kw_only=True)
class Acceptance:
    """An entry of the baseline.

    Args:
        fingerprint: The finding that is accepted.
        oracle: Its oracle, which tells whether a run could have found it.
        fact: JSON pointer of the fact when it was accepted. For people.
        seen: What was seen then. For people.
        reason: Why it is accepted.
        until: The last day on which it is.
        line: Line of the entry in its file; 0 if it is not in one yet.
    """

    fingerprint: str
    oracle: str
    fact: str
    seen: str
    reason: str
    until: date
    line: int = 0

    @property
    def name(self) -> str:
        """The entry as messages name it."""
        return f"{BASELINE.name}:{self.line}: {self.fingerprint}{f' ({short_name(self.fact)})' if self.fact else ''}"


@frozen
class Accepted:
    """A finding with the entry that accepts it.

    Args:
        finding: The finding.
        acceptance: The entry.
    """

    finding: Finding
    acceptance: Acceptance


@frozen
class Sorted:
    """Findings, sorted by whether a person has accepted them.

    Args:
        findings: Those that nobody has accepted.
        accepted: Those that somebody has.
        warnings: Entries that have expired, that accept nothing, or that cannot be read.
    """

    findings: Sequence[Finding]
    accepted: Sequence[Accepted]
    warnings: Sequence[str]


@frozen(kw_only=True)
class Baseline:
    """The entries of a baseline.

    Args:
        entries: Those that can be read.
        malformed: What is wrong with the others. They accept nothing.
    """

    entries: Sequence[Acceptance] = ()
    malformed: Sequence[str] = ()

    @classmethod
    def load(cls, path: Path = BASELINE) -> "Baseline":
        """Read a baseline. A file that is missing has no entries."""
        if not path.exists():
            return cls()
        try:
            yaml = YAML(typ="rt")
            yaml.Constructor = _Constructor
            parsed = yaml.load(path.read_text(encoding="utf-8"))
        except (YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            problem = " ".join(str(getattr(error, "problem", None) or error).split())
            return cls(malformed=[f"{path.name}:{mark.line + 1 if mark else 1}: not YAML: {problem}"])
        if parsed is None:
            return cls()
        if not isinstance(parsed, CommentedSeq):
            return cls(malformed=[f"{path.name}:1: a list of entries is expected"])
        return cls._of(path.name, parsed)

    @classmethod
    def _of(cls, name: str, parsed: CommentedSeq) -> "Baseline":
        entries: list[Acceptance] = []
        malformed: list[str] = []
        for at, one in enumerate(parsed):
            line = parsed.lc.data[at][0] + 1
            known = {entry.fingerprint for entry in entries}
            problem = next(_problems(one, known), None)
            if problem is None:
                entries.append(_entry(one, line))
            else:
                malformed.append(f"{name}:{line}: {problem}: the entry accepts nothing")
        return cls(entries=entries, malformed=malformed)

    def sorted(
        self, document: Document, findings: Sequence[Finding], today: date, *, finds: Callable[[str], bool]
    ) -> Sorted:
        """Findings, sorted by whether they are accepted.

        Args:
            document: The document.
            findings: The findings of a run.
            today: The day of the run.
            finds: Whether the run would have shown what an oracle of this name finds.
        """
        valid = {one.fingerprint: one for one in self.entries if one.until >= today}
        left: list[Finding] = []
        accepted: list[Accepted] = []
        for finding in findings:
            entry = valid.get(finding.fingerprint(document))
            if entry is None:
                left.append(finding)
            else:
                accepted.append(Accepted(finding, entry))
        seen = {finding.fingerprint(document) for finding in findings}
        return Sorted(left, accepted, list(self._warnings(seen, today, finds)))

    def _warnings(self, seen: set[str], today: date, finds: Callable[[str], bool]) -> Iterator[str]:
        yield from self.malformed
        for one in self.entries:
            is_unused = one.fingerprint not in seen and finds(one.oracle)
            if one.until < today:
                what = "and nothing shows it any more: delete it" if is_unused else "and its finding counts again"
                yield f"{one.name} expired on {one.until}, {what}"
            elif is_unused:
                yield f"{one.name} accepts nothing: no finding of this run has this fingerprint"


def write_acceptance(acceptance: Acceptance, today: date, path: Path = BASELINE) -> str:
    """Write an entry to a baseline, in place of one with the same fingerprint.

    Args:
        acceptance: The entry.
        today: The day on which it is written.
        path: The baseline.

    Returns:
        The entry as it was written.

    Raises:
        NotAcceptedError: It has no reason, ends in the past, or the baseline cannot be read.
    """
    if not acceptance.reason.strip():
        raise NotAcceptedError("the reason is empty: say why the finding is accepted.")
    if acceptance.until < today:
        raise NotAcceptedError(f"{acceptance.until} is past: give a day from {today} on.")
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if malformed := Baseline.load(path).malformed:
        raise NotAcceptedError(f"mend {path.name} first: {'; '.join(malformed)}.")
    entry = CommentedMap((name, getattr(acceptance, name)) for name in _KEYS if getattr(acceptance, name))
    # Without quotation marks, one of digits alone would be a number.
    entry["fingerprint"] = DoubleQuotedScalarString(acceptance.fingerprint)
    yaml = _yaml()
    entries = yaml.load(text)
    if entries is None:
        # A file of comments alone: what is written below them leaves them as they are.
        written = f"{text.rstrip()}\n{_dumped([entry])}".lstrip()
    else:
        same = [at for at, one in enumerate(entries) if one["fingerprint"] == acceptance.fingerprint]
        for at in same:
            entries[at] = entry
        if not same:
            entries.append(entry)
        written = _dumped(entries)
    path.write_text(written, encoding="utf-8")
    return _dumped([entry])


def _dumped(value: Any) -> str:
    stream = io.StringIO()
    _yaml().dump(value, stream)
    return stream.getvalue()


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096
    return yaml


class _Constructor(RoundTripConstructor):
    """Reads days as texts: one that the calendar does not have is a malformed entry, and not a malformed file."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


def _problems(entry: Any, known: set[str]) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{str(entry)!r} is not a mapping with {', '.join(_NEEDED)}"
        return
    missing = [name for name in _NEEDED if entry.get(name) in (None, "")]
    if missing:
        yield f"{', '.join(missing)} missing"
    unknown = [str(name) for name in entry if name not in _KEYS]
    if unknown:
        yield f"{', '.join(unknown)} unknown; an entry has {', '.join(_KEYS)}"
    fingerprint = str(entry.get("fingerprint"))
    if not _FINGERPRINT.fullmatch(fingerprint):
        yield f"the fingerprint {fingerprint!r} does not have 12 hexadecimal digits"
    if fingerprint in known:
        yield f"{fingerprint} has an entry already"
    if _day(entry.get("until")) is None:
        yield f"until is {str(entry.get('until'))!r}, not a day such as 2027-01-31"


def _entry(entry: Any, line: int) -> Acceptance:
    until = _day(entry["until"])
    assert until is not None
    return Acceptance(
        fingerprint=str(entry["fingerprint"]),
        oracle=str(entry["oracle"]),
        fact=str(entry.get("fact", "")),
        seen=str(entry.get("seen", "")),
        reason=str(entry["reason"]),
        until=until,
        line=line,
    )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
