"""A new recording beside the last one: what has not changed keeps its bytes, and what has is named."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from attrs import evolve, field, frozen

from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.recording.cassettes import cassette_path
from tests.contract.recording.differences import differences, differs_in_balance
from tests.contract.recording.noise import Comparable, comparables
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import recorded_interactions

CONFIRMED_ANEW_AFTER = timedelta(days=30)
"""After so long, the date of confirmation moves although nothing has changed: that is one line of the provenance. Until
then a recording of an unchanged service leaves every byte as it was."""

_BLOB = re.compile(r"^\s+blob: (\S+)$", re.MULTILINE)


@frozen(kw_only=True)
class RecordingChanges:
    """What a new recording has changed in the last one.

    Args:
        last: Provenance of the last recording, or None if there was none.
        why_all_new: Why nothing of the last recording was kept; empty if something could be.
        changed: What has changed, by probe.
        together: Probes that have not changed but were replaced with one that has, by the name of that one.
        new: The probes that the last recording did not have.
        gone: The probes that only the last recording had, each with the reason if there is one.
        unchanged: How many probes have not changed, and so keep their bytes.
    """

    last: RecordingProvenance | None
    why_all_new: str = ""
    changed: Mapping[str, Sequence[str]] = field(factory=dict[str, Sequence[str]])
    together: Mapping[str, str] = field(factory=dict[str, str])
    new: Sequence[str] = ()
    gone: Mapping[str, str] = field(factory=dict[str, str])
    unchanged: int = 0

    def text(self) -> str:
        """For the terminal: a line in sum, and the changes of each probe below it."""
        if self.last is None:
            return f"{self.why_all_new or 'There was no recording before'}: all {len(self.new)} probes are new."
        counts = ((len(self.changed), "changed"), (len(self.new), "new"), (len(self.gone), "gone"))
        named = ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing has changed"
        head = f"Beside the recording of {self.last.recorded_at}: {named}, {self.unchanged} probes are as before."
        return "\n".join([head, *self._lines()])

    def _lines(self) -> Iterator[str]:
        for probe, lines in self.changed.items():
            yield f"changed   {probe}"
            yield from (f"          {line}" for line in lines)
        yield from (f"replaced  {probe}: with {other}" for probe, other in self.together.items())
        yield from (f"new       {probe}" for probe in self.new)
        yield from (f"gone      {probe}{f': {reason}' if reason else ''}" for probe, reason in self.gone.items())


def keep_unchanged(folder: Path, last: Path, contract: Contract, *, exact: bool) -> RecordingChanges:
    """Put the bytes of the last recording back into a new one, wherever nothing but noise differs.

    Args:
        folder: The new recording, which is edited.
        last: The last recording.
        contract: The document.
        exact: Whether equal images have equal pixels.
    """
    now = RecordingProvenance.read(folder)
    try:
        before, old = RecordingProvenance.read(last), recorded_interactions(last)
    except FileNotFoundError:
        return RecordingChanges(last=None, new=list(now.probes))
    except (ValueError, TypeError, KeyError):
        return RecordingChanges(last=None, why_all_new="The last recording cannot be read", new=list(now.probes))
    if (before.source, before.base_url) != (now.source, now.base_url):
        why = f"The last recording was of {before.source} at {before.base_url}"
        return RecordingChanges(last=None, why_all_new=why, new=list(now.probes))
    changes = _changes(contract, before, old, recorded_interactions(folder), now, exact=exact)
    replaced = {*changes.changed, *changes.together, *changes.new}
    for probe in now.probes:
        if probe not in replaced:
            _put_back(folder, last, probe)
    _remove_unused_blobs(folder)
    _date(folder, last, before, now, replaced)
    return changes


def _changes(
    contract: Contract,
    before: RecordingProvenance,
    old: Sequence[Interaction],
    new: Sequence[Interaction],
    now: RecordingProvenance,
    *,
    exact: bool,
) -> RecordingChanges:
    was, are = comparables(contract, old), comparables(contract, new)
    found = {probe: list(differences(was[probe], one, exact=exact)) for probe, one in are.items() if probe in was}
    changed = {probe: lines for probe, lines in found.items() if lines}
    added = [probe for probe in are if probe not in was]
    together = dict(_together(was, are, [*changed, *added]))
    return RecordingChanges(
        last=before,
        changed=changed,
        together=together,
        new=added,
        gone={probe: now.not_probed.get(probe, "") for probe in was if probe not in are},
        unchanged=len(are) - len(changed) - len(added) - len(together),
    )


def _together(
    was: Mapping[str, Comparable], are: Mapping[str, Comparable], replaced: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """What has to be replaced with a probe: whatever shares an identifier with it, and what its balance is about."""
    seen, left = set(replaced), list(replaced)
    while left:
        probe = left.pop(0)
        one = are[probe]
        linked = [name for name, other in are.items() if one.identifiers & other.identifiers]
        if probe in was and differs_in_balance(was[probe], one):
            linked += one.since
        for name in linked:
            if name not in seen:
                seen.add(name)
                left.append(name)
                yield name, probe


def _put_back(folder: Path, last: Path, probe: str) -> None:
    path = cassette_path(last, probe)
    shutil.copyfile(path, cassette_path(folder, probe))
    for blob in _BLOB.findall(path.read_text(encoding="utf-8")):
        (folder / "blobs").mkdir(exist_ok=True)
        shutil.copyfile(last / "blobs" / blob, folder / "blobs" / blob)


def _remove_unused_blobs(folder: Path) -> None:
    used = {blob for path in folder.glob("*.yaml") for blob in _BLOB.findall(path.read_text(encoding="utf-8"))}
    for path in folder.glob("blobs/*"):
        if path.name not in used:
            path.unlink()


def _date(folder: Path, last: Path, before: RecordingProvenance, now: RecordingProvenance, replaced: set[str]) -> None:
    """Write the provenance of the new recording, of which a part may be older."""
    dated = now.with_older({probe: before.time_of(probe) for probe in now.probes if probe not in replaced})
    same = evolve(dated, confirmed_at=before.confirmed_at, tools=before.tools) == before
    if not same:
        dated.write(folder)
    elif date.fromisoformat(now.confirmed_at) - date.fromisoformat(before.confirmed_at) >= CONFIRMED_ANEW_AFTER:
        evolve(before, confirmed_at=now.confirmed_at).write(folder)
    else:
        shutil.copyfile(last / RecordingProvenance.FILE, folder / RecordingProvenance.FILE)
