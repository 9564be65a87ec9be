"""Where a key could be seen, and what a call could leave behind."""

import asyncio
import gc
import logging
import os
import pickle
import threading
import traceback
import warnings
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field

from segmind_flux_schnell import ImageWarning

CANARY = "SG_canary_5f0e"

_LAST_SECONDS = 20.0

_TESTS = str(Path(__file__).parents[2])


def sightings(seen: Iterable[tuple[str, object]]) -> list[str]:
    """The names of those things that show the key."""
    return [name for name, thing in seen if _shows(thing)]


def _shows(thing: object) -> bool:
    if isinstance(thing, bytes):
        return CANARY.encode() in thing
    return CANARY in (thing if isinstance(thing, str) else f"{thing!r} {thing}")


def parts_of(error: BaseException) -> Iterator[tuple[str, object]]:
    """What there is to see of an error and of all that hang on it, the local variables of its traceback included."""
    yield "pickle", pickle.dumps(error)
    for one in _chain(error):
        name = type(one).__name__
        yield f"str of {name}", str(one)
        yield f"repr of {name}", repr(one)
        yield f"args of {name}", one.args
        yield from ((f"{name}.{attribute}", value) for attribute, value in vars(one).items())
        yield from _local_variables(one)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    if error is not None:
        yield error
        yield from _chain(error.__cause__)
        yield from _chain(error.__context__)


def _local_variables(error: BaseException) -> Iterator[tuple[str, object]]:
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    for frame in told.stack:
        # The tests know the key, and so do their local variables.
        if not frame.filename.startswith(_TESTS):
            yield f"local variables of {frame.name}", frame.locals or {}


class _Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)


@contextmanager
def everything_logged() -> Iterator[list[logging.LogRecord]]:
    """Every logger at DEBUG while the context lasts, and their records."""
    names = [None, "httpx", "httpcore", "asyncio", "segmind_flux_schnell", *logging.root.manager.loggerDict]
    loggers = {logging.getLogger(name) for name in names}
    levels = {logger: logger.level for logger in loggers}
    kept = _Kept()
    logging.root.addHandler(kept)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield kept.records
    finally:
        logging.root.removeHandler(kept)
        for logger, level in levels.items():
            logger.setLevel(level)


def parts_of_records(records: Iterable[logging.LogRecord]) -> Iterator[tuple[str, object]]:
    """What there is to see of log records."""
    for record in records:
        yield f"a record of {record.name}", f"{record.getMessage()} {record.args!r} {vars(record)!r}"


@define
class Leaks:
    """What was open or alive after something that was not before, in words, and the codes of warnings of images."""

    found: list[str] = field(factory=list[str])
    codes: list[str] = field(factory=list[str])


@contextmanager
def leaks() -> Iterator[Leaks]:
    """Compare file descriptors and threads before and after, and collect what Python warns of."""
    leaked = Leaks()
    # What was there before is not looked at again: with all of pytest in memory that takes longer than most calls. What
    # the last call left, such as clients whose keys each line of a log is searched for, is collected before.
    gc.collect()
    gc.freeze()
    open_before, threads_before = _descriptors(), set(threading.enumerate())
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        yield leaked
        threads_after = _still_alive(set(threading.enumerate()) - threads_before)
        open_after = _descriptors()
        gc.collect()
    leaked.found += [f"open: {open_after[one]}" for one in open_after.keys() - open_before.keys()]
    leaked.found += [f"alive: {thread.name}" for thread in threads_after]
    given = [warning.message for warning in warned]
    leaked.codes += [one.code for one in given if isinstance(one, ImageWarning)]
    leaked.found += [str(one) for one in given if not isinstance(one, ImageWarning)]


def _still_alive(threads: Collection[threading.Thread]) -> list[threading.Thread]:
    # Some have been told to end, and are about to.
    for thread in threads:
        thread.join(_LAST_SECONDS)
    return [thread for thread in threads if thread.is_alive()]


def _descriptors() -> dict[int, str]:
    found = {}
    for name in os.listdir("/proc/self/fd"):
        # The descriptor that lists the folder is closed by now.
        if os.path.lexists(f"/proc/self/fd/{name}"):
            found[int(name)] = os.readlink(f"/proc/self/fd/{name}")
    return found


async def pending_tasks() -> list[str]:
    """The tasks of the running loop other than this one, once those had a few turns that were about to end.

    Python itself makes such tasks, to close asynchronous generators that were not read to their end.
    """
    for _ in range(10):
        await asyncio.sleep(0)
    own = asyncio.current_task()
    return [f"pending: {task.get_coro()}" for task in asyncio.all_tasks() if task is not own]
