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
Done = TypeVar("Done")


@frozen
class _Raised:
    error: BaseException


class ThreadWorkers(Generic[Item, Done]):
    """Threads that work on items: never more of them than items have been in work at once.

    Args:
        work: What is done with an item. Whatever it raises, `collect` raises, once it has given back what is done.
    """

    def __init__(self, work: Callable[[Item], Done]) -> None:
        self._work = work
        self._todo: queue.SimpleQueue[tuple[Item] | None] = queue.SimpleQueue()
        # Simple ones, whose `put` is safe in a signal handler: `wake` is called from there.
        self._done: queue.SimpleQueue[tuple[Done] | _Raised | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self.busy = 0

    def start(self, item: Item) -> None:
        """Work on an item."""
        if self.busy == len(self._threads):
            # Daemons, so that a second Ctrl-C ends the process too, and not only the wait for them.
            context, name = contextvars.copy_context(), f"call-{len(self._threads) + 1}"
            thread = threading.Thread(target=context.run, args=(self._serve,), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)
        self.busy += 1
        self._todo.put((item,))

    @property
    def has_done(self) -> bool:
        """Whether `collect` would come back at once."""
        return not self._done.empty()

    def collect(self, seconds: float | None = None) -> list[Done]:
        """Wait until something is done, and take all that is.

        Args:
            seconds: How long to wait at most; None is no limit.
        """
        try:
            found = [self._done.get(timeout=seconds)]
        except queue.Empty:
            return []
        while self.has_done:
            found.append(self._done.get())
        results = [one[0] for one in found if isinstance(one, tuple)]
        defects = [one for one in found if isinstance(one, _Raised)]
        self.busy -= len(results)
        if defects and results:
            for defect in defects:
                self._done.put(defect)
        elif defects:
            self.busy -= len(defects)
            raise defects[0].error
        return results

    def wake(self) -> None:
        """Let `collect` come back although nothing is done."""
        self._done.put(None)

    def close(self) -> None:
        """Wait until all items in work are done, and let the threads go."""
        for _ in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        while (item := self._todo.get()) is not None:
            try:
                self._done.put((self._work(*item),))
            except BaseException as error:
                self._done.put(_Raised(error))
            # A thread that waits shall not keep the last image alive.
            del item


class TaskWorkers(Generic[Item, Done]):
    """Tasks that work on items, each on one.

    Args:
        work: What is done with an item. Whatever it raises, `collect` raises, once it has given back what is done.
    """

    def __init__(self, work: Callable[[Item], Coroutine[Any, Any, Done]]) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        # A queue, since `asyncio.wait` looks at all tasks for each that is done.
        self._done: asyncio.Queue[asyncio.Task[Done] | None] = asyncio.Queue()
        self._tasks: set[asyncio.Task[Done]] = set()
        self.busy = 0

    def start(self, item: Item) -> None:
        """Work on an item."""
        task = self._loop.create_task(self._work(item))
        self._tasks.add(task)
        task.add_done_callback(self._done.put_nowait)
        self.busy += 1

    @property
    def has_done(self) -> bool:
        """Whether `collect` would come back at once."""
        return not self._done.empty()

    async def collect(self, seconds: float | None = None) -> list[Done]:
        """Wait until something is done, and take all that is.

        Args:
            seconds: How long to wait at most; None is no limit.
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
        defects = [task for task in tasks if task.cancelled() or task.exception() is not None]
        taken = results or defects
        if results:
            for defect in defects:
                self._done.put_nowait(defect)
        self._tasks.difference_update(taken)
        self.busy -= len(taken)
        return [task.result() for task in taken]

    def wake(self) -> None:
        """Let `collect` come back although nothing is done. Safe in threads and signal handlers."""
        self._loop.call_soon_threadsafe(self._done.put_nowait, None)

    def cancel(self) -> None:
        """Cancel all items in work."""
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        """Wait until all items in work are done. Cancelled meanwhile, it cancels them, and then waits for that."""
        try:
            await self._finish()
        except asyncio.CancelledError:
            self.cancel()
            await self._finish()
            raise

    async def _finish(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks)
        for task in self._tasks:
            # Looked at, so that asyncio does not report it as never looked at.
            _ = task.cancelled() or task.exception()


async def in_thread(work: Callable[P, Done], *args: P.args, **kwargs: P.kwargs) -> Done:
    """Work in a thread to the end, even if cancelled meanwhile: the result is of something that was paid for."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    while True:
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                raise
