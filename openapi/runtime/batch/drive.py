"""Around a running batch: the threads or tasks that send, and the signals that end it."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..base.unset import Unset
from ..client.call_flow import CallPolicy
from ..client.clients import AsyncClient, SyncClient, call, call_async, policy_of
from ..client.workers import TaskWorkers, ThreadWorkers, in_thread
from .interrupts import CTRL_C, first_signal, interruptible
from .item_results import ItemResult, failed, started, succeeded
from .planning import PlannedRequest
from .report import BatchSummary, Progress
from .run import BatchRun

if TYPE_CHECKING:
    from ..transport.options import Timeout

Given = TypeVar("Given")
ProgressHook = Callable[[Progress], object] | None


def drive(
    run: BatchRun[Given, Any],
    client: SyncClient,
    timeout: "Timeout | Unset",
    progress: ProgressHook,
    grace_period: float | None,
) -> BatchSummary[Given]:
    """Run a batch with threads.

    Raises:
        BaseException: See `BatchRun.summary`.
    """
    policy = _policy(client)

    def buy(planned: PlannedRequest[Given]) -> ItemResult[Given]:
        item = started(planned)
        try:
            result = call(
                client,
                run.template.operation,
                planned.sending,
                timeout=timeout,
                policy=policy,
                on_mismatch=run.on_mismatch,
            )
        except BaseException as error:
            return failed(item, error, run.store)
        return succeeded(item, result, run.store)

    workers = ThreadWorkers(buy)
    with first_signal(lambda name: _stop(run, name, grace_period, workers.wake)):
        while run.is_active and not run.is_overdue:
            for planned in run.next_requests():
                workers.start(planned)
            run.report(progress)
            run.settle(workers.collect(interruptible(run.poll_timeout)))
    if run.is_overdue:
        # Threads cannot be cancelled. What still comes to them is written to the folder, and not to the journal.
        run.cut_off()
    else:
        workers.close()
    run.report(progress)
    return run.summary()


async def drive_async(
    run: BatchRun[Given, Any],
    client: AsyncClient,
    timeout: "Timeout | Unset",
    progress: ProgressHook,
    grace_period: float | None,
) -> BatchSummary[Given]:
    """Run a batch with tasks. If it is cancelled, it cancels those in flight, and writes that down.

    Raises:
        BaseException: See `BatchRun.summary`.
    """
    policy = _policy(client)

    async def buy(planned: PlannedRequest[Given]) -> ItemResult[Given]:
        item = started(planned)
        try:
            result = await call_async(
                client,
                run.template.operation,
                planned.sending,
                timeout=timeout,
                policy=policy,
                on_mismatch=run.on_mismatch,
            )
        except BaseException as error:
            return await in_thread(failed, item, error, run.store)
        return await in_thread(succeeded, item, result, run.store)

    workers = TaskWorkers(buy)
    try:
        with first_signal(lambda name: _stop(run, name, grace_period, workers.wake)):
            while run.is_active and not run.is_overdue:
                for planned in run.next_requests():
                    workers.start(planned)
                run.report(progress)
                run.settle(await workers.collect(run.poll_timeout))
        if run.is_overdue:
            await _cut_off(run, workers)
    finally:
        # Something is left only if the run was cancelled.
        workers.cancel()
        await workers.close()
        run.settle(await workers.collect(0))
    run.report(progress)
    return run.summary()


async def _cut_off(run: BatchRun[Given, Any], workers: TaskWorkers[Any, ItemResult[Given]]) -> None:
    """Cancel what is in flight. What has come by now is written down; the rest is unknown."""
    workers.cancel()
    await workers.close()
    results = await workers.collect(0)
    run.settle([result for result in results if not isinstance(result.error, asyncio.CancelledError)])
    run.cut_off()


def _policy(client: SyncClient | AsyncClient) -> CallPolicy:
    """The rules for the calls of a batch, which itself waits for all of them at once."""
    return policy_of(client)._replace(waits=False, rate_limit=None)


def _stop(run: BatchRun[Any, Any], name: str, grace_period: float | None, wake: Callable[[], None]) -> None:
    # Whoever presses Ctrl-C is there, and can press it again.
    run.stop(name, None if name == CTRL_C else grace_period)
    wake()
