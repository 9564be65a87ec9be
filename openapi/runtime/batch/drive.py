"""Around a batch under way: the threads or tasks that send, and Ctrl-C."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..base.unset import Unset
from ..client.clients import AsyncClient, SyncClient
from ..client.workers import TaskCrew, ThreadCrew, in_thread
from .interrupts import first_interrupt
from .item_results import Purchase, attempt, failed, succeeded
from .planning import Planned
from .report import BatchSummary, Progress
from .run import BatchRun

if TYPE_CHECKING:
    from ..transport.timeouts import Timeout

Given = TypeVar("Given")
Tell = Callable[[Progress], object] | None


def drive(
    run: BatchRun[Given, Any], client: SyncClient, timeout: "Timeout | Unset", progress: Tell
) -> BatchSummary[Given]:
    """Run a batch with threads.

    Raises:
        BaseException: See `BatchRun.summary`.
    """

    def buy(planned: Planned[Given]) -> Purchase[Given]:
        begun = attempt(planned)
        try:
            result = client.call(run.job.operation, planned.sending, timeout=timeout)
        except BaseException as error:
            return failed(begun, error, run.store)
        return succeeded(begun, result, run.store)

    crew = ThreadCrew(buy)
    with first_interrupt(lambda: _interrupt(run, crew.wake)):
        while run.goes_on:
            for planned in run.next_ones():
                crew.start(planned)
            run.tell(progress)
            run.settle(crew.collect(run.patience))
    crew.close()
    run.tell(progress)
    return run.summary()


async def drive_async(
    run: BatchRun[Given, Any], client: AsyncClient, timeout: "Timeout | Unset", progress: Tell
) -> BatchSummary[Given]:
    """Run a batch with tasks. Cancelled, it cancels those that are on their way, and writes that down.

    Raises:
        BaseException: See `BatchRun.summary`.
    """

    async def buy(planned: Planned[Given]) -> Purchase[Given]:
        begun = attempt(planned)
        try:
            result = await client.call(run.job.operation, planned.sending, timeout=timeout)
        except BaseException as error:
            return await in_thread(failed, begun, error, run.store)
        return await in_thread(succeeded, begun, result, run.store)

    crew = TaskCrew(buy)
    try:
        with first_interrupt(lambda: _interrupt(run, crew.wake)):
            while run.goes_on:
                for planned in run.next_ones():
                    crew.start(planned)
                run.tell(progress)
                run.settle(await crew.collect(run.patience))
    finally:
        # Only where it was cancelled anything is left.
        crew.cancel()
        await crew.close()
        run.settle(await crew.collect(0))
    run.tell(progress)
    return run.summary()


def _interrupt(run: BatchRun[Any, Any], wake: Callable[[], None]) -> None:
    run.stop("Ctrl-C")
    wake()
