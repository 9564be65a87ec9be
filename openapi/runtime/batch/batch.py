"""A batch: many requests, none of which is bought twice, whatever happens meanwhile.

What a run needs is imported when it starts: most who import the package make one image.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar

from ..base.errors import ConfigurationError
from ..base.unset import UNSET, Unset
from ..client.client_access import handle_kind, policy_of
from ..client.clients import AsyncClient, SyncClient
from ..client.many import CallTemplate
from .run_options import RunOptions
from .tunables import GRACE_PERIOD, MAX_WAIT

if TYPE_CHECKING:
    from ..client.client_settings import Route
    from ..client.job_handle import Job
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
        progress: Callable[[Progress], object] | bool | None = None,
        max_wait: float = MAX_WAIT,
        grace_period: float | None = GRACE_PERIOD,
        retry_unknown: bool = False,
        retry_rejected: bool = False,
        retry_missing: bool = False,
        route: Literal["direct", "queue"] | Unset = UNSET,
    ) -> BatchSummary[Given]:
        """Buy the images that are not on disk yet.

        The run ends early at the client's budget; at a response that every further request would get (an invalid key,
        no credits); after 20 requests in a row without an image; after `max_wait` seconds in which the service took no
        request; and at Ctrl-C, SIGTERM or SIGHUP. It first finishes the requests in flight and records their outcomes.
        A second signal, at least a second later, ends it at once; the outcomes of requests in flight are then unknown.
        Run it again to continue.

        SIGTERM and SIGHUP are handled only while it runs, in the main thread, and only if the program leaves them to
        the system. The program itself continues: `stopped` of the summary names the signal.

        Over the queue (`route="queue"`), the id of each job is in the journal, on disk, as soon as its submit is
        answered. From then on, nothing can get lost: however the run ends, the next one first collects what was
        submitted, whatever its own route. After a signal, the run does not wait for jobs. One loop polls all of them,
        each no more often than the document allows.

        The run waits for the service by itself, and sends refused requests again later. After a 429, it spreads the
        requests over the time that the service names, or halves the number in flight. Without a connection, or after a
        503, it sends one request at a time. The client's `retry` matters only for unknown outcomes here.

        Args:
            client: The client to send with.
            requests: The requests of all shards. All of them are read and checked before the first is sent.
            in_flight: Most requests in flight at once. A job is in flight until it is collected.
            timeout: As in the methods of the client, for each request. If a job takes longer, the next run collects it.
            on_mismatch: What to do with an image whose size, seed or format is not the requested one; default: the
                client's. An accepted image is done, and listed among the `warnings` of the summary. A refused image is
                kept as `.rejected`, and counts as failed: it was paid for, and is not bought again.
            progress: True shows the progress: a bar in a notebook, and a line on the standard error elsewhere. A
                function is called with a `Progress` after each change, and at least each second.
            max_wait: Seconds without any request taken by the service, after which the run ends. Without a connection
                from the start, it ends after 30 seconds.
            grace_period: Seconds that requests in flight have after SIGTERM or SIGHUP; the outcomes of slower ones are
                unknown. None for no limit.
            retry_unknown: Whether to send requests again whose outcome an earlier run never learned. You may pay for
                some of them twice.
            retry_rejected: Whether to send requests again that were billed in an earlier run without an image.
            retry_missing: Whether to buy images again that are no longer on disk, or have changed, or whose job expired
                before it was collected.
            route: `direct` or `queue`: how to buy images; default: the client's route.

        Raises:
            InvalidRequestError: Some requests cannot be sent. The error names all of their faults. Nothing was sent.
            ConfigurationError: The folder cannot be written or listed, or its disk is full; or `in_flight` is not a
                whole number of at least 1, or another option cannot be used; or the document has no queue for `route`;
                or another process runs this shard, or divides the batch into a different number of shards. Nothing was
                sent.
            NotSavedError: Images were paid for, but could not be written to the folder under their names. The error has
                the bytes of each, and names the files that have them instead. The next run does not buy them again.
            JournalError: The journal could not be written. The images that were bought are in the folder, where the
                next run finds them; it lists as unknown everything else that the journal lacks.
            OSError: An earlier journal cannot be read. Nothing was sent.
            TypeError: The client is an asynchronous one.
        """
        from .calls import BlockingCalls
        from .drive import drive
        from .planning import ResendOptions
        from .progress_display import check_progress, displayed

        _check_kind(client, SyncClient)
        check_progress(progress)
        kind = self._kind(client, route)
        options = RunOptions(in_flight, timeout, on_mismatch, max_wait, grace_period, kind)
        resend = ResendOptions(unknown=retry_unknown, rejected=retry_rejected, missing=retry_missing)
        with self._started(client, requests, options, resend) as run, displayed(progress) as hook:
            calls = BlockingCalls(run, client, self._template.operation, timeout, kind)
            return drive(run, calls, hook, grace_period)

    async def run_async(
        self,
        client: Awaited,
        requests: Iterable[Given],
        *,
        in_flight: int = 8,
        timeout: Timeout | Unset = UNSET,
        on_mismatch: OnMismatch | Unset = UNSET,
        progress: Callable[[Progress], object] | bool | None = None,
        max_wait: float = MAX_WAIT,
        grace_period: float | None = GRACE_PERIOD,
        retry_unknown: bool = False,
        retry_rejected: bool = False,
        retry_missing: bool = False,
        route: Literal["direct", "queue"] | Unset = UNSET,
    ) -> BatchSummary[Given]:
        """`run` with an asynchronous client, which can keep many more requests in flight.

        If its task is cancelled, so are the requests in flight, and they are listed as unknown. Jobs stay active.
        """
        from .calls import AsyncCalls
        from .drive import drive_async
        from .planning import ResendOptions
        from .progress_display import check_progress, displayed

        _check_kind(client, AsyncClient)
        check_progress(progress)
        kind = self._kind(client, route)
        options = RunOptions(in_flight, timeout, on_mismatch, max_wait, grace_period, kind)
        resend = ResendOptions(unknown=retry_unknown, rejected=retry_rejected, missing=retry_missing)
        with self._started(client, requests, options, resend) as run, displayed(progress) as hook:
            calls = AsyncCalls(run, client, self._template.operation, timeout, kind)
            return await drive_async(run, calls, hook, grace_period)

    def _kind(self, client: SyncClient | AsyncClient, route: Route | Unset) -> type[Job] | None:
        """The class of the handles of the jobs by which images are bought, or None for direct calls.

        Raises:
            ConfigurationError: The route is none, or the document has no queue.
        """
        kind = handle_kind(client, self._template.operation, route)
        if kind is None and route == "queue":
            raise ConfigurationError(
                f"route is 'queue', and the document has no queue for {self._template.operation.name}."
            )
        return kind

    @contextmanager
    def _started(
        self, client: SyncClient | AsyncClient, requests: Iterable[Given], options: RunOptions, resend: ResendOptions
    ) -> Generator[BatchRun[Given]]:
        from ..base.errors import JournalError
        from ..base.saving import check_folder
        from ..base.wording import one_line, reason
        from ..client.job_handle import spec_of
        from .job_setup import jobs_of
        from .journal import VERSION, Journal
        from .planning import plan
        from .run import BatchRun
        from .shards import starting
        from .throttle import throttle_of

        options.check()
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
            yield BatchRun(
                self._template.operation if options.kind is None else spec_of(options.kind).submit,
                planned,
                journal,
                self._store,
                throttle_of(client, options.in_flight),
                jobs_of(client, self._template.operation, planned, options),
                options.max_wait,
                policy_of(client).dispatcher.log,
                options.on_mismatch,
            )


def template_of(kind: Any) -> CallTemplate[Any, Any]:
    """What the calls of a class of batches have in common."""
    template: CallTemplate[Any, Any] = kind._template
    return template


def _check_kind(client: object, kind: type) -> None:
    if not isinstance(client, kind):
        raise TypeError(f"client is {type(client).__name__}: `run` takes a Client, `run_async` an AsyncClient")
