"""How often a job is asked for, and which failures of a GET are repeated."""

import pytest

from segmind_flux_schnell import APIError, NotSentError, OutcomeUnknownError, RedirectRefusedError
from segmind_flux_schnell._runtime.base.errors import GatewayError, UndocumentedStatusError
from segmind_flux_schnell._runtime.base.messages import Request, Response
from segmind_flux_schnell._runtime.client.job_patience import Repeating, poll_interval
from segmind_flux_schnell.errors import RateLimitedError, UnauthorizedError

REQUEST = Request(operation="get_request_status", method="GET", path="/v2/requests/2c7f/status")


@pytest.mark.parametrize(("waited", "expected"), [(0, 1.0), (30, 3.0), (60, 5.0), (599, 5.0)])
def test_polls_become_rarer(waited: float, expected: float) -> None:
    """From once a second to once in five seconds after a minute, as the vendor advises for long jobs."""
    assert poll_interval(1.0, waited) == expected
    assert poll_interval(10.0, waited) == 10 * expected


def refused(kind: type[RateLimitedError] | type[UnauthorizedError], status: int, temporary: bool) -> APIError:
    """A documented failure."""
    return kind(REQUEST, Response(status), body=None, message=None, billed=False, temporary=temporary)


REPEATED: dict[str, tuple[APIError, bool]] = {
    "no connection": (NotSentError(REQUEST, "refused"), True),
    "no such host": (NotSentError(REQUEST, "no such host", permanent=True), False),
    "no answer": (OutcomeUnknownError(REQUEST, "broken"), True),
    "a gateway": (GatewayError(REQUEST, Response(502)), True),
    "not now": (refused(RateLimitedError, 429, True), True),
    "a refused key": (refused(UnauthorizedError, 401, False), False),
    "a redirect": (RedirectRefusedError(REQUEST, Response(302)), False),
    "an undocumented 408": (UndocumentedStatusError(REQUEST, Response(408)), True),
    "an undocumented 418": (UndocumentedStatusError(REQUEST, Response(418)), False),
}


@pytest.mark.parametrize(("error", "expected"), REPEATED.values(), ids=REPEATED)
def test_what_may_pass_is_repeated(error: APIError, expected: bool) -> None:
    """What every further GET would get too is not."""
    assert (Repeating(1.0).wait(1, error, None) is not None) is expected


def test_the_waits_between_repetitions() -> None:
    """Each is twice as long, up to half a minute, and never shorter than the service requests."""
    policy, error = Repeating(1.0), OutcomeUnknownError(REQUEST, "broken")
    assert [policy.wait(attempt, error, None) for attempt in (1, 2, 3, 6, 5000)] == [1, 2, 4, 30, 30]
    assert policy.wait(1, error, 7.5) == 7.5
