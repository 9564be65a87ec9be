"""One image bought by the queue under one fault: what it came to, what it cost by the books, what was left behind."""

import asyncio
import pickle
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
from attrs import define, evolve, field
from PIL import Image

from segmind_flux_schnell import APIError, AsyncClient, Budget, Client, ImageJob, JobExpiredError, JobFailedError
from segmind_flux_schnell.jobs import IMAGE_JOB, AsyncImageJob
from segmind_flux_schnell_sandbox.accounts import KEY, Account
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.jobs import Queue
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.calling import Kind, with_transport
from tests.client.faults.job_fault import ExpectedJob, JobFault, Way
from tests.client.faults.limits import AMPLE, TOLERANCE
from tests.client.faults.observing import AT_ONCE, bare_environment, changes_of_travel, lateness
from tests.client.faults.queue_relay import Relay, relaying
from tests.client.faults.responses import ASKED, SIDE
from tests.client.faults.servers import FaultServer
from tests.client.faults.traces import (
    CANARY,
    everything_logged,
    leaks,
    parts_of,
    parts_of_records,
    pending_tasks,
    sightings,
)
from tests.client.gate import GATE
from tests.waiting import PATIENCE

POLL = 0.02
MOST_THREADS = 32
"""As many as a loop of asyncio has for functions that block, on machines with the most processors."""

QUICK: Behaviour = evolve(
    DOCUMENTED,
    queue=Queue(queued_seconds=0.03, processing_seconds=0.03),
    draw=GATE.draw,
    accounts=(*DOCUMENTED.accounts, Account(CANARY)),
)
"""A sandbox whose jobs are done in 60 ms, with an account whose key is looked for in everything."""


@contextmanager
def quick_sandbox() -> Iterator[Sandbox]:
    """Such a sandbox, which has drawn many images at once: it has all of its threads."""
    with running_sandbox(create_app(QUICK)) as sandbox:
        GATE.close_until(lambda: sandbox.ledger.peak_in_flight == MOST_THREADS)
        with (
            httpx.Client(headers={"x-api-key": KEY}, timeout=PATIENCE) as client,
            ThreadPoolExecutor(MOST_THREADS) as pool,
        ):
            for _ in range(MOST_THREADS):
                pool.submit(client.post, f"{sandbox.url}{DOCUMENTED.path}", json=ASKED)
        GATE.open()
        assert [entry.status for entry in sandbox.ledger.posts] == [200] * MOST_THREADS
        yield sandbox


@define(kw_only=True)
class JobObservation:
    """What came of it.

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
    came_to: ExpectedJob | None = None
    seconds: float = 0.0
    differences: list[str] = field(factory=list[str])
    flaws: list[str] = field(factory=list[str])


@contextmanager
def quick_polls(seconds: float = POLL) -> Iterator[None]:
    """Jobs are asked for sooner than the document says, so that tests do not wait."""
    kinds: tuple[Any, ...] = (ImageJob, AsyncImageJob)
    for kind in kinds:
        kind._spec = IMAGE_JOB._replace(poll=seconds)
    try:
        yield
    finally:
        for kind in kinds:
            kind._spec = IMAGE_JOB


def observe_job(fault: JobFault, kind: Kind, way: Way, folder: Path, sandbox: Sandbox) -> JobObservation:
    """Buy an image under a fault, with a relay, a client and a budget of its own."""
    with quick_polls(), bare_environment(), leaks() as leaked:
        observation = _observe(fault, kind, way, folder, sandbox)
    observation.flaws += leaked.found
    if tuple(leaked.codes) != fault.warnings:
        observation.differences.append(f"warned of {leaked.codes}, not {fault.warnings}")
    return observation


def _observe(fault: JobFault, kind: Kind, way: Way, folder: Path, sandbox: Sandbox) -> JobObservation:
    observation, events, budget = JobObservation(), list[Any](), Budget(max_images=10)
    charged = sandbox.ledger.billed
    with relaying(sandbox, fault.steps) as (relay, elsewhere), everything_logged() as records:
        options: dict[str, Any] = {"timeout": fault.deadline, "retry": AT_ONCE, **fault.options}
        options |= {"api_key": CANARY, "base_url": relay.url, "budget": budget, "hooks": [events.append]}
        options |= {"headers": {"x-own": "1"}, "route": "direct" if way == "wait" else "queue"}
        arguments = {**ASKED, **fault.arguments, **({"path": folder / "image.jpg"} if "file" in way else {})}
        if kind == "sync":
            _buy(observation, options, way, arguments)
        else:
            asyncio.run(_buy_async(observation, with_transport(kind, options), way, arguments))
        relay.heal()
        price = (sandbox.ledger.billed - charged) / DOCUMENTED.price
        observation.came_to = _came_to(observation, relay, budget, int(price), options)
        observation.differences += _differences(observation, fault)
        observation.flaws += _flaws(observation, fault, relay, elsewhere, budget)
    observation.flaws += _flaws_of_the_image(observation, fault, way, folder)
    observation.flaws += [f"the key in {name}" for name in _sightings(observation, records, events)]
    return observation


def _buy(observation: JobObservation, options: Mapping[str, Any], way: Way, arguments: Mapping[str, Any]) -> None:
    started = time.monotonic()
    try:
        with Client(**options) as client:
            if way == "wait":
                observation.result = client.submit_image(**arguments).wait()
            else:
                observation.result = getattr(client, way)(**arguments)
    except Exception as error:
        observation.raised = error
    observation.seconds = time.monotonic() - started


async def _buy_async(
    observation: JobObservation, options: Mapping[str, Any], way: Way, arguments: Mapping[str, Any]
) -> None:
    started = time.monotonic()
    try:
        async with AsyncClient(**options) as client:
            if way == "wait":
                job = await client.submit_image(**arguments)
                observation.result = await job.wait()
            else:
                observation.result = await getattr(client, way)(**arguments)
    except Exception as error:
        observation.raised = error
    observation.seconds = time.monotonic() - started
    observation.flaws += await pending_tasks()


def _came_to(
    observation: JobObservation, relay: Relay, budget: Budget, charged: int, options: Mapping[str, Any]
) -> ExpectedJob:
    raised = observation.raised
    found = ExpectedJob(
        submits=relay.count("submit"), charged=charged, bought=budget.images, reserved=budget.reserved_images
    )
    if not isinstance(raised, APIError):
        return found
    is_there = raised.job_id is not None and _is_collected(raised.job_id, relay.url)
    return evolve(
        found, error=type(raised), billed=raised.billed, is_named=raised.job_id is not None, is_there=is_there
    )


def _is_collected(job_id: str, url: str) -> bool:
    """Whether another client gets the image, with nothing but the id."""
    with Client(api_key=CANARY, base_url=url) as client:
        try:
            client.image_job(job_id).wait(timeout=AMPLE)
        except (JobFailedError, JobExpiredError):
            return False
    return True


def _differences(observation: JobObservation, fault: JobFault) -> Iterator[str]:
    raised, result = observation.raised, observation.result
    yield from lateness(observation.seconds, fault.deadline)
    if observation.came_to is not None:
        yield from observation.came_to.differences(fault.expected)
    if result is not None and (codes := tuple(one.code for one in result.warnings)) != fault.warnings:
        yield f"the image has the warnings {codes}, not {fault.warnings}"
    goes_on = isinstance(raised, APIError) and not isinstance(raised, (JobFailedError, JobExpiredError))
    if goes_on and fault.expected.is_named and "client.image_job(" not in str(raised):
        yield f"does not say how to collect the job: {raised}"


def _flaws(
    observation: JobObservation, fault: JobFault, relay: Relay, elsewhere: FaultServer, budget: Budget
) -> Iterator[str]:
    raised = observation.raised
    if raised is not None and not isinstance(raised, APIError):
        yield f"raised {type(raised).__name__}: {raised}"
    if observation.seconds > fault.deadline + TOLERANCE:
        yield f"took {observation.seconds:.1f} seconds, not {fault.deadline:g}"
    if budget.credits != budget.images * Decimal("0.008"):
        yield f"the budget has {budget.credits} credits for {budget.images} images"
    if elsewhere.connections:
        yield f"{elsewhere.connections} connections to another origin"
    if any({"x-api-key", "x-own"} & set(one.headers) for kind, one in relay.requests if kind == "image"):
        yield "the key or a header of the caller went to the host of the images"
    if fault.largest is not None and len(getattr(raised, "content", b"")) > fault.largest:
        yield "more bytes were kept than allowed"
    if raised is not None:
        yield from changes_of_travel(raised)


def _flaws_of_the_image(observation: JobObservation, fault: JobFault, way: Way, folder: Path) -> Iterator[str]:
    files = sorted(folder.iterdir())
    to_file = way == "generate_image_to_file" and observation.raised is None
    if files != ([folder / "image.jpg"] if to_file else []):
        yield f"left {[file.name for file in files]} behind"
    if observation.raised is not None:
        return
    result = observation.result
    codes = [one.code for one in result.warnings]
    if (result.width, result.height) != (SIDE, SIDE) and "size-mismatch" not in codes:
        yield "the size of the image is not told"
    if to_file:
        with Image.open(files[0]) as image:
            image.load()


def _sightings(observation: JobObservation, records: list[Any], events: list[Any]) -> list[str]:
    seen: list[tuple[str, object]] = [("an event", event) for event in events]
    seen += parts_of_records(records)
    if observation.raised is not None:
        seen += parts_of(observation.raised)
    if observation.result is not None:
        seen += [("the result", observation.result), ("the pickle of the result", pickle.dumps(observation.result))]
    return sightings(seen)
