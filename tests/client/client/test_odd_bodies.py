"""Bodies that are documented in part: what they say and what was bought does not get lost with the rest."""

import json
from typing import Any

import pytest

from segmind_flux_schnell import (
    UNSET,
    Client,
    GenerateImageRequest,
    InvalidResponseError,
    JobResult,
    JobStatus,
    NotEnoughCreditsError,
    RateLimitedError,
    StatusError,
    UnprocessableError,
)
from segmind_flux_schnell.api.queue import get_request_status, submit_image
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch.queueing import scale_polls
from tests.client.client.queues import SMALL, relayed
from tests.client.faults.queue_relay import Edited
from tests.client.faults.responses import JSON_TYPE
from tests.client.responding_server import RespondingServer, http_response

TIGER = GenerateImageRequest(prompt="a tiger")
NO_CREDITS = "Insufficient credits. Balance: 0.004"
QUEUED = {"request_id": "j-1", "status": "QUEUED"}


def _client(server: RespondingServer, status: str, document: object) -> Client:
    server.response = http_response(status, json.dumps(document).encode(), JSON_TYPE, "x-request-id: r-1")
    return Client(api_key="k", base_url=server.url, retry=None)


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param({"status_code": "406"}, id="status as a text"),
        pytest.param({"status_code": {"code": 406}}, id="status as an object"),
        pytest.param({"status_code": None}, id="null for an optional property"),
        pytest.param({"error_description": None}, id="null for the description"),
        pytest.param({"error_description": ["why"]}, id="description as a list"),
        pytest.param({"hint": None}, id="null for what is not documented"),
    ],
)
def test_the_message_of_an_error_is_read_whatever_the_rest_of_its_body(
    server: RespondingServer, rest: dict[str, Any]
) -> None:
    """It tells the causes of a status apart too."""
    with (
        _client(server, "406 Not Acceptable", {"error": NO_CREDITS, **rest}) as client,
        pytest.raises(NotEnoughCreditsError, match="the service says 'Insufficient credits") as raised,
    ):
        client.generate_image(**SMALL)
    assert (raised.value.message, raised.value.request_id, raised.value.billed) == (NO_CREDITS, "r-1", False)


def test_the_description_of_an_error_is_read_without_its_code(server: RespondingServer) -> None:
    """`error` is required, and `error_description` says why all the same."""
    with (
        _client(server, "429 Too Many Requests", {"error_description": "slow down", "status_code": 429}) as client,
        pytest.raises(RateLimitedError) as raised,
    ):
        client.generate_image(**SMALL)
    assert (raised.value.message, raised.value.body) == ("slow down", None)


@pytest.mark.parametrize("document", [["error"], "error", None, 7, {"error": {"message": "deep"}}, {"error": ""}])
def test_a_body_without_a_message_has_none(server: RespondingServer, document: object) -> None:
    """Nothing else is taken for one."""
    with _client(server, "406 Not Acceptable", document) as client, pytest.raises(StatusError) as raised:
        client.generate_image(**SMALL)
    assert raised.value.message is None


@pytest.mark.parametrize("rest", [{"metrics": None}, {"metrics": {"cost": "0.5"}}, {"request_id": 7}])
def test_why_a_job_failed_is_read_whatever_the_rest_of_its_report(
    server: RespondingServer, rest: dict[str, Any]
) -> None:
    """The function for one request gives it as the message of the status."""
    failed = {"status": "FAILED", "error": "steps must be at most 8", **rest}
    with _client(server, "422 ", failed) as client, pytest.raises(UnprocessableError) as raised:
        client.get_request_status(request_id="j-1")
    assert raised.value.message == "steps must be at most 8"


@pytest.mark.parametrize("rest", [{"poll_url": 7}, {"status": None}, {"response_url": ["u"]}])
@pytest.mark.parametrize("function", [submit_image.sync, submit_image.sync_detailed])
def test_a_job_whose_order_is_confirmed_oddly_has_its_id(
    server: RespondingServer, function: Any, rest: dict[str, Any]
) -> None:
    """It was ordered and is paid for: the error names it, so that it can be collected."""
    with (
        _client(server, "200 OK", {**QUEUED, **rest}) as client,
        pytest.raises(InvalidResponseError, match="the job j-1 was ordered all the same") as raised,
    ):
        function(client=client, body=TIGER)
    assert (raised.value.job_id, raised.value.billed) == ("j-1", True)
    assert next(iter(rest)) in str(raised.value)


@pytest.mark.parametrize("document", [{"status": "QUEUED"}, {**QUEUED, "request_id": 7}, ["j-1"]])
def test_a_job_without_an_id_is_named_by_nothing(server: RespondingServer, document: object) -> None:
    """What is no id is not given as one."""
    with _client(server, "200 OK", document) as client, pytest.raises(InvalidResponseError) as raised:
        submit_image.sync(client=client, body=TIGER)
    assert (raised.value.job_id, raised.value.billed) == (None, True)


@pytest.mark.parametrize(
    ("odd", "lost"),
    [
        pytest.param({"metrics": {"cost": "much", "queue_time": None}}, "metrics", id="cost as a text"),
        pytest.param({"metrics": []}, "metrics", id="metrics as a list"),
        pytest.param({"seed": 7}, "seed", id="seed as a number"),
        pytest.param({"error": {"code": 0}}, "error", id="error as an object"),
    ],
)
def test_an_image_is_collected_whatever_the_rest_of_its_report(
    queue: Sandbox, monkeypatch: pytest.MonkeyPatch, odd: dict[str, Any], lost: str
) -> None:
    """It was paid for once: the report has all that can be read of it."""
    scale_polls(monkeypatch)
    with relayed(queue, {"status": [Edited(odd)], "result": [Edited(odd)]}) as (relay, client):
        image = client.submit_image(**SMALL).wait()
        assert (relay.count("submit"), image.width) == (1, 512)
    assert isinstance(image.report, JobResult)
    assert image.report.status == "COMPLETED"
    assert getattr(image.report, lost) is UNSET
    assert image.report.images


def test_a_null_for_an_optional_part_of_a_status_is_nothing(server: RespondingServer) -> None:
    """A job without metrics is no job that cannot be read."""
    with _client(server, "200 OK", {"status": "PROCESSING", "metrics": None}) as client:
        assert get_request_status.sync("j-1", client=client) == JobStatus("PROCESSING")


@pytest.mark.parametrize("credits", ["5", True, None, [5]])
def test_credits_of_another_kind_are_not_taken_for_a_number(server: RespondingServer, credits: object) -> None:
    """The error has the place and what the service says there; the call is free."""
    with (
        _client(server, "200 OK", {"credits": credits}) as client,
        pytest.raises(InvalidResponseError, match="/credits: a number is expected, not ") as raised,
    ):
        client.get_user_credits()
    assert (raised.value.billed, json.loads(raised.value.content)) == (False, {"credits": credits})
