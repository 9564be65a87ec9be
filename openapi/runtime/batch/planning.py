"""What a batch would do: which requests it would send, which it would not, and why."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from attrs import asdict, define, evolve, field, frozen

from ..base.body import body_arguments
from ..base.errors import InvalidRequestError
from ..base.messages import Request
from ..base.rules import Fault
from ..client.many import CallTemplate
from .history import JournalEntry, history, key_of
from .image_store import ImageStore
from .shards import Shard

Given = TypeVar("Given")


@frozen(kw_only=True)
class PlannedRequest(Generic[Given]):
    """One request of a batch.

    Args:
        index: Its position among the requests of the batch; the first is 0.
        key: Its identity: SHA-256 of its JSON body, its names sorted, without blanks, 1.0 written as 1.
        request: The request as it was given.
        sending: The request as it is sent.
        entry: What the journals say about it, or None if they do not have it.
        first: For a duplicate, the index of the request that it repeats; else None.
    """

    index: int
    key: str
    request: Given
    sending: Request = field(repr=False)
    entry: JournalEntry | None = None
    first: int | None = None


@frozen(kw_only=True, repr=False)
class BatchPlan(Generic[Given]):
    """What a batch would do with its requests. Each request is in exactly one of these groups.

    Args:
        to_send: Requests that would be sent, in this order. Those that failed before come last, so that a request that
            always fails does not hold up the others.
        duplicates: Requests that repeat an earlier one, and share its image.
        already_done: Requests whose image is on disk, with the content that its name stands for.
        unknown: Requests that were sent in an earlier run with an unknown outcome, because of a `kill -9` or a broken
            connection. They may have been billed, and are sent again only if you say so.
        rejected: Requests that were billed in an earlier run without an image. They are sent again only if you say so.
        other_shards: Requests that belong to other shards.
        faults: What is wrong with requests that cannot be sent, by their index. A batch with any sends nothing.
        missing: Requests whose image was bought in an earlier run, and is no longer on disk, or has changed. They are
            sent again only if you say so: an image that was moved is not lost.
        submitted: Requests whose job was submitted in an earlier run and not collected. Each run collects them first,
            whatever its route, and submits none of them again.
        expired: Requests whose job could no longer be collected in an earlier run. They may have been billed, and are
            sent again only if you say so, like the missing ones. While the record of the job should still exist by the
            document, the request is among the submitted ones.
        others: Jobs in the journals whose requests are not among these, but came from an earlier run. Each run collects
            them too, if they belong to its shard.
    """

    to_send: tuple[PlannedRequest[Given], ...] = ()
    duplicates: tuple[PlannedRequest[Given], ...] = ()
    already_done: tuple[PlannedRequest[Given], ...] = ()
    unknown: tuple[PlannedRequest[Given], ...] = ()
    rejected: tuple[PlannedRequest[Given], ...] = ()
    other_shards: tuple[PlannedRequest[Given], ...] = ()
    faults: Mapping[int, tuple[Fault, ...]] = field(factory=dict[int, tuple[Fault, ...]])
    missing: tuple[PlannedRequest[Given], ...] = ()
    submitted: tuple[PlannedRequest[Given], ...] = ()
    expired: tuple[PlannedRequest[Given], ...] = ()
    others: tuple[JournalEntry, ...] = ()

    def __repr__(self) -> str:
        """How many are in each group that has any: a list of a thousand requests is not for people."""
        groups = asdict(self, recurse=False).items()
        return f"BatchPlan({', '.join(f'{name}=<{len(found)}>' for name, found in groups if found)})"

    def refuse_faults(self) -> None:
        """Refuse requests that cannot be sent.

        Raises:
            InvalidRequestError: There are some. The error has all faults of all requests, as `requests[7].steps`.
        """
        if self.faults:
            raise InvalidRequestError("batch", tuple(_numbered(self.faults)))


@frozen(kw_only=True)
class ResendOptions:
    """Which requests are sent again although an earlier run sent them.

    Args:
        unknown: Those whose outcome is unknown.
        rejected: Those that were billed and brought no image.
        missing: Those that were bought and cannot be had any more: the image is no longer on disk, or the record of
            the job has expired.
    """

    unknown: bool = False
    rejected: bool = False
    missing: bool = False


def plan(
    requests: Iterable[Given],
    template: CallTemplate[Given, Any],
    store: ImageStore,
    shard: Shard,
    resend: ResendOptions,
) -> BatchPlan[Given]:
    """Sort requests into those to send and the others. Nothing is sent or written.

    Raises:
        OSError: The folder or a journal in it cannot be read.
    """
    sorting = _Sorting[Given](store, shard, resend, history(store.path))
    faults: dict[int, tuple[Fault, ...]] = {}
    for index, request in enumerate(requests):
        try:
            sending = template.build(request)
            body_arguments(sending)
        except InvalidRequestError as error:
            faults[index] = error.faults
        else:
            sorting.add(PlannedRequest(index=index, key=key_of(sending.json), request=request, sending=sending))
    found = {name: tuple(ones) for name, ones in sorting.found.items()}
    fresh, failed = found.pop("fresh"), found.pop("failed")
    return BatchPlan(**found, to_send=fresh + failed, faults=faults, others=tuple(sorting.others()))


@define
class _Sorting(Generic[Given]):
    store: ImageStore
    shard: Shard
    resend: ResendOptions
    history: Mapping[str, list[JournalEntry]]
    first: dict[str, int] = field(factory=dict[str, int])
    found: dict[str, list[PlannedRequest[Given]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.found = {name: [] for name in ("fresh", "duplicates", "other_shards", *_KINDS)}

    def add(self, planned: PlannedRequest[Given]) -> None:
        if not self.shard.takes(planned.key):
            self.found["other_shards"].append(planned)
        elif planned.key in self.first:
            self.found["duplicates"].append(evolve(planned, first=self.first[planned.key]))
        else:
            self.first[planned.key] = planned.index
            self._add_known(planned, self.history.get(planned.key, []))

    def others(self) -> Iterable[JournalEntry]:
        """The active jobs whose requests were not added."""
        for key, entries in self.history.items():
            if key not in self.first and self._owns(key):
                by_kind = {self._kind(entry): entry for entry in entries}
                if next(kind for kind in _KINDS if kind in by_kind) == "submitted":
                    yield by_kind["submitted"]

    def _owns(self, key: str) -> bool:
        # It comes from a journal, and may be anything.
        try:
            return self.shard.takes(key)
        except ValueError:
            return False

    def _add_known(self, planned: PlannedRequest[Given], entries: list[JournalEntry]) -> None:
        by_kind = {self._kind(entry): entry for entry in entries}
        kind = next((kind for kind in _KINDS if kind in by_kind), "fresh")
        planned = evolve(planned, entry=by_kind.get(kind))
        resend = self.resend
        missing = {"missing": resend.missing, "expired": resend.missing}
        resent = {"unknown": resend.unknown, "rejected": resend.rejected, **missing}
        self.found["failed" if resent.get(kind) else kind].append(planned)

    def _kind(self, entry: JournalEntry) -> str:
        if entry.status == "expired" and entry.has_record and not self.resend.missing:
            # It was asked for with the key of another account, or too soon: asking again is free.
            return "submitted"
        if entry.status == "done":
            return "already_done" if entry.file and self.store.holds(entry.file) else "missing"
        if entry.status != "failed":
            return entry.status
        return "rejected" if entry.billed else "failed"


_KINDS = ("already_done", "submitted", "unknown", "rejected", "missing", "expired", "failed")
"""What a journal can say of a request. If several journals differ, the first of these counts."""


def _numbered(faults: Mapping[int, tuple[Fault, ...]]) -> Iterable[Fault]:
    for index, ones in faults.items():
        for fault in ones:
            inner = fault.field.removeprefix("body").removeprefix(".")
            yield evolve(fault, field=f"requests[{index}].{inner}" if inner else f"requests[{index}]")
