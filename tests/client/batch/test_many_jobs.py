"""`generate_many` over the queue: whatever ends it, the jobs that nobody has the outcome of are named."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import aclosing, closing
from time import monotonic

import pytest

from segmind_flux_schnell import AsyncClient, Client, GenerateImageRequest
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import prompts
from tests.client.batch.queueing import SLOW, Watched, queueing_sandbox
from tests.client.batch.test_queue import quick_polls, sandbox

__all__ = ["quick_polls", "sandbox"]

SOON = 10.0
"""Seconds: much less than the jobs and the limit of the calls take."""


def ids(sandbox: Sandbox) -> set[str]:
    """The ids of all jobs that the sandbox made."""
    app = sandbox.app
    assert isinstance(app, Watched)
    return {job_id for found in app.jobs.values() for job_id in found}


def test_an_exception_names_the_jobs_that_go_on() -> None:
    """It comes soon, and not after the time of the jobs."""

    def requests() -> Iterator[GenerateImageRequest]:
        yield from prompts(3)
        raise KeyboardInterrupt

    start = monotonic()
    with queueing_sandbox(SLOW) as sandbox:
        client = Client(api_key=KEY, base_url=sandbox.url, route="queue", timeout=300.0)
        with client, pytest.raises(KeyboardInterrupt) as raised:
            list(client.generate_many(requests(), in_flight=8))
        made = ids(sandbox)
    assert monotonic() - start < SOON
    assert len(made) == 3
    notes = "\n".join(raised.value.__notes__)
    assert all(f"client.image_job('{job_id}')" in notes for job_id in made)


def test_a_loop_that_ends_early_logs_the_jobs_that_go_on(caplog: pytest.LogCaptureFixture) -> None:
    """Those whose outcomes the caller has are not among them."""
    with queueing_sandbox() as sandbox, caplog.at_level(logging.WARNING):
        client = Client(api_key=KEY, base_url=sandbox.url, route="queue")
        with client, closing(client.generate_many(prompts(6), in_flight=3)) as outcomes:
            first = next(outcomes)
        made = ids(sandbox)
    assert first.result is not None
    assert first.result.request_id is not None
    named = {job_id for job_id in made if f"image_job('{job_id}')" in caplog.text}
    assert named == made - {first.result.request_id}


def test_a_cancelled_task_names_the_jobs_that_go_on() -> None:
    """The cancellation holds their ids."""

    async def cancelled(sandbox: Sandbox) -> BaseException:
        async def take(client: AsyncClient) -> None:
            async with aclosing(client.generate_many(prompts(3), in_flight=3)) as outcomes:
                async for _ in outcomes:
                    pass

        async with AsyncClient(api_key=KEY, base_url=sandbox.url, route="queue", timeout=300.0) as client:
            task = asyncio.create_task(take(client))
            while len(ids(sandbox)) < 3:
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as raised:
                await task
            return raised.value

    with queueing_sandbox(SLOW) as sandbox:
        notes = "\n".join(asyncio.run(cancelled(sandbox)).__notes__)
        assert all(f"client.image_job('{job_id}')" in notes for job_id in ids(sandbox))


def test_outcomes_that_were_taken_are_not_named(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    """A loop that comes to its end says nothing."""
    with Client(api_key=KEY, base_url=sandbox.url, route="queue") as client, caplog.at_level(logging.WARNING):
        assert len(list(client.generate_many(prompts(4)))) == 4
    assert "collect it with" not in caplog.text
