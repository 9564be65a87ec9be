"""How many POSTs that may be billed one call sends when things go wrong: the table that other clients are measured by.

500 → 1, 429 → 0 billed, read timeout → 1
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import httpx
import pytest
from attrs import evolve

from segmind_flux_schnell import APIError, Budget, OutcomeUnknownError, RateLimitedError, ServerError
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_COLD, KEY_CRASH, KEY_RATE_LIMITED
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.calling import Kind
from tests.client.faults.actions import Close, Read, Reset, Send, Silence
from tests.client.faults.observing import AT_ONCE
from tests.client.faults.responses import ASKED, WHOLE, responding
from tests.client.faults.servers import FaultServer, fault_server
from tests.client.faults.sessions import Generate, session
from tests.waiting import PATIENCE, with_time_enough

UNKNOWN_TOO = evolve(AT_ONCE, unknown_too=True)
# Whoever gets this may use the connection again.
KEPT_OPEN = WHOLE.replace(b"connection: close\r\n", b"")


@contextmanager
def called(kind: Kind, service: FaultServer, budget: Budget, **options: Any) -> Iterator[Generate]:
    """A client with the default policy of retries."""
    defaults: dict[str, Any] = {"api_key": KEY, "base_url": service.url, "timeout": 10}
    with session(kind, **{**defaults, "budget": budget, **options}) as generate:
        yield generate


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A stand-in of the service with books of its own, whose rate limit is over at once."""
    with running_sandbox(create_app(evolve(DOCUMENTED, rate_limit_seconds=0))) as running:
        yield running


def test_a_500_is_one_post(sandbox: Sandbox, kind: Kind) -> None:
    """By default a failure of the service is told, not repeated."""
    budget = Budget()
    options = {"api_key": KEY_CRASH, "base_url": sandbox.url, "budget": budget}
    with session(kind, **options) as generate, pytest.raises(ServerError) as raised:
        generate(**ASKED)
    assert (len(sandbox.ledger.posts), sandbox.ledger.billed) == (1, Decimal(0))
    assert (raised.value.billed, raised.value.attempts) == (False, 1)
    assert (budget.images, budget.reserved_images) == (0, 0)


def test_a_429_is_repeated_and_never_billed(sandbox: Sandbox, kind: Kind) -> None:
    """By default a call is sent four times at most while the service turns it away, and none of them costs anything."""
    budget = Budget()
    options = {"api_key": KEY_RATE_LIMITED, "base_url": sandbox.url, "budget": budget, "retry": AT_ONCE}
    with session(kind, **options) as generate, pytest.raises(RateLimitedError) as raised:
        generate(**ASKED)
    assert (len(sandbox.ledger.posts), sandbox.ledger.billed) == (4, Decimal(0))
    assert (raised.value.billed, raised.value.attempts) == (False, 4)
    assert (budget.images, budget.reserved_images) == (0, 0)


def test_a_cold_model_is_waited_for_and_billed_once(sandbox: Sandbox, kind: Kind) -> None:
    """Two 503 and an image are three POSTs and one image in the books, here and there."""
    budget = Budget()
    with session(kind, api_key=KEY_COLD, base_url=sandbox.url, budget=budget, retry=AT_ONCE) as generate:
        generate(**ASKED)
    assert (len(sandbox.ledger.posts), sandbox.ledger.billed) == (3, DOCUMENTED.price)
    assert (budget.images, budget.credits, budget.reserved_images) == (1, DOCUMENTED.price, 0)


def test_the_budget_agrees_with_the_books(sandbox: Sandbox, kind: Kind) -> None:
    """Spent and left are what the service's ledger says."""
    budget = Budget()
    with session(kind, api_key=KEY, base_url=sandbox.url, budget=budget) as generate:
        for seed in range(3):
            generate(**{**ASKED, "seed": seed})
    assert (budget.images, budget.credits) == (3, sandbox.ledger.billed)
    assert budget.remaining_credits == sandbox.ledger.balance(KEY)
    assert budget.reserved_credits == Decimal(0)


@pytest.mark.parametrize(
    "limits", [lambda limit: limit, lambda limit: httpx.Timeout(PATIENCE, read=limit)], ids=["whole call", "read"]
)
def test_a_read_timeout_is_one_post(kind: Kind, limits: Callable[[float], float | httpx.Timeout]) -> None:
    """By default a call that may have been billed is not sent again, and its image stays reserved."""

    def limited(seconds: float) -> tuple[int, APIError, Budget]:
        budget = Budget()
        with (
            fault_server((Read(), Silence())) as service,
            called(kind, service, budget, timeout=limits(seconds)) as generate,
            pytest.raises(APIError) as raised,
        ):
            generate(**ASKED)
        return service.posts, raised.value, budget

    posts, error, budget = with_time_enough(limited, lambda found: found[0], 0.25)
    assert posts == 1
    assert isinstance(error, OutcomeUnknownError)
    assert (error.billed, error.attempts) == (None, 1)
    assert (budget.images, budget.reserved_images) == (0, 1)


def test_sending_again_what_may_have_been_billed_has_to_be_asked_for(kind: Kind) -> None:
    """With `unknown_too` each attempt is a POST and a reservation of its own."""
    budget = Budget()
    options = {"retry": UNKNOWN_TOO, "timeout": httpx.Timeout(PATIENCE, read=0.2)}
    with (
        fault_server((Read(), Silence())) as service,
        called(kind, service, budget, **options) as generate,
        pytest.raises(OutcomeUnknownError) as raised,
    ):
        generate(**ASKED)
    assert service.posts == 4
    assert raised.value.attempts == 4
    assert (budget.images, budget.reserved_images) == (0, 4)


def test_an_image_after_an_unknown_outcome_leaves_the_first_reserved(kind: Kind) -> None:
    """`retry="unknown-too"`: the second POST buys, and the first may have."""
    budget = Budget()
    scripts = (Read(), Reset()), responding(WHOLE)
    with fault_server(*scripts) as service, called(kind, service, budget, retry="unknown-too") as generate:
        generate(**ASKED)
    assert service.posts == 2
    assert (budget.images, budget.reserved_images) == (1, 1)


def test_a_budget_stops_retries_too(kind: Kind) -> None:
    """What may have been billed counts: with room for two images there is no third POST."""
    budget = Budget(max_images=2)
    with (
        fault_server((Read(), Close())) as service,
        called(kind, service, budget, retry=UNKNOWN_TOO) as generate,
        pytest.raises(OutcomeUnknownError),
    ):
        generate(**ASKED)
    assert service.posts == 2
    assert (budget.images, budget.reserved_images) == (0, 2)


def test_a_connection_that_was_closed_meanwhile_is_not_used(kind: Kind) -> None:
    """The service closes a connection after its response: the next call opens another, and both buy one image."""
    budget = Budget()
    with fault_server(responding(KEPT_OPEN)) as service, called(kind, service, budget) as generate:
        generate(**ASKED)
        service.finish()
        generate(**ASKED)
    assert (service.posts, service.connections) == (2, 2)
    assert (budget.images, budget.reserved_images) == (2, 0)


def test_a_connection_that_breaks_when_it_is_used_again_leaves_the_outcome_unknown(kind: Kind) -> None:
    """The service reads the second request and resets: it may have been billed, so it is not sent again."""
    budget = Budget()
    scripts = (Read(), Send(KEPT_OPEN)), (Read(), Reset())
    with fault_server(*scripts) as service, called(kind, service, budget) as generate:
        generate(**ASKED)
        with pytest.raises(OutcomeUnknownError):
            generate(**ASKED)
    assert (service.posts, service.connections) == (2, 1)
    assert (budget.images, budget.reserved_images) == (1, 1)


def test_surplus_bytes_are_not_the_response_to_the_next_call(kind: Kind) -> None:
    """What follows a response unasked, be it a response with an image, is not taken for that of the next request."""
    budget = Budget()
    surplus = KEPT_OPEN.replace(b" 200 OK\r\n", b" 200 OK\r\nx-request-id: unasked\r\n")
    scripts = (Read(), Send(KEPT_OPEN + surplus)), responding(WHOLE)
    with fault_server(*scripts) as service, called(kind, service, budget) as generate:
        assert generate(**ASKED).request_id is None
        assert generate(**ASKED).request_id is None
    assert service.posts == 2
    assert (budget.images, budget.reserved_images) == (2, 0)
