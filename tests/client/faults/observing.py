"""One call under one fault: what it came to, and what it left behind."""

import asyncio
import logging
import os
import pickle
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from attrs import define, evolve, field
from PIL import Image

from segmind_flux_schnell import APIError, AsyncClient, Backoff, Budget, Client
from tests.client.calling import Kind, with_transport
from tests.client.faults.expectations import IMAGE as IMAGE_TOLD
from tests.client.faults.expectations import ExpectedResult
from tests.client.faults.fault import ServiceFault
from tests.client.faults.limits import AMPLE, TOLERANCE
from tests.client.faults.places import Scene
from tests.client.faults.responses import ASKED, IMAGE, SIDE
from tests.client.faults.traces import (
    CANARY,
    everything_logged,
    leaks,
    parts_of,
    parts_of_records,
    pending_tasks,
    sightings,
)

Way = Literal["generate_image", "generate_image_to_file"]

# Seconds that a call may come back late, besides as many as its deadline has.
LATE = 1.0

# The default policy, with waits of no length unless the service asks for one, and with an end.
AT_ONCE = Backoff(attempts=4, draw=lambda: 0.0)

# Loading the authorities of the whole world takes longer than most calls here.
AUTHORITY = Path(__file__).parent / "authority_for_tests_only.pem"


@define(kw_only=True)
class Observation:
    """What came of a call.

    Args:
        result: What was returned.
        raised: What was raised.
        came_to: The same in the terms of the table.
        seconds: How long it took.
        differences: Where that differs from the row, in words.
        flaws: What is wrong apart from that.
    """

    result: Any = None
    raised: BaseException | None = None
    came_to: ExpectedResult | None = None
    seconds: float = 0.0
    differences: list[str] = field(factory=list[str])
    flaws: list[str] = field(factory=list[str])


def observe(fault: ServiceFault, kind: Kind, way: Way, folder: Path) -> Observation:
    """Make a call under a fault, with a server, a client and a budget of its own."""
    with bare_environment(), leaks() as leaked:
        observation = _observe(fault, kind, way, folder)
    observation.flaws += leaked.found
    if tuple(leaked.codes) != fault.warnings:
        observation.differences.append(f"warned of {leaked.codes}, not {fault.warnings}")
    return observation


@contextmanager
def bare_environment() -> Iterator[None]:
    """No key and no proxy is set, and the authority of the tests is trusted, while the context lasts."""
    before = dict(os.environ)
    for name in ("SEGMIND_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        os.environ.pop(name, None)
        os.environ.pop(name.lower(), None)
    os.environ["SSL_CERT_FILE"] = str(AUTHORITY)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _observe(fault: ServiceFault, kind: Kind, way: Way, folder: Path) -> Observation:
    observation, events, budget = Observation(), list[Any](), Budget(max_images=10)
    with fault.place(fault.scripts) as scene, everything_logged() as records:
        options: dict[str, Any] = {"timeout": fault.deadline, "retry": AT_ONCE, **scene.options, **fault.options}
        options |= {"api_key": CANARY, "base_url": scene.base_url, "budget": budget, "hooks": [events.append]}
        arguments = {"path": folder / "image.jpg", **ASKED} if way == "generate_image_to_file" else ASKED
        if kind == "sync":
            _call(observation, options, way, arguments)
        else:
            asyncio.run(_call_async(observation, with_transport(kind, options), way, arguments))
    # Now that the servers have ended, they have counted all that was sent to them.
    observation.came_to = _came_to(observation, scene, budget)
    observation.differences += _differences(observation, fault)
    observation.flaws += _flaws(observation, fault, scene, way, folder)
    observation.flaws += [f"the key in {name}" for name in _sightings(observation, records, events, budget, folder)]
    return observation


def _call(observation: Observation, options: Mapping[str, Any], way: Way, arguments: Mapping[str, Any]) -> None:
    started = time.monotonic()
    try:
        with Client(**options) as client:
            started = time.monotonic()
            observation.result = getattr(client, way)(**arguments)
    except Exception as error:
        observation.raised = error
    observation.seconds = time.monotonic() - started


async def _call_async(
    observation: Observation, options: Mapping[str, Any], way: Way, arguments: Mapping[str, Any]
) -> None:
    started = time.monotonic()
    try:
        async with AsyncClient(**options) as client:
            started = time.monotonic()
            observation.result = await getattr(client, way)(**arguments)
    except Exception as error:
        observation.raised = error
    observation.seconds = time.monotonic() - started
    observation.flaws += await pending_tasks()


def _came_to(observation: Observation, scene: Scene, budget: Budget) -> ExpectedResult:
    raised = observation.raised
    # An image does not tell how often it was asked for: the server does.
    told = IMAGE_TOLD.after(scene.posts)
    if isinstance(raised, APIError):
        told = ExpectedResult(
            error=type(raised), billed=raised.billed, outcome=raised.outcome, attempts=raised.attempts
        )
    return evolve(told, posts=scene.posts, bought=budget.images, reserved=budget.reserved_images)


def lateness(seconds: float, deadline: float) -> Iterator[str]:
    """That a call came back late. On a busy machine, one with a longer deadline does not."""
    if seconds > 2 * deadline + LATE:
        yield f"came back after {seconds:.1f} seconds, and had {deadline:g}"


def _differences(observation: Observation, fault: ServiceFault) -> Iterator[str]:
    raised, result = observation.raised, observation.result
    yield from lateness(observation.seconds, fault.deadline)
    if observation.came_to is not None:
        yield from observation.came_to.differences(fault.expected)
    if fault.kept is not None and getattr(raised, "content", None) != fault.kept:
        yield "the error has other bytes than came"
    if result is not None and (codes := tuple(one.code for one in result.warnings)) != fault.warnings:
        yield f"the image has the warnings {codes}, not {fault.warnings}"


def _flaws(observation: Observation, fault: ServiceFault, scene: Scene, way: Way, folder: Path) -> Iterator[str]:
    raised = observation.raised
    if raised is not None and not isinstance(raised, APIError):
        yield f"raised {type(raised).__name__}: {raised}"
    if observation.seconds > fault.deadline + TOLERANCE:
        yield f"took {observation.seconds:.1f} seconds, not {fault.deadline:g}"
    if fault.deadline == AMPLE and f"gave up after the {AMPLE:g} seconds of the call" in str(raised):
        yield "waited until the deadline for what could not come"
    if scene.strays:
        yield f"{scene.strays} connections to another origin"
    if fault.largest is not None and len(getattr(raised, "content", b"")) > fault.largest:
        yield "more bytes were kept than allowed"
    if raised is not None:
        yield from changes_of_travel(raised)
    yield from _flaws_of_the_image(observation, fault, way, folder)


def changes_of_travel(raised: BaseException) -> Iterator[str]:
    """What a pickle changes of an error, in words."""
    travelled = pickle.loads(pickle.dumps(raised))
    if (type(travelled), travelled.args, str(travelled)) != (type(raised), raised.args, str(raised)):
        yield f"is {travelled!r} after a pickle"
    if vars(travelled) != vars(raised):
        yield "has other attributes after a pickle"


def _flaws_of_the_image(observation: Observation, fault: ServiceFault, way: Way, folder: Path) -> Iterator[str]:
    files = sorted(folder.iterdir())
    to_file = way == "generate_image_to_file" and observation.raised is None
    if files != ([folder / "image.jpg"] if to_file else []):
        yield f"left {[file.name for file in files]} behind"
    if observation.raised is not None:
        return
    codes = [one.code for one in observation.result.warnings]
    if (observation.result.width, observation.result.height) != (SIDE, SIDE) and "size-mismatch" not in codes:
        yield "the size of the image is not told"
    if to_file:
        with Image.open(files[0]) as image:
            image.load()
    elif observation.result.content != (fault.image or IMAGE):
        yield "the image is not the one that was sent"


def _sightings(
    observation: Observation, records: list[logging.LogRecord], events: list[Any], budget: Budget, folder: Path
) -> list[str]:
    seen: list[tuple[str, object]] = [("the budget", budget), *(("an event", event) for event in events)]
    seen += parts_of_records(records)
    if observation.raised is not None:
        seen += parts_of(observation.raised)
    if observation.result is not None:
        seen += [("the result", observation.result), ("the pickle of the result", pickle.dumps(observation.result))]
        seen += [("what it holds", evolve(observation.result).__reduce_ex__(4))]
    seen += [(file.name, file.read_bytes()) for file in folder.iterdir()]
    return sightings(seen)
