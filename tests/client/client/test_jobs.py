"""Jobs: what is ordered with `submit_image` is collected later, by this process or by another."""

import asyncio
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from segmind_flux_schnell import (
    APIError,
    AsyncClient,
    Backoff,
    Client,
    ConfigurationError,
    GenerateImageRequest,
    ImageJob,
    ImageJobResult,
    InvalidRequestError,
    JobExpiredError,
    JobFailedError,
    JobTimeoutError,
    NotSentError,
    OutcomeUnknownError,
)
from segmind_flux_schnell.models import JobResult
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.client.queues import SMALL, opened, relayed
from tests.client.faults.queue_relay import Edited, lost, passed
from tests.client.faults.servers import refusing_port
from tests.waiting import with_time_enough


def test_a_job_is_ordered_and_collected(queue: Sandbox) -> None:
    """The handle knows its id, its request and when its record expires; the image is that of the direct call."""
    before = datetime.now(UTC)
    with opened(queue) as client:
        job = client.submit_image(**SMALL)
        assert isinstance(job, ImageJob)
        assert job.status() in ("QUEUED", "PROCESSING", "COMPLETED")
        image = job.wait(timeout=10)
        direct = client.generate_image(**SMALL)
    assert isinstance(image, ImageJobResult)
    assert image.content == direct.content
    assert job.request is not None
    assert job.request.json == {**direct.request.json}
    assert job.record_expires_at is not None
    assert timedelta() <= job.record_expires_at - before - timedelta(hours=1) < timedelta(seconds=10)


def test_the_image_has_what_that_of_the_direct_call_has(queue: Sandbox) -> None:
    """Cost, credits, seed and time come from the queue's report; the id is that of the job."""
    with opened(queue) as client:
        job = client.submit_image(**SMALL)
        image = job.wait()
    assert (image.cost, image.seed, image.request_id) == (Decimal("0.008"), 7, job.request_id)
    assert image.remaining_credits == queue.ledger.balance(KEY)
    assert image.generation_time == Decimal("0.03")
    assert isinstance(image.report, JobResult)
    assert image.report.status == "COMPLETED"
    assert image.request == job.request


def test_its_images_have_a_hash(queue: Sandbox) -> None:
    """As those of direct calls do, although what the queue reports has none."""
    with opened(queue) as client:
        image = client.submit_image(**SMALL).wait()
    assert {image, pickle.loads(pickle.dumps(image))} == {image}


def test_an_asynchronous_job_is_the_same(queue: Sandbox) -> None:
    """Each method is awaited, but `image_job`, which sends nothing."""

    async def collected() -> tuple[str, ImageJobResult, ImageJobResult]:
        async with AsyncClient(api_key=KEY, base_url=queue.url) as client:
            job = await client.submit_image(**SMALL)
            image = await job.wait(timeout=10)
            return await job.status(), image, await client.image_job(job.request_id).result()

    state, image, again = asyncio.run(collected())
    assert state == "COMPLETED"
    assert image.content == again.content


def test_the_saved_image_has_its_request(queue: Sandbox, tmp_path: Path) -> None:
    """The same record is embedded as in an image of the direct call, with the id of the job."""
    with opened(queue) as client:
        path = client.submit_image(**SMALL).wait().save(tmp_path / "fox.jpg")
    assert GenerateImageRequest.from_image(path) == GenerateImageRequest(**SMALL)


def test_a_job_of_which_only_the_id_is_known(queue: Sandbox, tmp_path: Path) -> None:
    """Its image has no request to be judged by or to embed, and has the seed that the service reports."""
    with opened(queue) as client:
        request_id = client.submit_image(**SMALL).request_id
        job = client.image_job(request_id)
        image = job.wait()
        image.save(tmp_path / "fox.jpg")
    assert (job.request, job.submitted_at, job.record_expires_at) == (None, None, None)
    assert (image.seed, image.warnings, image.width) == (7, (), 512)
    assert image.request.operation == "get_request_result"


def test_a_pickled_job_is_collected_by_another_process(queue: Sandbox) -> None:
    """The pickle has no key and no client; two processes may collect the same job."""
    with opened(queue) as client:
        job = client.submit_image(**SMALL)
        pickled = pickle.dumps(job)
        code = (
            "import pickle, sys\n"
            "from segmind_flux_schnell import Client\n"
            "with Client(api_key=sys.argv[1], base_url=sys.argv[2]) as client:\n"
            "    job = client.image_job(pickle.loads(sys.stdin.buffer.read()))\n"
            "    sys.stdout.buffer.write(job.wait(timeout=20).content)\n"
        )
        command = [sys.executable, "-c", code, KEY, queue.url]
        other = subprocess.run(command, input=pickled, capture_output=True, check=True, timeout=60)
        image = job.wait()
    assert KEY.encode() not in pickled
    assert other.stdout == image.content
    assert pickle.loads(pickled) == job


def test_two_threads_collect_one_job(queue: Sandbox) -> None:
    """Both get the image, and it is bought once."""
    billed = queue.ledger.billed
    with opened(queue) as client, ThreadPoolExecutor(2) as pool:
        job = client.submit_image(**SMALL)
        images = list(pool.map(lambda one: one.wait(), (job, client.image_job(job.request_id))))
    assert images[0].content == images[1].content
    assert queue.ledger.billed - billed == Decimal("0.008")


def test_a_job_without_its_client_says_how_to_get_one(queue: Sandbox) -> None:
    """A handle that was pickled does nothing by itself."""
    with opened(queue) as client:
        job: ImageJob = pickle.loads(pickle.dumps(client.submit_image(**SMALL)))
    for method in (job.status, job.wait, job.result):
        with pytest.raises(ConfigurationError, match=r"collect it with `client.image_job\(job\)`"):
            method()


def test_a_closed_client_sends_nothing(queue: Sandbox) -> None:
    """The job goes on all the same, and another client collects it."""
    with opened(queue) as client:
        job = client.submit_image(**SMALL)
    with pytest.raises(ConfigurationError, match="The client is closed"):
        job.wait()
    with opened(queue) as another:
        assert another.image_job(job).wait().width == 512


@pytest.mark.parametrize("wrong", ["", "  ", None, 7, object()])
def test_what_is_not_a_job_is_refused(queue: Sandbox, wrong: Any) -> None:
    """Before anything is sent."""
    with opened(queue) as client, pytest.raises(InvalidRequestError, match="neither the id of a job nor an ImageJob"):
        client.image_job(wrong)


@pytest.mark.parametrize("odd", ["a/b", "..", "a?b#c", "ä"])
def test_an_odd_id_stays_one_segment_of_the_path(queue: Sandbox, odd: str) -> None:
    """The service gets it as it is, and has no such job."""
    with opened(queue) as client, pytest.raises(JobExpiredError):
        client.image_job(odd).status()


def test_a_job_that_is_not_done_has_no_result(queue: Sandbox) -> None:
    """The error says how far it is, and how to collect it; it is not lost."""
    with relayed(queue, {"result": [Edited({"status": "PROCESSING", "images": []})]}) as (_, client):
        job = client.submit_image(**SMALL)
        with pytest.raises(JobTimeoutError) as raised:
            job.result()
    error = raised.value
    assert (error.job_id, error.request_id, error.state) == (job.request_id, job.request_id, "PROCESSING")
    assert (error.billed, error.outcome) == (None, "unknown")
    assert f"is still PROCESSING; the job {job.request_id} may still be active" in str(error)
    assert f"client.image_job({job.request_id!r})" in str(error)


def test_a_failed_job(queue: Sandbox) -> None:
    """It has a state, and `wait` raises what the service says. Nothing was billed."""
    billed = queue.ledger.billed
    with opened(queue) as client:
        job = client.submit_image(**SMALL, extra_body={"steps": 9})
        with pytest.raises(JobFailedError) as raised:
            job.wait()
        assert job.status() == "FAILED"
        with pytest.raises(JobFailedError):
            job.result()
    error = raised.value
    assert (error.status_code, error.state, error.message) == (422, "FAILED", "steps must be at most 8")
    assert (error.billed, error.outcome, error.request_id) == (False, "rejected", job.request_id)
    assert '"status": "FAILED"' in error.text
    assert queue.ledger.billed == billed


def test_an_id_that_never_was(queue: Sandbox) -> None:
    """The service does not tell it from one that has expired, and neither does the error."""
    with opened(queue) as client, pytest.raises(JobExpiredError) as raised:
        client.image_job("never").wait()
    assert raised.value.billed is None
    assert "the record of the job, which lives 1 h, has expired, or the id is not one of this account" in str(
        raised.value
    )


def test_a_lost_answer_to_the_submit_is_never_sent_again(queue: Sandbox) -> None:
    """Unless the caller wants that: then it is paid for twice."""
    posts = len(queue.ledger.posts)
    with relayed(queue, {"submit": [lost]}) as (relay, client):
        with pytest.raises(APIError) as raised:
            client.submit_image(**SMALL)
        assert (raised.value.billed, raised.value.job_id, relay.count("submit")) == (None, None, 1)
    assert len(queue.ledger.posts) - posts == 1


@pytest.mark.skipif(not hasattr(Client, "get_user_credits"), reason="the document has no such GET")
def test_a_plain_get_is_sent_again_after_an_unknown_outcome(queue: Sandbox) -> None:
    """It buys nothing, so that nothing is paid for twice."""
    with relayed(queue, {"other": [lost, lost, passed]}) as (relay, client):
        assert client.get_user_credits().credits == float(queue.ledger.balance(KEY))
        assert relay.count("other") == 3


@pytest.mark.skipif(not hasattr(Client, "get_user_credits"), reason="the document has no such GET")
def test_a_lost_call_that_is_free_was_not_billed(queue: Sandbox) -> None:
    """The document says what a success costs: where that is nothing, no failure can have cost anything."""
    with relayed(queue, {"other": [lost]}, retry=None) as (_, client):
        with pytest.raises(OutcomeUnknownError, match="not billed, since the call is free of charge") as raised:
            client.get_user_credits()
        assert (raised.value.billed, raised.value.outcome) == (False, "retryable")
        again = pickle.loads(pickle.dumps(raised.value))
        assert (again.billed, str(again)) == (False, str(raised.value))


def interrupting(error: type[BaseException]) -> Any:
    """A hook that raises before the first request for the state."""

    def hook(event: Any) -> None:
        if type(event).__name__ == "AttemptStarted" and event.request.operation == "get_request_status":
            raise error

    return hook


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_whatever_ends_a_call_names_its_job(queue: Sandbox, error: type[BaseException]) -> None:
    """Ctrl-C, and what a hook raises, carry a note by which the image can still be collected."""
    with opened(queue, route="queue", hooks=[interrupting(error)]) as client, pytest.raises(error) as raised:
        client.generate_image(**SMALL)
    (note,) = raised.value.__notes__
    request_id = note.split("`client.image_job('")[1].split("'")[0]
    with opened(queue) as another:
        assert another.image_job(request_id).wait().width == 512


def test_a_cancelled_call_names_its_job(queue: Sandbox) -> None:
    """The cancellation carries the note, and the image is collected afterwards."""

    async def cancelled() -> str:
        polled = asyncio.Event()

        def hook(event: Any) -> None:
            if event.request.operation == "get_request_status":
                polled.set()

        async with AsyncClient(api_key=KEY, base_url=queue.url, route="queue", hooks=[hook]) as client:
            call = asyncio.create_task(client.generate_image(**SMALL))
            await polled.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError) as raised:
                await call
            return raised.value.__notes__[0]

    note = asyncio.run(cancelled())
    with opened(queue) as client:
        assert client.image_job(note.split("`client.image_job('")[1].split("'")[0]).wait().width == 512


def test_the_id_is_in_the_log_and_polls_are_not(queue: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    """A job makes many polls: they are logged at DEBUG only."""
    caplog.set_level("INFO", "segmind_flux_schnell")
    with opened(queue) as client:
        job = client.submit_image(**SMALL)
        job.wait()
    lines = [record.getMessage() for record in caplog.records if record.name == "segmind_flux_schnell"]
    assert any(job.request_id in line and "the id of the job is" in line for line in lines)
    assert not any("get_request_status" in line for line in lines)
    caplog.set_level("DEBUG", "segmind_flux_schnell")
    with opened(queue) as client:
        client.image_job(job).wait()
    assert any("get_request_status" in record.getMessage() for record in caplog.records)


def test_a_rate_limit_holds_for_polls_and_not_for_the_image(queue: Sandbox) -> None:
    """One that leaves no time for the next poll ends the wait at once, and the job is not lost."""
    with opened(queue, rate_limit="2 a minute", timeout=5) as client:
        job = client.submit_image(**SMALL)
        with pytest.raises(JobTimeoutError, match=r"client\.image_job"):
            job.wait()


def test_a_job_over_a_transport_of_the_caller(queue: Sandbox) -> None:
    """Submit, polls and download go through it."""
    seen: list[str] = []

    class Watching(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            seen.append(f"{request.method} {request.url.port}")
            return super().handle_request(request)

    with opened(queue, transport=Watching()) as client:
        assert client.submit_image(**SMALL).wait().width == 512
    service, images = (url.rpartition(":")[2] for url in (queue.url, queue.images_url))
    assert seen[0] == f"POST {service}"
    assert seen[-1] == f"GET {images}"
    assert set(seen[1:-1]) == {f"GET {service}"}


@pytest.mark.parametrize("method", ["wait", "result", "status"])
def test_a_service_that_was_never_reached_is_given_up_soon(method: str) -> None:
    """As for a call, after `max_connect_wait`: more likely a mistake in the settings than a job that takes long."""
    retry = Backoff(max_connect_wait=0.1)
    with (
        refusing_port() as nobody,
        Client(api_key=KEY, base_url=f"http://{nobody}", retry=retry) as client,
        pytest.raises(NotSentError, match=r"`max_connect_wait`\); the job 2c7f may still be active") as raised,
    ):
        getattr(client.image_job("2c7f"), method)(timeout=30)
    assert (raised.value.job_id, raised.value.billed) == ("2c7f", None)


def test_a_job_is_waited_for_while_a_service_that_was_reached_is_gone(queue: Sandbox) -> None:
    """Its settings are right, and the job is paid for: the GETs are repeated until the deadline."""
    with relayed(queue, {}, retry=Backoff(max_connect_wait=0.01)) as (_, client):
        job = client.submit_image(**SMALL)
        client.close()
    with refusing_port() as nobody, Client(api_key=KEY, base_url=f"http://{nobody}", retry=None) as gone:
        job._client = gone

        def failure(timeout: float) -> APIError:
            with pytest.raises(APIError) as raised:
                job.wait(timeout=timeout)
            return raised.value

        error = with_time_enough(failure, lambda found: found.attempts > 3, 0.5)
    assert error.attempts > 3
    assert "max_connect_wait" not in str(error)
    assert error.job_id == job.request_id
