"""Around a running batch: the threads or tasks that send, and Ctrl-C."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..base.unset import Unset
from ..client.clients import AsyncClient, SyncClient, call, call_async
from ..client.workers import TaskWorkers, ThreadWorkers, in_thread
from .interrupts import first_interrupt, interruptible
from .item_results import ItemResult, failed, started, succeeded
from .planning import PlannedRequest
from .report import BatchSummary, Progress
from .run import BatchRun

if TYPE_CHECKING:
    from ..transport.options import Timeout

Given = TypeVar("Given")
ProgressHook = Callable[[Progress], object] | None


def drive(
    run: BatchRun[Given, Any], client: SyncClient, timeout: "Timeout | Unset", progress: ProgressHook
) -> BatchSummary[Given]:
    """Run a batch with threads.

    Raises:
        BaseException: See `BatchRun.summary`.
    """

    def buy(planned: PlannedRequest[Given]) -> ItemResult[Given]:
        item = started(planned)
        try:
            result = call(client, run.job.operation, planned.sending, timeout=timeout, on_mismatch=run.on_mismatch)
        except BaseException as error:
            return failed(item, error, run.store)
        return succeeded(item, result, run.store)

    workers = ThreadWorkers(buy)
    with first_interrupt(lambda: _interrupt(run, workers.wake)):
        while run.is_active:
            for planned in run.next_requests():
                workers.start(planned)
            run.report(progress)
            run.settle(workers.collect(interruptible(run.poll_timeout)))
    workers.close()
    run.report(progress)
    return run.summary()


async def drive_async(
    run: BatchRun[Given, Any], client: AsyncClient, timeout: "Timeout | Unset", progress: ProgressHook
) -> BatchSummary[Given]:
    """Run a batch with tasks. If it is cancelled, it cancels those in flight, and writes that down.

    Raises:
        BaseException: See `BatchRun.summary`.
    """

    async def buy(planned: PlannedRequest[Given]) -> ItemResult[Given]:
        item = started(planned)
        try:
            result = await call_async(
                client, run.job.operation, planned.sending, timeout=timeout, on_mismatch=run.on_mismatch
            )
        except BaseException as error:
            return await in_thread(failed, item, error, run.store)
        return await in_thread(succeeded, item, result, run.store)

    workers = TaskWorkers(buy)
    try:
        with first_interrupt(lambda: _interrupt(run, workers.wake)):
            while run.is_active:
                for planned in run.next_requests():
                    workers.start(planned)
                run.report(progress)
                run.settle(await workers.collect(run.poll_timeout))
    finally:
        # Something is left only if the run was cancelled.
        workers.cancel()
        await workers.close()
        run.settle(await workers.collect(0))
    run.report(progress)
    return run.summary()


def _interrupt(run: BatchRun[Any, Any], wake: Callable[[], None]) -> None:
    run.stop("Ctrl-C")
    wake()
