"""Times of calls: interleaved, so that what else the machine does falls on all alike, and medians."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from random import Random
from statistics import median
from typing import TypeVar

Call = Callable[[], object]
AsyncCall = Callable[[], Awaitable[object]]

T = TypeVar("T")

WARM_UP = 5


def interleaved(calls: Mapping[str, Call], rounds: int) -> dict[str, float]:
    """The median time of each call in seconds, all taken in turns."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(-WARM_UP, rounds):
        for name, call in in_turn(calls, turn):
            begin = time.perf_counter()
            call()
            if turn >= 0:
                taken[name].append(time.perf_counter() - begin)
    return {name: median(times) for name, times in taken.items()}


async def interleaved_async(calls: Mapping[str, AsyncCall], rounds: int) -> dict[str, float]:
    """`interleaved` for asynchronous calls, one at a time."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(-WARM_UP, rounds):
        for name, call in in_turn(calls, turn):
            begin = time.perf_counter()
            await call()
            if turn >= 0:
                taken[name].append(time.perf_counter() - begin)
    return {name: median(times) for name, times in taken.items()}


def in_turn(calls: Mapping[str, T], turn: int) -> list[tuple[str, T]]:
    """All of them, in another order each turn: what one leaves behind would else always fall on the same next one."""
    shuffled = list(calls.items())
    Random(turn).shuffle(shuffled)
    return shuffled


async def crowded(call: AsyncCall, calls: int, in_flight: int) -> float:
    """Seconds for so many calls, so many of them at once."""
    left = iter(range(calls))

    async def worker() -> None:
        for _ in left:
            await call()

    begin = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(in_flight)))
    return time.perf_counter() - begin
