"""A float as timeout bounds the whole call: no attempt, wait or slow transfer adds to it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from segmind_flux_schnell import APIError, Backoff, Budget, OutcomeUnknownError, RateLimitedError
from tests.client.calling import Kind
from tests.client.faults.actions import Do, Read, ReadSlowly, Script, Silence
from tests.client.faults.limits import SHORT
from tests.client.faults.observing import TOLERANCE
from tests.client.faults.responses import ASKED, rejecting
from tests.client.faults.servers import fault_server
from tests.client.faults.sessions import session

WITHOUT_END = 10_000


@contextmanager
def ended_in_time(deadline: float, error: type[APIError]) -> Iterator[None]:
    """The call raises, and does so in time."""
    started = time.monotonic()
    with pytest.raises(error):
        yield
    assert time.monotonic() - started < deadline + TOLERANCE


def test_retries_and_their_waits_do_not_add_up(kind: Kind) -> None:
    """A service that is slow to say \"not now\", again and again, is asked until the deadline and no longer."""
    script: Script = (Read(), Do(lambda: time.sleep(0.2)), *rejecting("429 ")[1:])
    policy = Backoff(attempts=WITHOUT_END, first=0.2, longest=0.2)
    with fault_server(script) as service:
        options = {"base_url": service.url, "timeout": 2 * SHORT, "retry": policy}
        # Which of the two depends on whether the deadline comes during an attempt, or during a wait.
        with session(kind, api_key="k", **options) as generate, ended_in_time(2 * SHORT, APIError):
            generate(**ASKED)
    assert service.posts > 1


def test_a_wait_as_long_as_the_deadline_is_not_begun(kind: Kind) -> None:
    """The error comes at once, with what the service asked for."""
    with fault_server(rejecting("429 ", "retry-after: 5")) as service:
        options = {"base_url": service.url, "timeout": 5, "retry": Backoff()}
        with session(kind, api_key="k", **options) as generate, ended_in_time(SHORT, RateLimitedError):
            generate(**ASKED)
    assert service.posts == 1


def test_attempts_of_unknown_outcome_share_the_deadline(kind: Kind) -> None:
    """Also with `unknown-too`, silence is waited for once: each image that may have been bought stays reserved."""
    budget = Budget()
    with fault_server((Read(), Silence())) as service:
        options = {"base_url": service.url, "timeout": SHORT, "retry": "unknown-too", "budget": budget}
        with session(kind, api_key="k", **options) as generate, ended_in_time(SHORT, OutcomeUnknownError):
            generate(**ASKED)
    assert (service.posts, budget.reserved_images) == (1, 1)


def test_a_service_that_takes_the_request_slowly_is_given_up_too(kind: Kind) -> None:
    """Sending ends at the deadline, though each part of a long request is taken within it."""
    long = {**ASKED, "prompt": "a tiger " * 4_000_000}
    with fault_server((ReadSlowly(1_000_000, 0.2),)) as service:
        options = {"base_url": service.url, "timeout": SHORT, "retry": None}
        with session(kind, api_key="k", **options) as generate, ended_in_time(SHORT, OutcomeUnknownError):
            generate(**long)
    assert service.posts == 0
