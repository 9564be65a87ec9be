"""How long a call may take: the limits in the request that goes out."""

from typing import Any

import httpx
import pytest

from segmind_flux_schnell import ConfigurationError, OutcomeUnknownError
from tests.client.calling import Recorder
from tests.client.conftest import Calling, Make


def limits(connect: float | None, wait: float | None) -> dict[str, float | None]:
    """The limits of a request, in seconds, as httpx carries them."""
    return {"connect": connect, "read": wait, "write": wait, "pool": wait}


LIMITS: dict[str, tuple[Any, dict[str, float | None]]] = {
    "seconds": (20, limits(10, 20)),
    "few seconds": (2.5, limits(2.5, 2.5)),
    "no limit": (None, limits(None, None)),
    "by phase": (httpx.Timeout(5, read=600), {**limits(5, 5), "read": 600}),
}


def test_the_default_timeout_is_finite_and_suits_the_service(
    calling: Calling, recorder: Recorder, document: dict[str, Any]
) -> None:
    """A connection may take 10 seconds, a response as long as the document says: minutes, as a cold start takes."""
    calling(transport=recorder.transport)(prompt="a tiger")
    documented = document["paths"]["/v1/flux-schnell"]["post"]["x-timeout-seconds"]
    assert_limits(recorder, limits(10, documented))
    assert 60 <= documented <= 600


@pytest.mark.parametrize(("timeout", "expected"), LIMITS.values(), ids=LIMITS)
def test_a_timeout_of_the_client(
    calling: Calling, recorder: Recorder, timeout: Any, expected: dict[str, float | None]
) -> None:
    """A client takes seconds, limits for each phase, or None for no limit at all."""
    calling(timeout=timeout, transport=recorder.transport)(prompt="a tiger")
    assert_limits(recorder, expected)


@pytest.mark.parametrize(("timeout", "expected"), LIMITS.values(), ids=LIMITS)
def test_a_timeout_of_one_call(
    calling: Calling, recorder: Recorder, timeout: Any, expected: dict[str, float | None]
) -> None:
    """A call takes the same, and it goes before the client's."""
    calling(timeout=7, transport=recorder.transport)(prompt="a tiger", timeout=timeout)
    assert_limits(recorder, expected)


def assert_limits(recorder: Recorder, expected: dict[str, float | None]) -> None:
    """The request went out with these limits, but for the time that had passed since the call began."""
    sent = recorder.sent.extensions["timeout"]
    assert sent.keys() == expected.keys()
    for phase, limit in expected.items():
        assert sent[phase] == (None if limit is None else pytest.approx(limit, abs=1))
        assert limit is None or sent[phase] <= limit


WRONG_LIMITS = [0, -1, float("nan"), float("inf"), 1e12, True, "5", (1, 2, 3, 4), httpx.Timeout(5, read=-1)]


@pytest.mark.parametrize("timeout", WRONG_LIMITS, ids=repr)
def test_a_timeout_that_is_none_is_refused(make: Make, calling: Calling, recorder: Recorder, timeout: Any) -> None:
    """A limit that is no positive number of seconds is told, for the client and for a call."""
    told = "it takes seconds above 0, a httpx.Timeout, or None for no limit. Nothing was sent."
    with pytest.raises(ConfigurationError) as raised:
        make(api_key="k", timeout=timeout)
    assert str(raised.value).endswith(told)
    with pytest.raises(ConfigurationError) as raised:
        calling(transport=recorder.transport)(prompt="a tiger", timeout=timeout)
    assert str(raised.value).endswith(told)
    assert not recorder.requests


def test_a_timeout_is_told_with_its_limit(calling: Calling) -> None:
    """When the response does not come in time, the error has the limit, and that the call may have been billed."""

    def silent(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("")

    with pytest.raises(OutcomeUnknownError, match="so it may have been billed: nothing was received for 7 seconds"):
        calling(timeout=7, transport=httpx.MockTransport(silent))(prompt="a tiger")
