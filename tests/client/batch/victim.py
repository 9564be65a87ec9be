"""A process that runs a batch, and is killed at a chosen moment, or gets a signal.

`python -m tests.client.batch.victim URL FOLDER MOMENT KIND [IN_FLIGHT [GRACE_PERIOD [KEY]]]`, with `sync` or `async` as
its kind.

Moments:
    never         it runs to its end
    together      never, and all signals count as one
    planned       the requests of the first round are in the journal, on disk, and none of them has been sent
    stored        the first image is on disk, and not yet in the journal
    half-written  half of the line of the first image is in the journal
    noted         the line of the first image is in the journal, on disk
"""

import asyncio
import math
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import AsyncClient, Batch, Client
from segmind_flux_schnell._runtime.batch import drive, interrupts
from segmind_flux_schnell._runtime.batch.image_store import ImageStore
from segmind_flux_schnell._runtime.batch.journal import Journal
from tests.client.batch import BRIEF, prompts

COUNT = 6
IN_FLIGHT = 2


def stopping_mark(folder: Path) -> Path:
    """A file beside the folder of a batch: it is there once the process has received its first signal."""
    return folder.with_suffix(".stopping")


def main(
    url: str,
    folder: str,
    moment: str,
    kind: str,
    in_flight: str = str(IN_FLIGHT),
    grace_period: str = "8",
    key: str = BRIEF,
) -> None:
    """Run the batch, and print how it ended."""
    options = {"in_flight": int(in_flight), "grace_period": float(grace_period)}
    MOMENTS[moment]()
    _mark_the_stop(stopping_mark(Path(folder)))
    print("begins", flush=True)
    batch = Batch(Path(folder))
    try:
        if kind == "sync":
            summary = _run(batch, url, key, options)
        else:
            summary = asyncio.run(_run_async(batch, url, key, options))
        print(f"ended: {summary.done} done, {summary.left} left, stopped: {summary.stopped}", flush=True)
        print(f"{len(summary.unknown)} unknown", flush=True)
    except KeyboardInterrupt:
        print("interrupted", flush=True)


def _run(batch: Batch, url: str, key: str, options: dict[str, Any]) -> Any:
    with Client(api_key=key, base_url=url) as client:
        return batch.run(client, prompts(COUNT), **options)


async def _run_async(batch: Batch, url: str, key: str, options: dict[str, Any]) -> Any:
    async with AsyncClient(api_key=key, base_url=url) as client:
        return await batch.run_async(client, prompts(COUNT), **options)


def _mark_the_stop(mark: Path) -> None:
    stop = drive._stop

    def stopped(*arguments: Any, **options: Any) -> None:
        stop(*arguments, **options)
        mark.touch()

    drive._stop = stopped


def _die() -> None:
    # On Windows SIGTERM too ends a process on the spot.
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _never() -> None:
    pass


def _never_by_signals() -> None:
    pytest.MonkeyPatch().setattr(interrupts, "SIGNALS_TOGETHER", math.inf)


def _when_planned() -> None:
    sync = Journal.sync

    def synced(self: Journal) -> None:
        sync(self)
        _die()

    Journal.sync = synced  # type: ignore[method-assign]


def _when_stored() -> None:
    store = ImageStore.store

    def stored(self: ImageStore, save: Any, suffix: str) -> str:
        store(self, save, suffix)
        _die()
        raise AssertionError

    ImageStore.store = stored  # type: ignore[method-assign]


def _when_saving() -> None:
    def replaced(self: Path, target: Any) -> Path:
        assert self.suffix == ".part"
        _die()
        raise AssertionError

    Path.replace = replaced  # type: ignore[assignment,method-assign]


def _when_half_written() -> None:
    write = os.write

    def written(handle: int, line: Any) -> int:
        if b'"done"' not in line:
            return write(handle, line)
        write(handle, line[: len(line) // 2])
        _die()
        raise AssertionError

    os.write = written


def _when_noted() -> None:
    write, sync = Journal.write, Journal.sync
    seen: list[str] = []

    def written(self: Journal, event: Any, **facts: Any) -> None:
        write(self, event, **facts)
        seen.append(event)

    def synced(self: Journal) -> None:
        sync(self)
        if "done" in seen:
            _die()

    Journal.write, Journal.sync = written, synced  # type: ignore[method-assign]


MOMENTS: dict[str, Callable[[], None]] = {
    "never": _never,
    "together": _never_by_signals,
    "planned": _when_planned,
    "saving": _when_saving,
    "stored": _when_stored,
    "half-written": _when_half_written,
    "noted": _when_noted,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
