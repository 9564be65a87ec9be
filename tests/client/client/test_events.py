"""The events of attempts: for hooks, and in the log."""

import logging
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

from segmind_flux_schnell import (
    APIError,
    AttemptEnded,
    AttemptStarted,
    Backoff,
    Budget,
    ConfigurationError,
    NotSentError,
    OutcomeUnknownError,
    RateLimitedError,
    ServiceUnavailableError,
)
from segmind_flux_schnell._runtime.client.dispatcher import outcome_of
from segmind_flux_schnell._runtime.client.wait_notice import wait_notice
from tests.client.conftest import Calling, Make
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response

IMAGE = http_response("200 OK", jpeg(), JPEG_TYPE, "x-cost: 0.008", "x-remaining-credits: 5", "x-request-id: r-1")


def test_a_hook_sees_each_attempt(calling: Calling, server: RespondingServer) -> None:
    """A hook gets the request before an attempt, and the status, time, cost, credits and request id after it."""
    server.response = IMAGE
    seen: list[Any] = []
    calling(base_url=server.url, hooks=[seen.append])(prompt="a tiger")
    started, ended = seen
    assert (type(started), started.attempt, started.request.json["prompt"]) == (AttemptStarted, 1, "a tiger")
    assert (type(ended), ended.status_code, ended.outcome, ended.error) == (AttemptEnded, 200, "billed", None)
    assert (ended.cost, ended.remaining_credits, ended.request_id) == (Decimal("0.008"), 5, "r-1")
    assert ended.seconds > 0
    assert ended.retry_in is None


def test_a_hook_sees_retries(calling: Calling, server: RespondingServer) -> None:
    """The event of an attempt that is repeated says in how many seconds."""
    server.response = http_response("429 ", b"{}")
    seen: list[Any] = []
    with pytest.raises(RateLimitedError):
        calling(base_url=server.url, hooks=[seen.append], retry=Backoff(attempts=2, first=0.01))(prompt="a tiger")
    ended = [event for event in seen if isinstance(event, AttemptEnded)]
    assert [(event.attempt, event.outcome, event.retry_in is None) for event in ended] == [
        (1, "retryable", False),
        (2, "retryable", True),
    ]
    assert isinstance(ended[0].error, RateLimitedError)


def test_a_wait_is_said_in_the_words_of_the_document(
    calling: Calling, server: RespondingServer, caplog: pytest.LogCaptureFixture
) -> None:
    """The event and the log say why the call waits, and for how long."""
    server.response = http_response("503 ", b"", "retry-after: 0.2")
    seen: list[Any] = []
    options = {"hooks": [seen.append], "retry": Backoff(attempts=2, first=0.01)}
    with caplog.at_level(logging.INFO, "segmind_flux_schnell"), pytest.raises(ServiceUnavailableError):
        calling(base_url=server.url, **options)(prompt="a tiger")
    first, last = (event for event in seen if isinstance(event, AttemptEnded))
    assert (first.wait_notice, last.wait_notice) == ("the model may be starting, next try in 1 s", None)
    assert ", attempt 1, the model may be starting, next try in 1 s" in caplog.text


@pytest.mark.parametrize(
    ("error", "notice"),
    [
        (RateLimitedError, "too many requests in too short a time, next try in 12 s"),
        (NotSentError, "no connection, next try in 12 s"),
        (OutcomeUnknownError, "the outcome is unknown, next try in 12 s"),
    ],
)
def test_each_wait_has_its_reason(error: type[APIError], notice: str) -> None:
    """The meaning of the status, or that there was no connection; seconds are rounded up."""
    assert wait_notice(error.__new__(error), 11.3) == notice


def test_a_hook_can_stop_a_call(calling: Calling, server: RespondingServer) -> None:
    """An exception of a hook before sending passes through: nothing is sent, and nothing stays reserved."""

    def refuse(event: object) -> None:
        raise LookupError("not now")

    budget = Budget(max_images=1)
    with pytest.raises(LookupError, match="not now"):
        calling(base_url=server.url, hooks=[refuse], budget=budget)(prompt="a tiger")
    assert (server.received, budget.reserved_images) == ([], 0)


def test_a_hook_does_not_lose_an_image(
    calling: Calling, server: RespondingServer, caplog: pytest.LogCaptureFixture
) -> None:
    """An exception of a hook after the response is only logged: the image was paid for."""

    def fail(event: object) -> None:
        if isinstance(event, AttemptEnded):
            raise LookupError("of the hook")

    server.response = IMAGE
    assert calling(base_url=server.url, hooks=[fail])(prompt="a tiger").width == 1024
    assert "of the hook" in caplog.text


@pytest.mark.parametrize(
    ("error", "billed", "outcome"),
    [
        (None, True, "billed"),
        (None, False, "succeeded"),
        (None, None, "succeeded"),
        (KeyboardInterrupt(), False, "never_sent"),
        (KeyboardInterrupt(), None, "unknown"),
        (ConfigurationError("The client is closed."), False, "never_sent"),
    ],
)
def test_an_attempt_has_one_of_six_outcomes(error: BaseException | None, billed: bool | None, outcome: str) -> None:
    """A success is `billed`, or `succeeded` if nobody is charged for it; an interrupt counts by what was sent."""
    assert outcome_of(error, billed) == outcome


@pytest.mark.parametrize("hooks", [print, [1], None, "print"], ids=repr)
def test_hooks_have_to_be_a_list_of_functions(make: Make, hooks: Any) -> None:
    """Anything but a list of functions is refused when the client is made."""
    with pytest.raises(ConfigurationError, match="it takes a list of functions"):
        make(api_key="k", hooks=hooks)


def test_the_log_has_one_line_per_request(
    calling: Calling, server: RespondingServer, caplog: pytest.LogCaptureFixture
) -> None:
    """It has the status, time, outcome, cost, credits and request id, but neither the prompt nor the key."""
    server.response = IMAGE
    with caplog.at_level(logging.DEBUG, "segmind_flux_schnell"):
        calling(base_url=server.url)(prompt="a secret tiger")
    (record,) = (record for record in caplog.records if record.name == "segmind_flux_schnell")
    line = record.getMessage()
    assert line.startswith("generate_image (POST /v1/flux-schnell): 200 in 0.")
    assert line.endswith(" s, billed, cost 0.008, 5 credits left, request id r-1")
    assert record.levelname == "INFO"
    assert "secret" not in caplog.text


def test_an_unknown_outcome_is_a_warning(
    calling: Calling, server: RespondingServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A request that may have been billed without a result is logged as a warning."""
    server.response = b""
    with pytest.raises(Exception, match="unknown"):
        calling(base_url=server.url)(prompt="a tiger")
    (record,) = (record for record in caplog.records if record.name == "segmind_flux_schnell")
    assert record.levelname == "WARNING"
    assert "RemoteProtocolError" in record.getMessage() or "OutcomeUnknownError in 0." in record.getMessage()


CALL = """
from segmind_flux_schnell import Client
with Client(api_key="SG_canary_5f0e", base_url="{url}") as client:
    client.generate_image(prompt="a secret tiger")
"""


@pytest.mark.parametrize(("variable", "lines"), [(None, 0), ("debug", 1), ("info", 1), ("warning", 0)])
def test_the_environment_turns_the_log_on(server: RespondingServer, variable: str | None, lines: int) -> None:
    """A program that does not configure logging is silent, unless SEGMIND_LOG is set."""
    server.response = IMAGE
    environment = {"SEGMIND_LOG": variable} if variable else {}
    command = [sys.executable, "-c", CALL.format(url=server.url)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert len(done.stderr.splitlines()) == lines
    assert "SG_" not in done.stderr
    assert "secret" not in done.stderr


def test_a_wrong_level_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A typing error in the variable is an error, so that the log is not silent by mistake."""
    monkeypatch.setenv("SEGMIND_LOG", "yes")
    with pytest.raises(ConfigurationError, match="SEGMIND_LOG is 'YES', not one of debug, info, warning"):
        make(api_key="k")
