"""What the service asks to wait before a retry, and what the client makes of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from attrs import define, field

from segmind_flux_schnell import APIError, Backoff, Budget, RateLimitedError, ServiceUnavailableError
from tests.client.calling import Kind
from tests.client.faults.responses import ASKED, WHOLE, rejecting, responding
from tests.client.faults.servers import FaultServer, fault_server
from tests.client.faults.sessions import Generate, session

RESET = "x-rate-limit-reset-at-utc"


@define
class Asking:
    """A policy that keeps what it is asked, and never waits."""

    retry_afters: list[float | None] = field(factory=list[float | None])

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Give up at once."""
        self.retry_afters.append(retry_after)
        return None


@contextmanager
def called(kind: Kind, service: FaultServer, policy: object, timeout: float = 10) -> Iterator[Generate]:
    """A client with a policy."""
    with session(kind, api_key="k", base_url=service.url, timeout=timeout, retry=policy) as generate:
        yield generate


def retry_after_of(kind: Kind, service: FaultServer, *headers: str) -> float | None:
    """What a policy is told of the pace after a 429 with these headers."""
    service.begin(rejecting("429 Too Many Requests", *headers))
    policy = Asking()
    with called(kind, service, policy) as generate, pytest.raises(RateLimitedError) as raised:
        generate(**ASKED)
    (retry_after,) = policy.retry_afters
    assert raised.value.retry_after == pytest.approx(retry_after, abs=1)
    return retry_after


@pytest.mark.parametrize(
    ("header", "retry_after"),
    [
        ("retry-after: 7", 7),
        ("retry-after: 0", 0),
        ("retry-after:   12  ", 12),
        ("retry-after: 8.5", 8.5),
        ("retry-after: 8s", 8),
        (f"{RESET}: 784111777", 784111777),
        (f"{RESET}: 1163812800", 0),
        (f"{RESET}: 1163812800000", 0),
        (f"{RESET}: 1994-11-06 08:49:37 UTC", 0),
        ("retry-after: Sun, 06 Nov 1994 08:49:37 GMT", 0),
        ("retry-after: Sunday, 06-Nov-94 08:49:37 GMT", 0),
        ("retry-after: Sun Nov  6 08:49:37 1994", 0),
        (f"{RESET}: 1994-11-06T08:49:37Z", 0),
        ("x-other: 7", None),
        ("retry-after: ", None),
        ("retry-after: soon", None),
        ("retry-after: -5", None),
        ("retry-after: NaN", None),
        ("retry-after: 1e999", None),
        ("retry-after: \xb2", None),
        (f"retry-after: {'9' * 400}", None),
        ("retry-after: Sun, 99 Nov 1994 08:49:37 GMT", None),
        ("retry-after: Sun, 06 Nov 99999999999 08:49:37 GMT", None),
        (f"{RESET}: tomorrow", None),
        (f"{RESET}: ", None),
        (f"{RESET}: 9999-99-99T00:00:00Z", None),
    ],
)
def test_a_pace_is_read_or_unknown(service: FaultServer, kind: Kind, header: str, retry_after: float | None) -> None:
    """Seconds, dates and the service's own header are read; garbage is no pace, a past date is a pace of nothing."""
    assert retry_after_of(kind, service, header) == retry_after


@pytest.mark.parametrize(
    "form",
    [
        lambda moment: f"retry-after: {format_datetime(moment, usegmt=True)}",
        lambda moment: f"{RESET}: {moment.isoformat()}",
        lambda moment: f"{RESET}: {moment.isoformat().removesuffix('+00:00')}Z",
        lambda moment: f"{RESET}: {moment.replace(tzinfo=None)}",
        lambda moment: f"{RESET}: {moment.astimezone(tz=None).isoformat()}",
        lambda moment: f"{RESET}: {format_datetime(moment, usegmt=True)}",
    ],
    ids=["date", "ISO", "ISO with Z", "ISO without a zone", "ISO in another zone", "reset as an HTTP date"],
)
def test_a_moment_is_read_as_the_time_until_then(
    service: FaultServer, kind: Kind, form: Callable[[datetime], str]
) -> None:
    """A moment an hour away is a pace of an hour."""
    retry_after = retry_after_of(kind, service, form(datetime.now(UTC) + timedelta(hours=1)))
    assert retry_after is not None
    assert 3500 < retry_after <= 3600


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        (["retry-after: 30", f"{RESET}: 1994-11-06T08:49:37Z"], 30, 30),
        (["retry-after: 30", "retry-after: 7"], 30, 30),
        (["retry-after: 7, 30"], 30, 30),
        (["retry-after: 0", f"{RESET}: {{soon}}"], 20, 30),
    ],
)
def test_the_later_of_two_paces_holds(
    service: FaultServer, kind: Kind, headers: list[str], least: float, most: float
) -> None:
    """Of two headers, of one header that is repeated, and of two values in one."""
    soon = (datetime.now(UTC) + timedelta(seconds=30)).isoformat()
    pace = retry_after_of(kind, service, *(header.format(soon=soon) for header in headers))
    assert pace is not None
    assert least <= pace <= most


@pytest.mark.parametrize(
    ("status", "error"), [("429 ", RateLimitedError), ("503 ", ServiceUnavailableError)], ids=["429", "503"]
)
def test_a_pace_past_the_deadline_is_not_waited_for(kind: Kind, status: str, error: type[APIError]) -> None:
    """The last error is raised at once, with the pace, so that the caller can come back later."""
    with fault_server(rejecting(status, "retry-after: 60"), responding(WHOLE)) as service:
        started = time.monotonic()
        with called(kind, service, Backoff(first=0.01), timeout=30) as generate, pytest.raises(error) as raised:
            generate(**ASKED)
        assert time.monotonic() - started < 15
    assert (service.posts, raised.value.attempts, raised.value.outcome) == (1, 1, "retryable")


def test_no_retry_comes_before_the_moment_that_was_asked_for(kind: Kind) -> None:
    """A date is waited for."""
    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2)
    with fault_server(
        rejecting("429 ", f"retry-after: {format_datetime(moment, usegmt=True)}"), responding(WHOLE)
    ) as service:
        with called(kind, service, Backoff(first=0.01), timeout=20) as generate:
            generate(**ASKED)
        assert datetime.now(UTC) >= moment
    assert service.posts == 2


def test_retries_count_as_one_image(kind: Kind) -> None:
    """Three refusals and an image: four POSTs, of which one was billed, and nothing stays reserved."""
    budget = Budget(max_images=1)
    with fault_server(*[rejecting("429 "), rejecting("503 "), rejecting("429 ")], responding(WHOLE)) as service:
        options = {"retry": Backoff(first=0.01), "timeout": 20, "budget": budget}
        with session(kind, api_key="k", base_url=service.url, **options) as generate:
            generate(**ASKED)
    assert (service.posts, budget.images, budget.reserved_images) == (4, 1, 0)


def test_a_policy_of_retries_can_be_turned_off(kind: Kind) -> None:
    """None sends once."""
    scripts = rejecting("429 ", "retry-after: 0"), responding(WHOLE)
    with (
        fault_server(*scripts) as service,
        called(kind, service, None) as generate,
        pytest.raises(RateLimitedError) as raised,
    ):
        generate(**ASKED)
    assert (service.posts, raised.value.attempts) == (1, 1)
