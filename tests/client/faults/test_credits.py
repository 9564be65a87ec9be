"""The headers about credits, sound and garbled: unknown is never 0, and the budget stays right."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest

from segmind_flux_schnell import Budget, BudgetExhaustedError, UnauthorizedError
from tests.client.calling import Kind
from tests.client.faults.responses import ASKED, ERROR, IMAGE, responding
from tests.client.faults.servers import FaultServer
from tests.client.faults.sessions import Generate, session
from tests.client.responding_server import JPEG_TYPE, http_response

REMAINING, COST = "x-remaining-credits", "x-cost"
EXPECTED_PRICE = Decimal("0.25")

READ: dict[str, tuple[tuple[str, ...], Decimal]] = {
    "whole": (("5",), Decimal(5)),
    "exact": (("0.1000",), Decimal("0.1")),
    "nothing left": (("0",), Decimal(0)),
    "with blanks": (("  7.5  ",), Decimal("7.5")),
    "with an exponent": (("1e-3",), Decimal("0.001")),
}
UNKNOWN: dict[str, tuple[str, ...]] = {
    "missing": (),
    "empty": ("",),
    "doubled": ("5", "5"),
    "doubled, and different": ("5", "6"),
    "NaN": ("NaN",),
    "sNaN": ("sNaN",),
    "infinite": ("Infinity",),
    "1e999": ("1e999",),
    "1e999999999": ("1e999999999",),
    "text": ("plenty",),
    "a unit": ("5 credits",),
    "a comma": ("5,5",),
    "an underscore": ("1_000",),
    "hexadecimal": ("0x10",),
    "another script": ("\xb2",),
    "10000 digits": ("9" * 10_000,),
}


def image(**headers: tuple[str, ...]) -> bytes:
    """A whole response with these values of the two headers."""
    names = {"remaining": REMAINING, "cost": COST}
    lines = [f"{names[name]}: {value}" for name, values in headers.items() for value in values]
    return http_response("200 OK", IMAGE, JPEG_TYPE, *lines)


@contextmanager
def called(kind: Kind, service: FaultServer, budget: Budget, *responses: bytes) -> Iterator[Generate]:
    """A client with a budget, and the responses that it gets one after the other."""
    service.begin(*(responding(response) for response in responses))
    with session(kind, api_key="k", base_url=service.url, timeout=10, retry=None, budget=budget) as generate:
        yield generate


def bought(kind: Kind, service: FaultServer, budget: Budget, response: bytes) -> Any:
    """One image, for which the budget counts one."""
    with called(kind, service, budget, response) as generate:
        image = generate(**ASKED)
    assert (budget.images, budget.reserved_images, budget.reserved_credits) == (1, 0, Decimal(0))
    return image


@pytest.mark.parametrize(("values", "number"), READ.values(), ids=READ)
def test_a_number_is_read_exactly(service: FaultServer, kind: Kind, values: tuple[str, ...], number: Decimal) -> None:
    """What is left and what it cost come out as the same decimals, in the image and in the budget."""
    budget = Budget(image_credits=EXPECTED_PRICE)
    result = bought(kind, service, budget, image(remaining=values, cost=values))
    assert (result.remaining_credits, result.cost) == (number, number)
    assert (budget.remaining_credits, budget.credits) == (number, number)
    assert isinstance(budget.credits, Decimal)


@pytest.mark.parametrize("values", UNKNOWN.values(), ids=UNKNOWN)
def test_garbage_is_unknown(service: FaultServer, kind: Kind, values: tuple[str, ...]) -> None:
    """Neither header counts as 0: what is left stays unknown, and the image counts with the price expected of it."""
    budget = Budget(image_credits=EXPECTED_PRICE)
    result = bought(kind, service, budget, image(remaining=values, cost=values))
    assert (result.remaining_credits, result.cost) == (None, None)
    assert (budget.remaining_credits, budget.credits) == (None, EXPECTED_PRICE)


def test_a_negative_cost_gives_nothing_back(service: FaultServer, kind: Kind) -> None:
    """No image adds to what may be spent: one that is said to cost -1 counts with the price expected of it."""
    budget = Budget(image_credits=EXPECTED_PRICE)
    bought(kind, service, budget, image(cost=("-1",)))
    assert budget.credits == EXPECTED_PRICE


def test_a_debt_is_told_and_is_nothing_to_spend(service: FaultServer, kind: Kind) -> None:
    """An account at -1 has less than is to be kept: there is no second POST."""
    budget = Budget(keep_credits=0, image_credits=EXPECTED_PRICE)
    posts = service.posts
    with called(kind, service, budget, image(remaining=("-1",))) as generate:
        assert generate(**ASKED).remaining_credits == -1
        with pytest.raises(BudgetExhaustedError):
            generate(**ASKED)
    assert (budget.remaining_credits, service.posts - posts) == (Decimal(-1), 1)


@pytest.mark.parametrize("values", UNKNOWN.values(), ids=UNKNOWN)
def test_garbage_does_not_hide_what_is_known(service: FaultServer, kind: Kind, values: tuple[str, ...]) -> None:
    """After a header that cannot be read, the budget goes by the last one that could."""
    budget = Budget(image_credits=EXPECTED_PRICE)
    responses = image(remaining=("5",)), image(remaining=values)
    with called(kind, service, budget, *responses) as generate:
        generate(**ASKED)
        generate(**ASKED)
    assert (budget.remaining_credits, budget.credits) == (Decimal(5), 2 * EXPECTED_PRICE)


def test_credits_to_keep_are_kept(service: FaultServer, kind: Kind) -> None:
    """A call that would leave less than is to be kept is refused before it is sent."""
    budget = Budget(keep_credits=5, image_credits=EXPECTED_PRICE)
    posts = service.posts
    with called(kind, service, budget, image(remaining=("5.2",))) as generate:
        generate(**ASKED)
        with pytest.raises(BudgetExhaustedError) as raised:
            generate(**ASKED)
    assert (raised.value.billed, raised.value.outcome, raised.value.attempts) == (False, "never_sent", 0)
    assert (service.posts - posts, budget.images, budget.reserved_images) == (1, 1, 0)


def test_a_failure_tells_what_is_left_too(service: FaultServer, kind: Kind) -> None:
    """Whatever response has the header, the budget reads it, and the failure costs nothing."""
    budget = Budget(image_credits=EXPECTED_PRICE)
    response = http_response("401 Unauthorized", ERROR, f"{REMAINING}: 3", f"{COST}: 0")
    with called(kind, service, budget, response) as generate, pytest.raises(UnauthorizedError):
        generate(**ASKED)
    assert (budget.remaining_credits, budget.credits, budget.images) == (Decimal(3), Decimal(0), 0)
