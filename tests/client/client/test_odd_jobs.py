"""Jobs of a queue that is odd: ids that are more than ids, records that come late, images of a wrong length."""

import shlex
import subprocess
import sys
import threading
from time import monotonic

import pytest

from segmind_flux_schnell import (
    APIError,
    ConfigurationError,
    InvalidRequestError,
    InvalidResponseError,
    JobExpiredError,
    JobTimeoutError,
)
from segmind_flux_schnell._runtime.client.job_handle import command_to_collect
from segmind_flux_schnell.jobs import IMAGE_JOB
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch.queueing import POLL, scale_polls
from tests.client.client.queues import SMALL, opened, relayed
from tests.client.faults.queue_relay import Edited, Exchange, Instead, passed, refusal
from tests.client.faults.responses import JSON_TYPE
from tests.client.images import jpeg
from tests.client.responding_server import http_response

NO_RECORD = refusal("404 Not Found", error="Request id not found, or its record has expired")
PROCESSING = Instead(http_response("200 OK", b'{"status": "PROCESSING"}', JSON_TYPE))


@pytest.fixture(autouse=True)
def quick_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are asked for more often than the document allows."""
    scale_polls(monkeypatch)


@pytest.mark.parametrize("job_id", ["x; touch owned", "$(touch owned)", "a'b", "-h", "--force", "it is"])
def test_the_command_that_collects_a_job_is_safe_to_paste(queue: Sandbox, job_id: str) -> None:
    """An id comes from the service: a shell gets it as one argument, and no option."""
    with relayed(queue, {"submit": [Edited({"request_id": job_id})], "status": [PROCESSING]}) as (_, client):
        job = client.submit_image(**SMALL)
        with pytest.raises(APIError) as raised:
            job.wait(timeout=0.1)
    command = command_to_collect(IMAGE_JOB, job_id)
    assert f"`{command}`" in str(raised.value)
    *_, end, found = shlex.split(command)
    assert (found, end) == (job_id, "--" if job_id.startswith("-") else "collect")


@pytest.mark.skipif(sys.platform == "win32", reason="no such shell")
def test_a_shell_runs_nothing_of_an_id() -> None:
    """Not even where the id closes the quotes."""
    command = command_to_collect(IMAGE_JOB._replace(program="printf %s"), "a'; echo owned; '$(echo owned)")
    shell = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert shell.stdout == "a'; echo owned; '$(echo owned)"


@pytest.mark.parametrize("job_id", ["\ud800", "x" * 100_000, "  ", 1.5, True, {"id": 1}])
def test_an_id_that_no_address_can_have_is_not_one(queue: Sandbox, job_id: object) -> None:
    """The job was ordered all the same, and the error shows what the service said."""
    with relayed(queue, {"submit": [Edited({"request_id": job_id})]}) as (relay, client):
        with pytest.raises(InvalidResponseError, match="the job was ordered, but its id cannot be read") as raised:
            client.submit_image(**SMALL)
        assert relay.count("status") == 0
    assert (raised.value.billed, raised.value.job_id) == (True, None)
    assert len(str(raised.value)) < 5000


@pytest.mark.parametrize("job_id", ["\ud800", "x" * 100_000])
def test_such_an_id_is_refused_from_a_caller_too(queue: Sandbox, job_id: str) -> None:
    """Before anything is sent."""
    with opened(queue) as client, pytest.raises(InvalidRequestError):
        client.image_job(job_id)


@pytest.mark.parametrize("kind", ["status", "result"])
def test_a_record_that_is_not_there_yet_is_asked_for_again(queue: Sandbox, kind: str) -> None:
    """By the document it lives an hour: right after the submit it cannot have expired."""
    with relayed(queue, {kind: [NO_RECORD, NO_RECORD, passed]}) as (relay, client):  # type: ignore[dict-item]
        assert client.submit_image(**SMALL).wait().width == 512
        assert relay.count("submit") == 1


def test_a_record_that_stays_missing_is_gone(queue: Sandbox) -> None:
    """After a few more questions, and long before the end of the time."""
    with relayed(queue, {"status": [NO_RECORD]}) as (relay, client):
        job = client.submit_image(**SMALL)
        with pytest.raises(JobExpiredError) as raised:
            job.wait(timeout=60)
        assert relay.count("status") == 5
    assert raised.value.job_id == job.request_id


def test_a_record_of_which_only_the_id_is_known_is_asked_for_once(queue: Sandbox) -> None:
    """It may well have expired, or be one of another account."""
    with relayed(queue, {"status": [NO_RECORD]}) as (relay, client):
        with pytest.raises(JobExpiredError):
            client.image_job("some").wait()
        assert relay.count("status") == 1


def _of_another_length(exchange: Exchange) -> None:
    whole = http_response("200 OK", jpeg(512, 512), "content-type: image/jpeg")
    length = len(jpeg(512, 512))
    exchange.send(whole.replace(f"{length}".encode(), f"{length + 10}".encode(), 1))


def test_a_whole_image_is_taken_although_its_host_announces_another_length(queue: Sandbox) -> None:
    """It is not fetched again and again until the end of the time."""
    with relayed(queue, {"image": [_of_another_length]}) as (relay, client):
        with pytest.warns(match="the image is whole, but the response was not"):
            image = client.submit_image(**SMALL).wait()
        assert relay.count("image") == 1
    assert image.width == 512


def test_threads_that_wait_for_one_job_keep_its_pace_together(queue: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document says how often a job may be asked for, however many wait for it."""
    scale_polls(monkeypatch, 10 * POLL)
    began = monotonic()
    with relayed(queue, {"status": [PROCESSING]}) as (relay, client):
        job = client.submit_image(**SMALL)

        def waiting() -> None:
            with pytest.raises(JobTimeoutError):
                job.wait(timeout=1.5)

        threads = [threading.Thread(target=waiting) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # At the end of its time each asks once more.
        assert relay.count("status") <= (monotonic() - began) / (10 * POLL) + 1 + len(threads)


def test_a_closed_client_names_the_job(queue: Sandbox) -> None:
    """Whatever ends the way to the image, its id does not get lost."""
    with opened(queue) as client:
        job = client.submit_image(**SMALL)
    with pytest.raises(ConfigurationError, match="The client is closed") as raised:
        job.wait()
    assert (raised.value.job_id, raised.value.billed) == (job.request_id, None)
    start = (
        f"The client is closed. Nothing was sent; the job {job.request_id} may still be active, and be billed: "
        "collect it with `"
    )
    assert str(raised.value).startswith(start)
