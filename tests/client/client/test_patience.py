"""How long one call goes on waiting, within what its policy and its time allow."""

from typing import Any

import pytest

from segmind_flux_schnell import APIError, Backoff, NotSentError, Retry
from segmind_flux_schnell._runtime.base.messages import Request
from segmind_flux_schnell._runtime.client.patience import FailedAttempt, decide

REQUEST = Request(operation="generate_image", method="POST", path="/v1/flux-schnell")


class Retryable(APIError):
    """A response that means "not now"."""

    _unbilled = "retryable"


def failed(**facts: Any) -> FailedAttempt:
    """The first attempt of a call of 300 seconds, which got "not now" after a moment."""
    usual: dict[str, Any] = {
        "number": 1,
        "error": Retryable("not now"),
        "retry_after": None,
        "limit": 300.0,
        "left": 299.0,
        "default_limit": 300.0,
        "waited": 0.0,
        "unconnected": 0.0,
    }
    return FailedAttempt(**usual | facts)


@pytest.mark.parametrize(
    ("policy", "facts", "wait"),
    [
        pytest.param(Backoff(draw=lambda: 1.0), {}, 0.5, id="its own wait"),
        pytest.param(Backoff(draw=lambda: 1.0), {"number": 50}, 30, id="up to half a minute"),
        pytest.param(Backoff(draw=lambda: 1.0), {"retry_after": 60.0}, 60, id="what the service names"),
        pytest.param(Backoff(draw=lambda: 1.0), {"number": 50, "left": 40.0}, 10, id="shortened to the last attempt"),
        pytest.param(Backoff(draw=lambda: 1.0), {"left": 29.0}, None, id="nothing in the last tenth"),
        pytest.param(Backoff(), {"retry_after": 280.0}, None, id="named too late for the last attempt"),
        pytest.param(
            Backoff(max_wait=5, draw=lambda: 1.0), {"number": 50, "waited": 3.0}, 2, id="all that may be waited"
        ),
        pytest.param(Backoff(max_wait=5), {"waited": 5.0}, None, id="all has been waited"),
        pytest.param(Backoff(max_wait=0, draw=lambda: 0.0), {}, None, id="no waits"),
        pytest.param(Backoff(), {"limit": None, "left": None, "waited": 300.0}, None, id="no timeout: the default one"),
        pytest.param(
            Backoff(), {"limit": None, "left": None, "retry_after": 3600.0}, 3600, id="no timeout: an hour if named"
        ),
        pytest.param(Backoff(), {"limit": None, "left": None, "retry_after": 90_000.0}, None, id="no timeout: no day"),
        pytest.param(None, {}, None, id="no policy"),
    ],
)
def test_a_wait_keeps_within_its_limits(policy: Retry | None, facts: dict[str, Any], wait: float | None) -> None:
    """A wait of its own is shortened to what is left; one that the service names is waited for whole, or not at all."""
    assert decide(policy, failed(**facts)).wait == wait


def test_without_a_connection_it_gives_up_sooner() -> None:
    """Thirty seconds, whatever the timeout is: nothing says that the service is there at all."""
    error = NotSentError(REQUEST, "refused")
    policy = Backoff(draw=lambda: 1.0)
    assert decide(policy, failed(error=error, number=50, unconnected=20.0)).wait == 10
    given_up = decide(policy, failed(error=error, number=50, unconnected=31.0, waited=30.4))
    assert given_up == (None, "gave up after 31 s of waiting (limited by `max_connect_wait`)")


@pytest.mark.parametrize(
    ("policy", "facts", "option"),
    [
        (Backoff(), {"retry_after": 400.0}, "timeout"),
        (Backoff(max_wait=60), {"retry_after": 400.0}, "max_wait"),
        (Backoff(), {"retry_after": 1e17}, "timeout"),
    ],
)
def test_what_is_given_up_says_which_option_to_raise(policy: Retry, facts: dict[str, Any], option: str) -> None:
    """With when the service takes requests again, as far as the calendar goes."""
    decision = decide(policy, failed(**facts))
    assert decision.wait is None
    assert decision.given_up.startswith("the service takes requests again in ")
    assert decision.given_up.endswith(f": to wait for it, raise `{option}`")
    assert (" UTC)" in decision.given_up) == (facts["retry_after"] < 1e9)


class Stubborn:
    """A policy of the caller."""

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Wait for a minute, always."""
        return 60.0


def test_a_policy_of_the_caller_has_all_of_the_time() -> None:
    """Its waits are neither shortened nor kept from the last tenth of the timeout."""
    assert decide(Stubborn(), failed(left=61.0)).wait == 60
    assert decide(Stubborn(), failed(left=60.0)).wait is None
    assert decide(Stubborn(), failed(limit=None, left=None, waited=10_000.0)).wait == 60
