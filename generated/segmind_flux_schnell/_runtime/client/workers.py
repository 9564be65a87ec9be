# @generated from openapi/runtime/client/workers.py by `make generate`. Do not edit: change that file.
"""Workers for many calls at once: threads for the blocking client, tasks for the asynchronous one."""

import asyncio
import contextvars
import queue
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Generic, ParamSpec, TypeVar

from attrs import frozen

P = ParamSpec("P")
Item = TypeVar("Item")
Result = TypeVar("Result")


@frozen
class _Raised:
    error: BaseException


class ThreadWorkers(Generic[Item, Result]):
    """Threads that process items: as many as there have been items in work at once, and no more.

    Args:
        work: Processes an item. `collect` raises what it raises, after it has returned all results.
    """

    def __init__(self, work: Callable[[Item], Result]) -> None:
        self._work = work
        self._todo: queue.SimpleQueue[tuple[Item] | None] = queue.SimpleQueue()
        # The `put` of simple queues is safe in a signal handler, which calls `wake`.
        self._done: queue.SimpleQueue[tuple[Result] | _Raised | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self.busy = 0

    def start(self, item: Item) -> None:
        """Start to process an item."""
        if self.busy == len(self._threads):
            # Daemons, so that a second Ctrl-C ends the process, and not only the wait for them.
            context, name = contextvars.copy_context(), f"call-{len(self._threads) + 1}"
            thread = threading.Thread(target=context.run, args=(self._serve,), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)
        self.busy += 1
        self._todo.put((item,))

    @property
    def has_done(self) -> bool:
        """Whether `collect` would return at once."""
        return not self._done.empty()

    def collect(self, seconds: float | None = None) -> list[Result]:
        """Wait for a result, and return all that there are.

        Args:
            seconds: Longest wait in seconds, or None for no limit.
        """
        try:
            found = [self._done.get(timeout=seconds)]
        except queue.Empty:
            return []
        while self.has_done:
            found.append(self._done.get())
        results = [one[0] for one in found if isinstance(one, tuple)]
        raised = [one for one in found if isinstance(one, _Raised)]
        self.busy -= len(results)
        if raised and results:
            for one in raised:
                self._done.put(one)
        elif raised:
            self.busy -= len(raised)
            raise raised[0].error
        return results

    def wake(self) -> None:
        """Let `collect` return without a result. Safe in signal handlers."""
        self._done.put(None)

    def close(self) -> None:
        """Wait for all items in work, and end the threads."""
        for _ in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join()

    def left(self) -> tuple[list[Result], int]:
        """The results that were not collected, and the number of other items in work. Call it after `close`."""
        found: list[tuple[Result] | _Raised | None] = []
        while self.has_done:
            found.append(self._done.get())
        results = [one[0] for one in found if isinstance(one, tuple)]
        return results, self.busy - len(results)

    def _serve(self) -> None:
        while (item := self._todo.get()) is not None:
            try:
                self._done.put((self._work(*item),))
            except BaseException as error:
                self._done.put(_Raised(error))
            # So that a waiting thread does not keep the last image in memory.
            del item


class TaskWorkers(Generic[Item, Result]):
    """Tasks that process items, one for each item.

    Args:
        work: Processes an item. `collect` raises what it raises, after it has returned all results.
    """

    def __init__(self, work: Callable[[Item], Coroutine[Any, Any, Result]]) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        # A queue: `asyncio.wait` looks at all tasks each time that one is done.
        self._done: asyncio.Queue[asyncio.Task[Result] | None] = asyncio.Queue()
        self._tasks: set[asyncio.Task[Result]] = set()
        self._in_work: set[asyncio.Task[Result]] = set()
        self.busy = 0

    def start(self, item: Item) -> None:
        """Start to process an item."""
        task = self._loop.create_task(self._work(item))
        self._tasks.add(task)
        self._in_work.add(task)
        task.add_done_callback(self._end)
        self.busy += 1

    @property
    def has_done(self) -> bool:
        """Whether `collect` would return at once."""
        return not self._done.empty()

    async def collect(self, seconds: float | None = None) -> list[Result]:
        """Wait for a result, and return all that there are.

        Args:
            seconds: Longest wait in seconds, or None for no limit.
        """
        try:
            async with asyncio.timeout(seconds):
                found = [await self._done.get()]
        except TimeoutError:
            return []
        while self.has_done:
            found.append(self._done.get_nowait())
        tasks = [one for one in found if one is not None]
        results = [task for task in tasks if not task.cancelled() and task.exception() is None]
        raised = [task for task in tasks if task.cancelled() or task.exception() is not None]
        taken = results or raised
        if results:
            for one in raised:
                self._done.put_nowait(one)
        self._tasks.difference_update(taken)
        self.busy -= len(taken)
        return [task.result() for task in taken]

    def wake(self) -> None:
        """Let `collect` return without a result. Safe in threads and signal handlers."""
        self._loop.call_soon_threadsafe(self._done.put_nowait, None)

    def cancel(self) -> None:
        """Cancel all items in work."""
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        """Wait for all items in work. If this is cancelled, they are cancelled too, and waited for all the same."""
        cancellation: asyncio.CancelledError | None = None
        while self._in_work:
            try:
                await asyncio.wait(self._in_work)
            except asyncio.CancelledError as error:
                # A cancel scope of anyio cancels again and again: what is cancelled once comes to its end.
                if cancellation is None:
                    self.cancel()
                cancellation = cancellation or error
        for task in self._tasks:
            # Retrieved, so that asyncio does not report an exception that was never retrieved.
            _ = task.cancelled() or task.exception()
        if cancellation is not None:
            raise cancellation

    def left(self) -> tuple[list[Result], int]:
        """The results that were not collected, and the number of other items in work. Call it after `close`."""
        done = [task for task in self._tasks if not task.cancelled() and task.exception() is None]
        return [task.result() for task in done], len(self._tasks) - len(done)

    def _end(self, task: asyncio.Task[Result]) -> None:
        self._in_work.discard(task)
        self._done.put_nowait(task)


async def in_thread(work: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """Work in a thread, to its end even if this is cancelled: its result may have been paid for."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    while True:
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                raise
