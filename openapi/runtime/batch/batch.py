"""A batch: many requests, none of which is bought twice, whatever happens meanwhile.

What a run needs is imported when it starts: most who import the package make one image.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from ..base.errors import ConfigurationError
from ..base.unset import UNSET, Unset
from ..base.wording import shown
from ..client.clients import AsyncClient, SyncClient, policy_of
from ..client.many import CallTemplate, check_in_flight
from ..client.results import refuses_mismatches
from .tunables import GRACE_PERIOD, MAX_WAIT

if TYPE_CHECKING:
    from ..client.results import OnMismatch
    from ..transport.options import Timeout
    from .history import JournalEntry
    from .planning import BatchPlan, ResendOptions
    from .report import BatchSummary, Progress
    from .run import BatchRun

Given = TypeVar("Given")
Got = TypeVar("Got")
Blocking = TypeVar("Blocking", bound=SyncClient)
Awaited = TypeVar("Awaited", bound=AsyncClient)


class Batch(Generic[Given, Got, Blocking, Awaited]):
    """Base of the batches of an operation that returns images or other files.

    Args:
        folder: Where the images and the journal go. The first run creates it.
        shard: Which part of the requests this batch takes, such as `(2, 8)` for the second of eight.

    Raises:
        ConfigurationError: `shard` is not such a pair.
    """

    _template: ClassVar[CallTemplate[Any, Any]]
    _spec_version: ClassVar[str]

    def __init__(self, folder: str | os.PathLike[str], *, shard: tuple[int, int] = (1, 1)) -> None:
        from .image_store import ImageStore
        from .shards import Shard

        self._shard = Shard.of(shard)
        self._store = ImageStore(Path(folder), Path(folder, self._shard.parts))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r}, shard=({self._shard.number}, {self._shard.count}))"

    @property
    def folder(self) -> Path:
        """The folder of the images and the journal."""
        return self._store.path

    @property
    def journal(self) -> Path:
        """The journal of this shard."""
        return self.folder / self._shard.journal

    def entries(self) -> list[JournalEntry]:
        """What the journals of all shards say: one entry for each request that was ever sent.

        Raises:
            OSError: The folder or a journal in it cannot be read.
        """
        from .history import best_entries, history

        return best_entries(history(self.folder).values())

    def plan(
        self,
        requests: Iterable[Given],
        *,
        retry_unknown: bool = False,
        retry_rejected: bool = False,
        retry_missing: bool = False,
    ) -> BatchPlan[Given]:
        """What `run` would do. Nothing is sent or written.

        Args:
            requests: The requests of all shards.
            retry_unknown: As in `run`.
            retry_rejected: As in `run`.
            retry_missing: As in `run`.

        Raises:
            OSError: The folder or a journal in it cannot be read.
        """
        from .planning import ResendOptions, plan

        resend = ResendOptions(unknown=retry_unknown, rejected=retry_rejected, missing=retry_missing)
        return plan(requests, self._template, self._store, self._shard, resend)

    def run(
        self,
        client: Blocking,
        requests: Iterable[Given],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
        on_mismatch: OnMismatch | Unset = UNSET,
        progress: Callable[[Progress], object] | None = None,
        max_wait: float = MAX_WAIT,
        grace_period: float | None = GRACE_PERIOD,
        retry_unknown: bool = False,
        retry_rejected: bool = False,
        retry_missing: bool = False,
    ) -> BatchSummary[Given]:
        """Buy the images that are not on disk yet.

        It ends early at the client's budget; at a response that every further request would get too (an invalid key, no
        credits); after 20 requests in a row without an image; after `max_wait` seconds in which the service took none;
        and at Ctrl-C, SIGTERM or SIGHUP. Requests in flight are finished and written down first. A second signal, a
        second later or more, ends it at once; what was in flight is unknown then. Run it again to continue.

        SIGTERM and SIGHUP are handled only while it runs, in the main thread, and where the program leaves them to the
        system. The program itself goes on: `stopped` of the summary names the signal.

        It waits for the service by itself, and puts requests back that were not taken. After a 429 it spreads the
        requests over the time that the service names, or halves the number in flight. While there is no connection, or
        a 503, it sends one request at a time. The client's `retry` counts only for unknown outcomes here.

        Args:
            client: The client to send with.
            requests: The requests of all shards. All of them are read and checked before the first is sent.
            in_flight: Most requests in flight at once.
            timeout: As in the methods of the client, for each request.
            on_mismatch: What becomes of an image of another size, seed or format than requested, instead of the
                client's. One that is accepted is done, and listed among the `warnings` of the summary. One that is not
                is kept as `.rejected`, and counts as failed: it was paid for, and is not bought again.
            progress: Called with a `Progress` whenever something has changed, and each second while it waits.
            max_wait: Seconds without any request that the service takes, after which it ends. If there has been no
                connection from the start, it ends after 30 seconds.
            grace_period: Seconds that requests in flight have after SIGTERM or SIGHUP. Those that need longer are
                unknown then. None for as long as they take.
            retry_unknown: Whether to send requests again whose outcome an earlier run never learned. Some may be paid
                for twice.
            retry_rejected: Whether to send requests again that were billed in an earlier run and brought no image.
            retry_missing: Whether to buy images again that are no longer on disk, or no longer as they were bought.

        Raises:
            InvalidRequestError: Some requests cannot be sent. The error names all of their faults. Nothing was sent.
            ConfigurationError: The folder cannot be written or listed, or its disk is full; or `in_flight` is not a
                whole number of at least 1, or another option cannot be used; or another process runs this shard, or a
                shard of another number of shards. Nothing was sent.
            NotSavedError: Images were paid for and could not be written to the folder under their names. The error has
                the bytes of each, and names the files that have them instead. The next run does not buy them again.
            JournalError: The journal could not be written. The images that were bought are in the folder; the next run
                lists what the journal does not know as unknown.
            OSError: An earlier journal cannot be read. Nothing was sent.
            TypeError: The client is an asynchronous one.
        """
        from .drive import drive
        from .planning import ResendOptions

        _check_kind(client, SyncClient)
        resend = ResendOptions(unknown=retry_unknown, rejected=retry_rejected, missing=retry_missing)
        with self._started(client, requests, in_flight, max_wait, grace_period, resend, on_mismatch) as run:
            return drive(run, client, timeout, progress, grace_period)

    async def run_async(
        self,
        client: Awaited,
        requests: Iterable[Given],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
        on_mismatch: OnMismatch | Unset = UNSET,
        progress: Callable[[Progress], object] | None = None,
        max_wait: float = MAX_WAIT,
        grace_period: float | None = GRACE_PERIOD,
        retry_unknown: bool = False,
        retry_rejected: bool = False,
        retry_missing: bool = False,
    ) -> BatchSummary[Given]:
        """`run` with an asynchronous client, which can keep many more requests in flight.

        If its task is cancelled, so are the requests in flight, and they are listed as unknown.
        """
        from .drive import drive_async
        from .planning import ResendOptions

        _check_kind(client, AsyncClient)
        resend = ResendOptions(unknown=retry_unknown, rejected=retry_rejected, missing=retry_missing)
        with self._started(client, requests, in_flight, max_wait, grace_period, resend, on_mismatch) as run:
            return await drive_async(run, client, timeout, progress, grace_period)

    @contextmanager
    def _started(
        self,
        client: SyncClient | AsyncClient,
        requests: Iterable[Given],
        in_flight: int,
        max_wait: float,
        grace_period: float | None,
        resend: ResendOptions,
        on_mismatch: OnMismatch | Unset,
    ) -> Generator[BatchRun[Given, Got]]:
        from ..base.errors import JournalError
        from ..base.saving import check_folder
        from ..base.wording import one_line, reason
        from .journal import VERSION, Journal
        from .planning import plan
        from .run import BatchRun
        from .shards import starting
        from .throttle import throttle_of

        check_in_flight(in_flight)
        if not isinstance(on_mismatch, Unset):
            refuses_mismatches(on_mismatch)
        _check_seconds("max_wait", max_wait)
        _check_seconds("grace_period", 0 if grace_period is None else grace_period)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            check_folder(self.folder)
            with starting(self._shard, self.folder):
                journal = Journal(self.journal)
        except OSError as error:
            flaw = f"{one_line(str(self.folder))} cannot be written: {reason(error)}."
            raise ConfigurationError(flaw) from error
        with journal, self._store.opened():
            planned = plan(requests, self._template, self._store, self._shard, resend)
            planned.refuse_faults()
            shard = [self._shard.number, self._shard.count]
            try:
                journal.write("batch", version=VERSION, spec_version=self._spec_version, shard=shard)
            except OSError as error:
                raise JournalError(str(self.journal), reason(error), sent=False) from error
            log, throttle = policy_of(client).dispatcher.log, throttle_of(client, in_flight)
            yield BatchRun(self._template, planned, journal, self._store, throttle, max_wait, log, on_mismatch)


def _check_seconds(name: str, value: object) -> None:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < float("inf"):
        raise ConfigurationError(f"{name} is {shown(value)}, not a number of seconds from 0.")


def _check_kind(client: object, kind: type) -> None:
    if not isinstance(client, kind):
        raise TypeError(f"client is {type(client).__name__}: `run` takes a Client, `run_async` an AsyncClient")
