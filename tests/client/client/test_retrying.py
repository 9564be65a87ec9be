"""Retries: when a call is sent again, and after how long."""

import pickle
import re
import socket
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from segmind_flux_schnell import (
    APIError,
    AttemptEnded,
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
from segmind_flux_schnell_sandbox import accounts
from segmind_flux_schnell_sandbox.accounts import Account, Window
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.conftest import Calling, Make
from tests.client.faults.servers import refusing_port
from tests.client.responding_server import RespondingServer, http_response
from tests.waiting import with_time_enough

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


def test_a_call_waits_for_a_model_until_its_deadline(calling: Calling) -> None:
    """By default there is no fixed number of attempts: the call is sent until the model has started, and buys once."""

    def sent(seconds: float) -> list[int | None]:
        app = create_app(evolve(DOCUMENTED, accounts=(Account("starting", starts_in=seconds),)))
        with running_sandbox(app) as sandbox:
            policy = Backoff(first=0.02, longest=0.1)
            assert calling(base_url=sandbox.url, api_key="starting", retry=policy)(prompt="a tiger").width == 1024
        assert sandbox.ledger.billed == DOCUMENTED.price
        return [entry.status for entry in sandbox.ledger.posts]

    statuses = with_time_enough(sent, lambda found: len(found) > 5, 0.6)
    assert (set(statuses[:-1]), statuses[-1]) == ({503}, 200)
    assert len(statuses) > 5


def test_a_call_waits_for_the_window_of_a_rate_limit(calling: Calling) -> None:
    """Two requests a window: the third is sent again when its 429 says that the window ends."""

    def statuses(seconds: float) -> list[int | None]:
        app = create_app(evolve(DOCUMENTED, accounts=(Account("limited", rate_limit=Window(2, seconds)),)))
        with running_sandbox(app) as sandbox:
            caller = calling(base_url=sandbox.url, api_key="limited", retry=Backoff(first=0.01))
            assert [caller(prompt=f"tiger {number}").width for number in range(3)] == [1024] * 3
        return [entry.status for entry in sandbox.ledger.posts]

    assert with_time_enough(statuses, lambda found: 429 in found, 0.5) == [200, 200, 429, 200]


def test_a_call_gives_up_in_time_for_its_last_attempt(calling: Calling, server: RespondingServer) -> None:
    """The last attempt leaves a tenth of the timeout for its image, and the error says what limits the waits."""
    server.response = http_response("503 ", b"")

    def given_up(timeout: float) -> APIError:
        server.received.clear()
        started = time.monotonic()
        with pytest.raises(APIError) as raised:
            calling(base_url=server.url, retry=Backoff(first=0.05, longest=0.2), timeout=timeout)(prompt="a tiger")
        assert time.monotonic() - started > 0.85 * timeout
        return raised.value

    def in_time(error: APIError) -> bool:
        return isinstance(error, ServiceUnavailableError) and len(server.received) > 5

    error = with_time_enough(given_up, in_time, 1.0)
    assert re.search(r"; gave up after \d+ s of waiting \(limited by `timeout`\)$", str(error))
    assert in_time(error)


def test_the_wait_of_a_call_can_be_limited(calling: Calling, server: RespondingServer) -> None:
    """`max_wait` is all that a call waits, whatever its timeout; 0 sends it once."""
    server.response = http_response("503 ", b"")
    with pytest.raises(ServiceUnavailableError, match="limited by `max_wait`") as raised:
        calling(base_url=server.url, retry=Backoff(first=0.02, max_wait=0.1))(prompt="a tiger")
    assert raised.value.attempts > 1
    before = len(server.received)
    with pytest.raises(ServiceUnavailableError):
        calling(base_url=server.url, retry=Backoff(max_wait=0))(prompt="a tiger")
    assert len(server.received) == before + 1


def test_a_service_that_restarts_is_waited_for(calling: Calling) -> None:
    """A refused connection is tried again, though the service is back only after more than four attempts."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    seen: list[object] = []

    def restart(event: object) -> None:
        seen.append(event)
        if isinstance(event, AttemptEnded) and event.attempt == 6:
            servers.enter_context(running_sandbox(port=port))

    with ExitStack() as servers:
        options = {"retry": Backoff(first=0.02, longest=0.05), "hooks": [restart]}
        assert calling(base_url=f"http://127.0.0.1:{port}", **options)(prompt="a tiger").width == 1024
    assert [event.outcome for event in seen if isinstance(event, AttemptEnded)] == ["never_sent"] * 6 + ["billed"]


def test_a_port_where_nothing_listens_ends_a_call_soon(calling: Calling) -> None:
    """Without a connection `max_connect_wait` holds, however long the timeout is."""
    policy = Backoff(first=0.05, max_connect_wait=0.2)
    with refusing_port() as nobody, pytest.raises(NotSentError, match="limited by `max_connect_wait`") as raised:
        calling(base_url=f"http://{nobody}", retry=policy)(prompt="a tiger")
    assert not raised.value.permanent
    assert raised.value.attempts > 1


def test_an_error_that_the_caller_just_handles_is_not_a_cause(calling: Calling) -> None:
    """A second service is tried because the first has no address: that its connection is refused can pass."""
    try:
        raise socket.gaierror(socket.EAI_NONAME, "of the first service")
    except OSError:
        with refusing_port() as nobody, pytest.raises(NotSentError) as raised:
            calling(base_url=f"http://{nobody}")(prompt="a tiger")
    assert not raised.value.permanent


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
    moment = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"
    said = rf"; the service takes requests again in 1 min \(at {moment}\): to wait for it, raise `timeout`"
    assert re.search(f"{said}$", str(raised.value))
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


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
    backoff = Backoff(attempts=4, draw=lambda: drawn)
    assert [backoff.wait(attempt, NOT_SENT, None) for attempt in (1, 2, 3)] == waits
    assert backoff.wait(4, NOT_SENT, None) is None


def test_no_wait_is_longer_than_the_longest_or_shorter_than_requested() -> None:
    """`longest` limits the random wait, and not the wait that the service requests."""
    backoff = Backoff(attempts=10_000, longest=30, draw=lambda: 1.0)
    assert backoff.wait(9_999, NOT_SENT, None) == 30
    assert backoff.wait(1, NOT_SENT, 45.0) == 45


def test_an_unknown_outcome_is_sent_again_only_on_request() -> None:
    """By default a call that may have been billed is not sent again; on request it is sent four times at most."""
    assert Backoff().wait(1, UNKNOWN, None) is None
    assert Backoff(unknown_too=True).wait(3, UNKNOWN, None) is not None
    assert Backoff(unknown_too=True).wait(4, UNKNOWN, None) is None
    assert Backoff(unknown_too=True, attempts=6).wait(5, UNKNOWN, None) is not None


def test_what_stays_as_it_is_is_not_waited_for() -> None:
    """A certificate that is not trusted, or a host that does not exist, ends the call at once."""
    assert Backoff().wait(1, NotSentError(REQUEST, "a certificate", permanent=True), None) is None


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
        pytest.param({"Retry-After": "8.5"}, 8.5, id="seconds with a fraction"),
        pytest.param({"Retry-After": "8s"}, 8, id="seconds with their unit"),
        pytest.param({"Retry-After": "500ms"}, 0.5, id="milliseconds"),
        pytest.param({"Retry-After": "1m30s"}, 90, id="minutes and seconds"),
        pytest.param({"x-reset": f"{NOW.timestamp() + 30:.0f}"}, 30, id="seconds since 1970"),
        pytest.param({"x-reset": f"{NOW.timestamp() * 1000 + 30_500:.0f}"}, 30.5, id="milliseconds since 1970"),
        pytest.param({"x-reset": "1763812800"}, 0, id="seconds since 1970, in the past"),
        pytest.param({"x-reset": "2026-11-22 12:00:30 UTC"}, 30, id="text with UTC"),
        pytest.param({"x-reset": "2026-11-22 12:00:30.25 +0000 UTC"}, 30.25, id="text with an offset and UTC"),
        pytest.param({"x-reset": "2026-11-22T14:00:30+02:00"}, 30, id="another zone"),
        pytest.param({"Retry-After": "5, 9"}, 9, id="two values"),
        pytest.param(
            {"Retry-After": "Sun, 22 Nov 2026 12:00:09 GMT, Sunday, 22-Nov-26 12:00:07 GMT"}, 9, id="two dates"
        ),
        pytest.param({"Retry-After": "0", "x-reset": "2026-11-22T12:00:30Z"}, 30, id="nothing, and a later reset"),
        pytest.param({"Retry-After": "60", "x-reset": "2026-11-22T12:00:30Z"}, 60, id="the later of both"),
        pytest.param({"Retry-After": "0"}, 0, id="nothing"),
        pytest.param({"Retry-After": "soon"}, None, id="text"),
        pytest.param({"Retry-After": "8 parsecs"}, None, id="another unit"),
        pytest.param({"Retry-After": "NaN"}, None, id="not a number"),
        pytest.param({"Retry-After": "inf"}, None, id="infinity"),
        pytest.param({"Retry-After": "1e400"}, None, id="an exponent"),
        pytest.param({"Retry-After": "1" + "0" * 400}, None, id="10 to the 400"),
        pytest.param({"x-reset": "9999-12-31T23:59:59Z"}, 251_606_951_999, id="the year 9999"),
        pytest.param({"x-reset": "10000-01-01T00:00:00Z"}, None, id="the year 10000"),
        pytest.param({"x-reset": "0001-01-01T00:00:00+23:59"}, 0, id="before the year 1"),
        pytest.param({"Retry-After": "-1"}, None, id="negative"),
        pytest.param({"Retry-After": "9" * 400}, None, id="overlong"),
        pytest.param({"x-reset": "999999999999999"}, None, id="a number of unknown meaning"),
        pytest.param({}, None, id="no header"),
    ],
)
def test_retry_after_is_read_in_all_notations(headers: dict[str, str], seconds: float | None) -> None:
    """The latest moment that any value names is the one that holds; a value that cannot be read counts as missing."""
    assert retry_after_of(Headers(tuple(headers.items())), "x-reset", NOW) == seconds


def test_a_wait_of_millennia_is_not_begun(calling: Calling, server: RespondingServer) -> None:
    """A call without a timeout waits for a day at most."""
    server.response = http_response("429 ", b"{}", "retry-after: Fri, 31 Dec 9999 23:59:59 GMT")
    with pytest.raises(RateLimitedError, match=r"takes requests again in 29\d+ d .*: to wait for it, raise `max_wait`"):
        calling(base_url=server.url, retry=Backoff(), timeout=None)(prompt="a tiger")
    assert len(server.received) == 1
