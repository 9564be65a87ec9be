"""Budgets: a request reserves what it may cost before it is sent, and is settled afterwards."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any, ClassVar

import pytest

from segmind_flux_schnell import (
    APIError,
    AsyncClient,
    Backoff,
    Budget,
    BudgetExhaustedError,
    Client,
    ConfigurationError,
    InvalidImageError,
    OutcomeUnknownError,
    UnauthorizedError,
)
from segmind_flux_schnell._runtime.client.budget import Reservation
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.calling import Recorder
from tests.client.conftest import Calling, Make
from tests.client.documented import PRICE
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response


def test_an_image_is_booked_with_what_it_cost(calling: Calling, server: RespondingServer) -> None:
    """The budget has the cost that the service reports as spent, and knows the reported balance."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "x-cost: 0.0125", "x-remaining-credits: 3.5")
    budget = Budget(max_images=2)
    calling(base_url=server.url, budget=budget)(prompt="a tiger")
    assert (budget.images, budget.credits, budget.remaining_credits) == (1, Decimal("0.0125"), Decimal("3.5"))
    assert (budget.reserved_images, budget.reserved_credits) == (0, Decimal(0))


def test_a_price_that_is_not_reported_is_the_documents(
    calling: Calling, server: RespondingServer, document: dict[str, Any]
) -> None:
    """If the header is missing or garbled, the image counts with the documented price, and never with nothing."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "x-cost: cheap")
    budget = Budget()
    calling(base_url=server.url, budget=budget)(prompt="a tiger")
    price = document["paths"]["/v1/flux-schnell"]["post"]["x-price-usd"]
    assert budget.credits == Decimal(str(price))
    assert budget.remaining_credits is None


def test_a_refusal_costs_nothing(calling: Calling, server: RespondingServer) -> None:
    """The reservation of a call that was not billed is released."""
    server.response = http_response("401 ", b'{"error": "no"}')
    budget = Budget(max_images=1)
    with pytest.raises(UnauthorizedError):
        calling(base_url=server.url, budget=budget)(prompt="a tiger")
    assert (budget.images, budget.reserved_images, budget.credits) == (0, 0, Decimal(0))


def test_an_unknown_outcome_stays_reserved(calling: Calling, server: RespondingServer) -> None:
    """Credits that may be spent are not spent twice: the next call is refused before it is sent."""
    server.response = b""
    budget = Budget(max_images=1)
    caller = calling(base_url=server.url, budget=budget)
    with pytest.raises(OutcomeUnknownError):
        caller(prompt="a tiger")
    with pytest.raises(
        BudgetExhaustedError, match=f"max_images is 1: 0 bought, 1 images for {PRICE} credits on their way"
    ):
        caller(prompt="a tiger")
    assert (budget.images, budget.reserved_images, len(server.received)) == (0, 1, 1)


def test_a_success_without_an_image_was_bought(calling: Calling, server: RespondingServer) -> None:
    """A 200 is billed, whatever its body."""
    server.response = http_response("200 OK", b"<html>", JPEG_TYPE)
    budget = Budget()
    with pytest.raises(InvalidImageError):
        calling(base_url=server.url, budget=budget)(prompt="a tiger")
    assert (budget.images, budget.reserved_images) == (1, 0)


def test_several_images_of_one_call_count_each(calling: Calling, recorder: Recorder) -> None:
    """A call for three samples reserves three images."""
    caller = calling(transport=recorder.transport, budget=Budget(max_images=2))
    with pytest.raises(BudgetExhaustedError) as raised:
        caller(prompt="a tiger", samples=3)
    assert (raised.value.limit, raised.value.allowed, raised.value.billed) == ("max_images", 2, False)
    assert (raised.value.outcome, raised.value.attempts) == ("never_sent", 0)
    assert not recorder.requests


def test_credits_are_not_overspent(calling: Calling, sandbox: Sandbox) -> None:
    """With credits for two images and a half, two are bought."""
    budget = Budget(max_credits=0.02)
    caller = calling(base_url=sandbox.url, budget=budget)
    bought = [caller(prompt="a tiger", width=512, height=512) for _ in range(2)]
    with pytest.raises(BudgetExhaustedError, match=r"max_credits is 0\.02: 0\.016 spent"):
        caller(prompt="a tiger")
    assert sum(image.cost or 0 for image in bought) == budget.credits == Decimal("0.016")


def test_credits_are_kept_in_the_account(calling: Calling, server: RespondingServer) -> None:
    """Once the service has reported the balance, a call that would leave too little is refused."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "x-cost: 0.008", "x-remaining-credits: 5.004")
    caller = calling(base_url=server.url, budget=Budget(keep_credits=5))
    caller(prompt="a tiger")
    with pytest.raises(BudgetExhaustedError, match=r"keep_credits is 5: 5\.004 left in the account"):
        caller(prompt="a tiger")


def test_a_higher_price_is_noted(calling: Calling, server: RespondingServer) -> None:
    """After an image that cost more than expected, more is reserved for the next one."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "x-cost: 0.6")
    caller = calling(base_url=server.url, budget=Budget(max_credits=1))
    caller(prompt="a tiger")
    with pytest.raises(BudgetExhaustedError, match=r"0\.6 spent, .* 0\.6 more requested"):
        caller(prompt="a tiger")


def test_threads_share_a_budget(sandbox: Sandbox) -> None:
    """Twenty threads with a budget of ten images buy ten; the other calls raise."""
    budget = Budget(max_images=10)
    billed = sandbox.ledger.billed
    with Client(api_key=KEY, base_url=sandbox.url, budget=budget) as client, ThreadPoolExecutor(20) as threads:
        calls = [threads.submit(client.generate_image, prompt=f"tiger {n}", width=512, height=512) for n in range(20)]
    failures = [call.exception() for call in calls if call.exception()]
    assert [type(failure) for failure in failures] == [BudgetExhaustedError] * 10
    assert (budget.images, budget.reserved_images) == (10, 0)
    assert sandbox.ledger.billed - billed == Decimal("0.08") == budget.credits


async def test_tasks_share_a_budget(sandbox: Sandbox) -> None:
    """Tasks share a budget in the same way."""
    budget = Budget(max_images=3)
    async with AsyncClient(api_key=KEY, base_url=sandbox.url, budget=budget) as client:
        calls = [client.generate_image(prompt=f"tiger {n}", width=512, height=512) for n in range(6)]
        done = await asyncio.gather(*calls, return_exceptions=True)
    assert sum(isinstance(one, BudgetExhaustedError) for one in done) == 3
    assert (budget.images, budget.reserved_images) == (3, 0)


def test_each_attempt_reserves(calling: Calling, server: RespondingServer) -> None:
    """If a call with an unknown outcome is sent again on purpose, both attempts count, up to the budget."""
    server.response = b""
    budget = Budget(max_images=2)
    with pytest.raises(OutcomeUnknownError) as raised:
        calling(base_url=server.url, budget=budget, retry=Backoff(first=0.01, unknown_too=True))(prompt="a tiger")
    assert (raised.value.attempts, len(server.received), budget.reserved_images) == (2, 2, 2)


@pytest.mark.parametrize(
    "limits",
    [
        {"max_images": -1},
        {"max_images": 1.5},
        {"max_images": True},
        {"max_credits": "lots"},
        {"max_credits": float("nan")},
        {"max_credits": True},
        {"keep_credits": -1},
        {"image_credits": float("inf")},
    ],
    ids=repr,
)
def test_a_wrong_limit_is_refused(limits: dict[str, Any]) -> None:
    """A limit is a whole number of images from 0, or an exact number of credits from 0."""
    with pytest.raises(ConfigurationError, match="Nothing was sent"):
        Budget(**limits)


def test_a_number_is_not_a_budget(make: Make) -> None:
    """A number instead of a budget is refused: it could mean images or credits."""
    budget: Any = 5
    with pytest.raises(ConfigurationError, match="budget is 5, not a Budget"):
        make(api_key="k", budget=budget)


def test_a_budget_of_nothing_sends_nothing(calling: Calling, recorder: Recorder) -> None:
    """Zero is a limit, and not the absence of one."""
    for budget in (Budget(max_images=0), Budget(max_credits=0)):
        with pytest.raises(APIError, match="the budget is exhausted"):
            calling(transport=recorder.transport, budget=budget)(prompt="a tiger")
    assert not recorder.requests


def test_an_outdated_balance_is_not_believed() -> None:
    """Responses overtake each other: the lowest balance that was reported since a request was sent counts."""
    budget = Budget(keep_credits=5, image_credits=1)
    slow, fast = budget.reserve(1, None), budget.reserve(1, None)
    budget.settle(fast, billed=True, cost=Decimal(1), remaining=Decimal(5))
    budget.settle(slow, billed=True, cost=Decimal(1), remaining=Decimal(6))
    assert budget.remaining_credits == 5
    with pytest.raises(BudgetExhaustedError, match="keep_credits is 5"):
        budget.reserve(1, None)


def test_the_fall_of_the_balance_is_a_cost() -> None:
    """Where the service does not say what an image cost, a dearer one is noticed at the second response."""
    budget = Budget(max_credits=1)
    for balance in ("50", "49.9", "49.8"):
        reservation = budget.reserve(1, Decimal("0.008"))
        budget.settle(reservation, billed=True, cost=None, remaining=Decimal(balance))
    assert budget.credits == Decimal("0.208")
    assert budget.reserve(1, Decimal("0.008")).credits == Decimal("0.1")


def test_a_balance_that_others_have_changed_is_not_a_cost() -> None:
    """With two requests on their way, nobody knows which of them lowered it; a balance that rose is not a cost."""
    budget = Budget()
    budget.settle(budget.reserve(1, Decimal(1)), billed=True, cost=None, remaining=Decimal(50))
    one, other = budget.reserve(1, Decimal(1)), budget.reserve(1, Decimal(1))
    for reservation, balance in ((one, 30), (other, 10)):
        budget.settle(reservation, billed=True, cost=None, remaining=Decimal(balance))
    budget.settle(budget.reserve(1, Decimal(1)), billed=True, cost=None, remaining=Decimal(90))
    assert budget.credits == 4


def test_a_higher_balance_is_believed() -> None:
    """The balance in the response to a later request counts, also if the account was topped up."""
    budget = Budget(keep_credits=5, image_credits=1)
    for balance in (6, 100):
        budget.settle(budget.reserve(1, None), billed=True, cost=Decimal(1), remaining=Decimal(balance))
    assert budget.remaining_credits == 100


class SharedBudget(Budget):
    """A budget whose account is elsewhere, for example in a file that processes share."""

    account: ClassVar[list[Any]] = []

    def reserve(self, images: int, price: Decimal | None) -> Reservation:
        """Note what is reserved."""
        self.account.append((images, price))
        return Reservation(images=images, credits=Decimal(1))

    def settle(
        self, reservation: Reservation, *, billed: bool | None, cost: Decimal | None, remaining: Decimal | None
    ) -> None:
        """Note what it cost."""
        self.account.append((reservation.credits, billed, cost, remaining))


def test_a_subclass_can_keep_the_account(
    calling: Calling, server: RespondingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client calls `reserve` and `settle` of its budget once each around a request, whatever they do."""
    monkeypatch.setattr(SharedBudget, "account", [])
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "x-cost: 0.0125", "x-remaining-credits: 3.5")
    calling(base_url=server.url, budget=SharedBudget())(prompt="a tiger")
    assert SharedBudget.account == [
        (1, PRICE),
        (Decimal(1), True, Decimal("0.0125"), Decimal("3.5")),
    ]


@pytest.mark.parametrize("status", ["429 ", "503 ", "401 "])
def test_a_refusal_that_was_charged_is_billed(calling: Calling, server: RespondingServer, status: str) -> None:
    """A charge that the service reports counts, whatever the document says: the call is booked, and not sent again."""
    server.response = http_response(status, b'{"error": "no"}', "x-cost: 0.008")
    budget = Budget()
    with pytest.raises(APIError, match=r"says that it charged 0\.008 credits; billed") as raised:
        calling(base_url=server.url, budget=budget, retry=Backoff(first=0.01))(prompt="a tiger")
    assert (raised.value.billed, raised.value.outcome, len(server.received)) == (True, "billed", 1)
    assert (budget.images, budget.credits) == (1, Decimal("0.008"))
