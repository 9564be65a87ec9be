"""A float as timeout bounds the whole call: no attempt, wait or slow transfer adds to it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from segmind_flux_schnell import APIError, Backoff, Budget, OutcomeUnknownError, RateLimitedError
from tests.client.calling import Kind
from tests.client.faults.actions import Do, Read, ReadSlowly, Script, Silence
from tests.client.faults.limits import SHORT, TOLERANCE
from tests.client.faults.responses import ASKED, rejecting
from tests.client.faults.servers import fault_server
from tests.client.faults.sessions import session
from tests.waiting import with_time_enough

WITHOUT_END = 10_000


@contextmanager
def ended_in_time(deadline: float, error: type[APIError]) -> Iterator[pytest.ExceptionInfo[APIError]]:
    """The call raises, and does so in time."""
    started = time.monotonic()
    with pytest.raises(error) as raised:
        yield raised
    assert time.monotonic() - started < deadline + TOLERANCE


def test_retries_and_their_waits_do_not_add_up(kind: Kind) -> None:
    """A service that is slow to say \"not now\", again and again, is asked until the deadline and no longer."""
    script: Script = (Read(), Do(lambda: time.sleep(0.1)), *rejecting("429 ")[1:])
    policy = Backoff(attempts=WITHOUT_END, first=0.1, longest=0.1)

    def posts(deadline: float) -> int:
        with fault_server(script) as service:
            options = {"base_url": service.url, "timeout": deadline, "retry": policy}
            # Which of the two depends on whether the deadline comes during an attempt, or during a wait.
            with session(kind, api_key="k", **options) as generate, ended_in_time(deadline, APIError):
                generate(**ASKED)
        return service.posts

    assert with_time_enough(posts, lambda found: found > 1, 2 * SHORT) > 1


def test_a_wait_as_long_as_the_deadline_is_not_begun(kind: Kind) -> None:
    """The error comes at once, with what the service asked for."""
    with fault_server(rejecting("429 ", "retry-after: 60")) as service:
        options = {"base_url": service.url, "timeout": 60, "retry": Backoff()}
        with session(kind, api_key="k", **options) as generate, ended_in_time(SHORT, RateLimitedError):
            generate(**ASKED)
    assert service.posts == 1


def test_attempts_of_unknown_outcome_share_the_deadline(kind: Kind) -> None:
    """Also with `unknown-too`, silence is waited for once: each image that may have been bought stays reserved."""

    def counted(deadline: float) -> tuple[int, int, type[APIError]]:
        budget = Budget()
        with fault_server((Read(), Silence())) as service:
            options = {"base_url": service.url, "timeout": deadline, "retry": "unknown-too", "budget": budget}
            with session(kind, api_key="k", **options) as generate, ended_in_time(deadline, APIError) as raised:
                generate(**ASKED)
        return service.posts, budget.reserved_images, raised.type

    assert with_time_enough(counted, lambda found: found[0], SHORT) == (1, 1, OutcomeUnknownError)


def test_a_service_that_takes_the_request_slowly_is_given_up_too(kind: Kind) -> None:
    """Sending ends at the deadline, though each part of a long request is taken within it."""
    long = {**ASKED, "prompt": "a tiger " * 4_000_000}

    def failure(deadline: float) -> APIError:
        with fault_server((ReadSlowly(100_000, 0.1),)) as service:
            options = {"base_url": service.url, "timeout": deadline, "retry": None}
            with session(kind, api_key="k", **options) as generate, ended_in_time(deadline, APIError) as raised:
                generate(**long)
        assert service.posts == 0
        return raised.value

    failed = with_time_enough(failure, lambda error: isinstance(error, OutcomeUnknownError), SHORT)
    assert isinstance(failed, OutcomeUnknownError)
