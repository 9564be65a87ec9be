"""Asynchronous calls, one at a time and 50 at once."""

import asyncio
from statistics import median

from tests.bench.asynchronous_peers import ASYNCHRONOUS, AsyncFetch, opened_async
from tests.bench.blocking_calls import SIZES
from tests.bench.peers import counted
from tests.bench.report import Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service
from tests.bench.timing import AsyncCall, crowded, in_turn, interleaved_async

IN_FLIGHT = 50


def measure(service: Service, scale: Scale) -> list[Section]:
    """Two sections a size of the response."""
    return [
        section
        for title, length in SIZES.items()
        for section in asyncio.run(_sections(service.responding(length), scale, title, length))
    ]


async def _sections(base_url: str, scale: Scale, title: str, length: int) -> list[Section]:
    async with opened_async(base_url) as peers:
        calls = {name: _whole(fetch, length) for name, fetch in peers.items()}
        times = await interleaved_async(calls, scale.calls)
        rates = await _rates(calls, scale)
    return [
        Section(
            title=f"one asynchronous call, response of {title}",
            unit="ms",
            figures={name: times[name] * 1e3 if name in times else None for name in ASYNCHRONOUS},
            reference="httpx",
        ),
        Section(
            title=f"{IN_FLIGHT} asynchronous calls in flight, {title}",
            unit="calls/s",
            figures={name: rates.get(name) for name in ASYNCHRONOUS},
            reference="httpx",
            goals=(Goal(bound=5.0, beside="httpx", at_least=True),),
        ),
    ]


async def _rates(calls: dict[str, AsyncCall], scale: Scale) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(-1, scale.rounds):
        for name, call in in_turn(calls, turn):
            seconds = await crowded(call, scale.batch, IN_FLIGHT)
            if turn >= 0:
                taken[name].append(seconds)
    return {name: scale.batch / median(seconds) for name, seconds in taken.items()}


def _whole(fetch: AsyncFetch, length: int) -> AsyncCall:
    async def call() -> bytes:
        return counted(await fetch(), length)

    return call
