"""A batch: many requests, of which none is bought twice, whatever happens meanwhile.

What it needs to run is imported when it runs, since most who import the package make one image.
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
    from ..transport.timeouts import Timeout
    from .history import JournalEntry
    from .planning import BatchPlan, ResendOptions
    from .report import BatchSummary, Progress
    from .run import BatchRun

Given = TypeVar("Given")
Got = TypeVar("Got")


class Batch(Generic[Given, Got]):
    """Base of the batches of an operation that gives images or other files.

    Args:
        folder: Where the images and the journal go. It is made by the first run.
        shard: Which part of the requests is this one's, such as `(2, 8)` for the second of eight.

    Raises:
        ConfigurationError: `shard` is no such pair.
    """

    _job: ClassVar[Job[Any, Any]]
    _spec_version: ClassVar[str]

    def __init__(self, folder: str | os.PathLike[str], *, shard: tuple[int, int] = (1, 1)) -> None:
        from .image_store import ImageStore
        from .planning import Shard

        self._store = ImageStore(Path(folder))
        self._shard = Shard.of(shard)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r}, shard=({self._shard.number}, {self._shard.count}))"

    @property
    def folder(self) -> Path:
        """Where the images and the journal are."""
        return self._store.path

    @property
    def journal(self) -> Path:
        """The journal of this shard."""
        return self.folder / self._shard.journal

    def entries(self) -> list[JournalEntry]:
        """What the journals of all shards say, one entry for each request that was ever sent.

        Raises:
            OSError: A journal cannot be read.
        """
        from .history import history, last_words

        return last_words(history(self.folder).values())

    def plan(
        self,
        requests: Iterable[Given],
        *,
        retry_unknown: bool = False,
        retry_rejected: bool = False,
        retry_missing: bool = False,
    ) -> BatchPlan[Given]:
        """What `run` would do. Nothing is sent, and nothing is written.

        Args:
            requests: The requests of all shards.
            retry_unknown: As that of `run`.
            retry_rejected: As that of `run`.
            retry_missing: As that of `run`.

        Raises:
            OSError: A journal cannot be read.
        """
        from .planning import ResendOptions, plan

        again = ResendOptions(unknown=retry_unknown, rejected=retry_rejected, missing=retry_missing)
        return plan(requests, self._job, self._store, self._shard, again)

    def run(
        self,
        client: SyncClient,
        requests: Iterable[Given],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
        progress: Callable[[Progress], object] | None = None,
        retry_unknown: bool = False,
        retry_rejected: bool = False,
        retry_missing: bool = False,
    ) -> BatchSummary[Given]:
        """Buy the images that are not there yet.

        It ends early, once what is on its way has been written down: at the client's budget; at a response that any
        further request would get too (a refused key, no credits); after 20 requests in a row without an image; and at
        Ctrl-C, whose second passes through at once. Run it again to go on.

        It slows down by itself: a refusal for now (429) that got through the client's retries halves the number of
        requests in flight, which grows by one a round afterwards. The request is put back, up to ten times.

        Args:
            client: What to send with.
            requests: The requests of all shards. They are all read and checked before the first is sent.
            in_flight: Most requests on their way at once.
            timeout: As that of the client, for each request.
            progress: Is called with a `Progress` whenever something has changed.
            retry_unknown: Whether to send again what an earlier run never learned the outcome of: that may pay twice.
            retry_rejected: Whether to send again what was billed in an earlier run, and brought no image.
            retry_missing: Whether to buy again the images that are not on disk any more, or not as they were bought.

        Raises:
            InvalidRequestError: Some requests cannot be sent. It names all of their faults, and nothing was sent.
            ConfigurationError: `in_flight` is no whole number of at least 1, or another process runs this shard, or one
                of another number of shards.
            OSError: The folder cannot be written, or the disk is full. What was bought then is not bought again by the
                next run: it is listed as unknown or as rejected.
            TypeError: The client is an asynchronous one.
        """
        from .drive import drive
        from .planning import ResendOptions

        _check_kind(client, SyncClient)
        again = ResendOptions(unknown=retry_unknown, rejected=retry_rejected, missing=retry_missing)
        with self._started(requests, in_flight, again) as run:
            return drive(run, client, timeout, progress)

    async def run_async(
        self,
        client: AsyncClient,
        requests: Iterable[Given],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
        progress: Callable[[Progress], object] | None = None,
        retry_unknown: bool = False,
        retry_rejected: bool = False,
        retry_missing: bool = False,
    ) -> BatchSummary[Given]:
        """`run` with an asynchronous client, which can hold many more requests in flight.

        Where its task is cancelled, the requests on their way are cancelled too, and are listed as unknown.
        """
        from .drive import drive_async
        from .planning import ResendOptions

        _check_kind(client, AsyncClient)
        again = ResendOptions(unknown=retry_unknown, rejected=retry_rejected, missing=retry_missing)
        with self._started(requests, in_flight, again) as run:
            return await drive_async(run, client, timeout, progress)

    @contextmanager
    def _started(
        self, requests: Iterable[Given], in_flight: int, again: ResendOptions
    ) -> Generator[BatchRun[Given, Got]]:
        from .journal import VERSION, Journal
        from .planning import plan
        from .run import BatchRun
        from .shard_lock import cut_into
        from .throttle import Throttle

        check_in_flight(in_flight)
        self.folder.mkdir(parents=True, exist_ok=True)
        with cut_into(self._shard.count, self.folder), Journal(self.journal) as journal:
            planned = plan(requests, self._job, self._store, self._shard, again)
            planned.refuse_faults()
            shard = [self._shard.number, self._shard.count]
            journal.write("batch", version=VERSION, spec_version=self._spec_version, shard=shard)
            yield BatchRun(self._job, planned, journal, self._store, Throttle(in_flight))


def _check_kind(client: object, kind: type) -> None:
    if not isinstance(client, kind):
        raise TypeError(f"client is {type(client).__name__}: `run` takes a Client, `run_async` an AsyncClient")
