"""Retries: when a call is sent again, and after how long."""

import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from segmind_flux_schnell import (
    APIError,
    Backoff,
    ConfigurationError,
    NotSentError,
    OutcomeUnknownError,
    RateLimitedError,
    Retry,
    ServiceUnavailableError,
)
from segmind_flux_schnell._runtime.base.messages import Headers, Request
from segmind_flux_schnell._runtime.base.retry_after import retry_after_of
from tests.client.conftest import Calling, Make
from tests.client.responding_server import RespondingServer, http_response
from tests.sandbox import accounts
from tests.sandbox.server import running_sandbox

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
REQUEST = Request(operation="generate_image", method="POST", path="/v1/flux-schnell")
NOT_SENT, UNKNOWN = NotSentError(REQUEST, "refused"), OutcomeUnknownError(REQUEST, "silence")


def test_a_model_that_has_to_start_is_waited_for(calling: Calling) -> None:
    """A cold model gives a 503 twice: the call is sent three times, and buys one image."""
    with running_sandbox() as sandbox:
        caller = calling(base_url=sandbox.url, api_key=accounts.KEY_COLD, retry=Backoff(first=0.01))
        assert caller(prompt="a tiger").width == 1024
    assert [entry.status for entry in sandbox.ledger.posts] == [503, 503, 200]
    assert sandbox.ledger.billed == sandbox.ledger.posts[-1].billed


def test_a_call_that_gives_up_says_how_often_it_was_sent(calling: Calling, server: RespondingServer) -> None:
    """The last error is raised; it has the number of attempts, also in its message."""
    server.response = http_response("429 ", b"{}")
    with pytest.raises(RateLimitedError, match=r"\(after 3 attempts\)$") as raised:
        calling(base_url=server.url, retry=Backoff(attempts=3, first=0.01))(prompt="a tiger")
    assert raised.value.attempts == len(server.received) == 3


def test_an_error_names_the_first_failure_too(calling: Calling, server: RespondingServer) -> None:
    """What comes last is often a consequence: the message, and the attribute, say what it began with."""
    responses = iter([http_response("503 ", b""), http_response("429 ", b"{}"), http_response("401 ", b"{}")])

    class Next(Once):
        def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
            server.response = next(responses, server.response)
            return 0 if attempt < 3 else None

    server.response = next(responses)
    first = "503 Service Unavailable"
    with pytest.raises(APIError, match=rf"401 .* \(after 3 attempts; the first failed with: {first}\)$") as raised:
        calling(base_url=server.url, retry=Next())(prompt="a tiger")
    assert pickle.loads(pickle.dumps(raised.value)).first_failure == first


def test_the_first_failure_of_a_call_that_ends_without_a_response(calling: Calling, server: RespondingServer) -> None:
    """A broken connection after a rejection for now: the error of the connection names the rejection."""
    server.response = http_response("503 ", b"")

    class Next(Once):
        def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
            server.response = b""
            return super().wait(attempt, error, retry_after)

    with pytest.raises(OutcomeUnknownError, match="the first failed with: 503 Service Unavailable"):
        calling(base_url=server.url, retry=Next())(prompt="a tiger")


def test_a_wait_beyond_the_timeout_is_not_begun(calling: Calling, server: RespondingServer) -> None:
    """If the service requests a minute and the call has ten seconds, it is sent once."""
    server.response = http_response("503 ", b"", "retry-after: 60")
    with pytest.raises(ServiceUnavailableError) as raised:
        calling(base_url=server.url, retry=Backoff(), timeout=10)(prompt="a tiger")
    assert (raised.value.retry_after, len(server.received)) == (60, 1)


class Once:
    """A policy of the caller: every call is sent twice, without a wait."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, str, float | None]] = []

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Note the arguments."""
        self.seen.append((attempt, error.outcome, retry_after))
        return 0 if attempt == 1 else None


def test_a_policy_of_the_caller_decides(calling: Calling, server: RespondingServer) -> None:
    """`wait` of any object is called after each failure, with the error and the wait that the service requests."""
    server.response = http_response("401 ", b'{"error": "no"}', "retry-after: 5")
    policy = Once()
    assert isinstance(policy, Retry)
    with pytest.raises(APIError):
        calling(base_url=server.url, retry=policy)(prompt="a tiger")
    assert policy.seen == [(1, "rejected", 5.0), (2, "rejected", 5.0)]
    assert len(server.received) == 2


def test_an_unknown_outcome_is_not_hidden_by_a_later_one(calling: Calling, server: RespondingServer) -> None:
    """A refusal that follows an unknown outcome does not prove that nothing was billed."""
    responses = iter([b"", http_response("401 ", b'{"error": "no"}')])

    class Next(Once):
        def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
            server.response = next(responses, server.response)
            return super().wait(attempt, error, retry_after)

    server.response = next(responses)
    with pytest.raises(APIError, match="the outcome of an earlier attempt is unknown") as raised:
        calling(base_url=server.url, retry=Next())(prompt="a tiger")
    assert (raised.value.billed, raised.value.outcome, raised.value.attempts) == (None, "unknown", 2)


@pytest.mark.parametrize("retry", ["always", 3, True, Backoff, {}], ids=str)
def test_a_wrong_policy_is_refused(make: Make, retry: Any) -> None:
    """A word, a number or a class instead of a policy is refused when the client is made."""
    with pytest.raises(ConfigurationError, match=r"retry is .*: it takes 'unknown-too', an object with the method"):
        make(api_key="k", retry=retry)


@pytest.mark.parametrize(("drawn", "waits"), [(1.0, [0.5, 1.0, 2.0]), (0.0, [0, 0, 0]), (0.5, [0.25, 0.5, 1.0])])
def test_the_waits_grow_and_are_random(drawn: float, waits: list[float]) -> None:
    """Full jitter: each wait is between 0 and a limit that doubles, and the fourth attempt is the last."""
    backoff = Backoff(draw=lambda: drawn)
    assert [backoff.wait(attempt, NOT_SENT, None) for attempt in (1, 2, 3)] == waits
    assert backoff.wait(4, NOT_SENT, None) is None


def test_no_wait_is_longer_than_the_longest_or_shorter_than_requested() -> None:
    """`longest` limits the random wait, and not the wait that the service requests."""
    backoff = Backoff(attempts=10_000, longest=30, draw=lambda: 1.0)
    assert backoff.wait(9_999, NOT_SENT, None) == 30
    assert backoff.wait(1, NOT_SENT, 45.0) == 45


def test_an_unknown_outcome_is_sent_again_only_on_request() -> None:
    """By default a call that may have been billed is not sent again."""
    assert Backoff().wait(1, UNKNOWN, None) is None
    assert Backoff(unknown_too=True).wait(1, UNKNOWN, None) is not None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({"Retry-After": "7"}, 7, id="seconds"),
        pytest.param({"Retry-After": "Sun, 22 Nov 2026 12:00:09 GMT"}, 9, id="date"),
        pytest.param({"Retry-After": "Sun, 22 Nov 2026 11:00:00 GMT"}, 0, id="date in the past"),
        pytest.param({"x-reset": "2026-11-22T12:00:30Z"}, 30, id="the service's header, ISO"),
        pytest.param({"x-reset": "2026-11-22 12:00:30"}, 30, id="the service's header, without a zone"),
        pytest.param({"x-reset": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30, id="the service's header, date of HTTP"),
        pytest.param({"Retry-After": "soon", "x-reset": "2026-11-22T12:00:30+00:00"}, 30, id="the one that parses"),
        pytest.param({"Retry-After": "soon"}, None, id="text"),
        pytest.param({"Retry-After": "-1"}, None, id="negative"),
        pytest.param({"Retry-After": "9" * 400}, None, id="overlong"),
        pytest.param({"x-reset": "1763812800"}, None, id="a number of unknown meaning"),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_retry_after_is_read_in_all_notations(headers: dict[str, str], seconds: float | None) -> None:
    """`Retry-After` takes precedence over the service's own header; a header that cannot be read counts as missing."""
    assert retry_after_of(Headers(tuple(headers.items())), "x-reset", NOW) == seconds


def test_a_wait_of_millennia_is_not_begun(calling: Calling, server: RespondingServer) -> None:
    """A call without a timeout waits for a day at most."""
    server.response = http_response("429 ", b"{}", "retry-after: Fri, 31 Dec 9999 23:59:59 GMT")
    with pytest.raises(RateLimitedError):
        calling(base_url=server.url, retry=Backoff(), timeout=None)(prompt="a tiger")
    assert len(server.received) == 1
