# @generated from openapi/runtime/batch/drive.py by `make generate`. Do not edit: change that file.
"""Around a running batch: the threads or tasks that send, and the signals that end it."""

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from ..client.workers import TaskWorkers, ThreadWorkers
from .calls import AsyncCalls, BlockingCalls, Result, Work
from .interrupts import CTRL_C, first_signal, interruptible
from .jobs_in_flight import Submitted
from .report import BatchSummary, Progress
from .run import BatchRun

Given = TypeVar("Given")
ProgressHook = Callable[[Progress], object] | None


def drive(
    run: BatchRun[Given],
    calls: BlockingCalls[Given],
    progress: ProgressHook,
    grace_period: float | None,
) -> BatchSummary[Given]:
    """Run a batch with threads.

    Raises:
        BaseException: See `BatchRun.summary`.
    """
    workers = ThreadWorkers(calls.work)
    with _interruption_noted(run), first_signal(partial(_stop, run, grace_period=grace_period, wake=workers.wake)):
        while run.is_active and not run.is_overdue:
            for item in _next(run):
                workers.start(item)
            run.report(progress)
            run.settle(workers.collect(interruptible(run.poll_timeout)))
    if run.is_overdue:
        run.settle(workers.collect(0))
        # Threads cannot be cancelled. What still comes to them is written to the folder, and not to the journal.
        run.cut_off()
    else:
        workers.close()
    run.report(progress)
    return run.summary()


async def drive_async(
    run: BatchRun[Given],
    calls: AsyncCalls[Given],
    progress: ProgressHook,
    grace_period: float | None,
) -> BatchSummary[Given]:
    """Run a batch with tasks. If it is cancelled, it cancels those in flight, and writes that down.

    Raises:
        BaseException: See `BatchRun.summary`.
    """
    workers = TaskWorkers(calls.work)
    try:
        stop = partial(_stop, run, grace_period=grace_period, wake=workers.wake)
        # The second one too: the handler of a notebook's kernel cancels the task, and does not wake its loop for that.
        with _interruption_noted(run), first_signal(stop, again=lambda name: workers.wake()):
            # Whoever has cancelled it meanwhile, such as Ctrl-C while the plan was made, wants nothing sent.
            await asyncio.sleep(0)
            while run.is_active and not run.is_overdue:
                for item in _next(run):
                    workers.start(item)
                run.report(progress)
                run.settle(await workers.collect(run.poll_timeout))
        if run.is_overdue:
            await _cut_off(run, workers)
    finally:
        # Something is left only if the run was cancelled.
        workers.cancel()
        try:
            await workers.close()
        finally:
            run.settle(await workers.collect(0))
    run.report(progress)
    return run.summary()


@contextmanager
def _interruption_noted(run: BatchRun[Any]) -> Generator[None]:
    """Whoever interrupts a program, or cancels a task, learns what becomes of the requests in flight."""
    try:
        yield
    except BaseException as cause:
        if not isinstance(cause, Exception):
            cause.add_note(run.interrupted)
        raise


async def _cut_off(run: BatchRun[Given], workers: TaskWorkers[Any, Result[Given]]) -> None:
    """Cancel what is in flight. What has come by now is written down; the rest is unknown."""
    workers.cancel()
    await workers.close()
    results = await workers.collect(0)
    run.settle([result for result in results if not _was_cancelled(result)])
    run.cut_off()


def _next(run: BatchRun[Given]) -> list[Work[Given]]:
    work: list[Work[Given]] = [*run.next_requests()]
    return [*work, *run.next_jobs()]


def _was_cancelled(result: Result[Any]) -> bool:
    return not isinstance(result, Submitted) and isinstance(result.error, asyncio.CancelledError)


def _stop(run: BatchRun[Any], name: str, grace_period: float | None, wake: Callable[[], None]) -> None:
    # Whoever presses Ctrl-C is there, and can press it again. Jobs stay active even if nothing waits for them.
    run.stop(name, None if name == CTRL_C else grace_period, leaves_jobs=True)
    wake()
