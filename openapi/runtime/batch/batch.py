"""A batch: many requests, none of which is bought twice, whatever happens meanwhile.

What a run needs is imported when it starts: most who import the package make one image.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from ..base.unset import UNSET, Unset
from ..client.clients import AsyncClient, SyncClient
from ..client.many import Job, check_in_flight

if TYPE_CHECKING:
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

    _job: ClassVar[Job[Any, Any]]
    _spec_version: ClassVar[str]

    def __init__(self, folder: str | os.PathLike[str], *, shard: tuple[int, int] = (1, 1)) -> None:
        from .image_store import ImageStore
        from .shards import Shard

        self._store = ImageStore(Path(folder))
        self._shard = Shard.of(shard)

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
            OSError: A journal cannot be read.
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
            OSError: A journal cannot be read.
        """
        from .planning import ResendOptions, plan

        resend = ResendOptions(unknown=retry_unknown, rejected=retry_rejected, missing=retry_missing)
        return plan(requests, self._job, self._store, self._shard, resend)

    def run(
        self,
        client: Blocking,
        requests: Iterable[Given],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
        progress: Callable[[Progress], object] | None = None,
        retry_unknown: bool = False,
        retry_rejected: bool = False,
        retry_missing: bool = False,
    ) -> BatchSummary[Given]:
        """Buy the images that are not on disk yet.

        It ends early at the client's budget; at a response that every further request would get too (an invalid key, no
        credits); after 20 requests in a row without an image; and at Ctrl-C. Requests in flight are finished and
        written down first; a second Ctrl-C ends it at once. Run it again to continue.

        It slows down by itself: a 429 that is left after the client's retries halves the number of requests in flight,
        which then grows by one a round. The request is put back, up to ten times.

        Args:
            client: The client to send with.
            requests: The requests of all shards. All of them are read and checked before the first is sent.
            in_flight: Most requests in flight at once.
            timeout: As in the methods of the client, for each request.
            progress: Called with a `Progress` whenever something has changed.
            retry_unknown: Whether to send requests again whose outcome an earlier run never learned. Some may be paid
                for twice.
            retry_rejected: Whether to send requests again that were billed in an earlier run and brought no image.
            retry_missing: Whether to buy images again that are no longer on disk, or no longer as they were bought.

        Raises:
            InvalidRequestError: Some requests cannot be sent. The error names all of their faults. Nothing was sent.
            ConfigurationError: The folder cannot be written, or its disk is full; or `in_flight` is not a whole number
                of at least 1; or another process runs this shard, or a shard of another number of shards. Nothing was
                sent.
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
        with self._started(requests, in_flight, resend) as run:
            return drive(run, client, timeout, progress)

    async def run_async(
        self,
        client: Awaited,
        requests: Iterable[Given],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
        progress: Callable[[Progress], object] | None = None,
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
        with self._started(requests, in_flight, resend) as run:
            return await drive_async(run, client, timeout, progress)

    @contextmanager
    def _started(
        self, requests: Iterable[Given], in_flight: int, resend: ResendOptions
    ) -> Generator[BatchRun[Given, Got]]:
        from ..base.errors import ConfigurationError, JournalError
        from ..base.saving import check_folder
        from ..base.wording import one_line, reason
        from .journal import VERSION, Journal
        from .planning import plan
        from .run import BatchRun
        from .shards import starting
        from .throttle import Throttle

        check_in_flight(in_flight)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            check_folder(self.folder)
            with starting(self._shard, self.folder):
                journal = Journal(self.journal)
        except OSError as error:
            flaw = f"{one_line(str(self.folder))} cannot be written: {reason(error)}."
            raise ConfigurationError(flaw) from error
        with journal:
            planned = plan(requests, self._job, self._store, self._shard, resend)
            planned.refuse_faults()
            shard = [self._shard.number, self._shard.count]
            try:
                journal.write("batch", version=VERSION, spec_version=self._spec_version, shard=shard)
            except OSError as error:
                raise JournalError(str(self.journal), reason(error), sent=False) from error
            yield BatchRun(self._job, planned, journal, self._store, Throttle(in_flight))


def _check_kind(client: object, kind: type) -> None:
    if not isinstance(client, kind):
        raise TypeError(f"client is {type(client).__name__}: `run` takes a Client, `run_async` an AsyncClient")
