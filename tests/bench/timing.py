"""Times of calls: interleaved, so that what else the machine does falls on all alike, and medians."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from random import Random
from statistics import median
from typing import TypeVar

from attrs import define, field

from tests.bench.crashes import Crashed

Call = Callable[[], object]
AsyncCall = Callable[[], Awaitable[object]]
Measure = Callable[[], list[float]]

T = TypeVar("T")

WARM_UP = 2
"""Turns that do not count."""


@define
class Measured:
    """Figures of several peers.

    Args:
        medians: By peer.
        crashes: How the process of a peer ended that has none.
    """

    medians: dict[str, float] = field(factory=dict[str, float])
    crashes: dict[str, str] = field(factory=dict[str, str])

    def figure(self, name: str, factor: float) -> float | None:
        """The median of a peer in another unit, or None where there is none."""
        return self.medians[name] * factor if name in self.medians else None

    def rate(self, name: str, number: int) -> float | None:
        """How many a second, where the median is what so many take."""
        return number / self.medians[name] if name in self.medians else None


def interleaved(measures: Mapping[str, Measure], turns: int) -> Measured:
    """The median of what each measure gives, all taken in turns. One that crashes has no more turns, and no figure."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    measured = Measured()
    for turn in range(-WARM_UP, turns):
        for name, measure in in_turn(measures, turn):
            if name in measured.crashes:
                continue
            try:
                figures = measure()
            except Crashed as crash:
                measured.crashes[name] = str(crash)
            else:
                taken[name] += figures if turn >= 0 else []
    measured.medians = {name: median(figures) for name, figures in taken.items() if name not in measured.crashes}
    return measured


def in_turn(measures: Mapping[str, T], turn: int) -> list[tuple[str, T]]:
    """All of them, in another order each turn: what one leaves behind would else always fall on the same next one."""
    shuffled = list(measures.items())
    Random(turn).shuffle(shuffled)
    return shuffled


def timed(call: Call) -> float:
    """Seconds of one call."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


async def crowded(call: AsyncCall, calls: int, in_flight: int) -> float:
    """Seconds for so many calls, so many of them at once."""
    left = iter(range(calls))

    async def worker() -> None:
        for _ in left:
            await call()

    begin = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(in_flight)))
    return time.perf_counter() - begin
