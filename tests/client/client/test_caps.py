"""Caps are caps: against a service that counts, no input lets a run spend more than it may."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

import httpx
import pytest
from attrs import define
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmind_flux_schnell import Budget, BudgetExhaustedError, Client, ConfigurationError
from segmind_flux_schnell._runtime.base.amounts import amount
from tests.client.documented import PRICE
from tests.client.images import jpeg

MOST = 6
"""Calls of a run: more than the caps of the tests allow."""

NOT_AMOUNTS = [
    *(
        "nan",
        "NaN",
        "-nan",
        "sNaN",
        "inf",
        "-inf",
        "Infinity",
        "1e400",
        "1e999999999",
        "9" * 40,
        "-1",
        "-0.01",
        "-1e-9",
    ),
    *(
        "0x10",
        "\uff11",
        "\u0661",
        "1_000",
        "1,50",
        "1.5.0",
        "",
        " ",
        "\n",
        "lots",
        "0.5 USD",
        "$1",
        "1/2",
        "--1",
        "True",
    ),
]
"""Texts of which some are numbers to `float`, to `Decimal` or to a person, and none is an amount of money."""

texts = st.one_of(
    st.sampled_from(
        [*NOT_AMOUNTS, "0", "-0", "0.0", "0.02", " 0.02 ", ".02", "2e-2", "+0.02", "0.0239999999999999999999"]
    ),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
    st.floats().map(repr),
    st.integers().map(str),
    st.text(max_size=8),
)
values = st.one_of(texts, st.floats(), st.decimals(), st.integers(), st.booleans(), st.just(10**5000))


@define
class CountingService:
    """A service inside the process that counts what it has sold."""

    sold: int = 0

    def respond(self, request: httpx.Request) -> httpx.Response:
        """Sell an image."""
        self.sold += json.loads(request.content).get("samples", 1)
        headers = {"content-type": "image/jpeg", "x-cost": str(PRICE)}
        return httpx.Response(200, content=jpeg(512, 512), headers=headers)

    @property
    def earned(self) -> Decimal:
        """What they cost."""
        return self.sold * PRICE


def spent_by(**limits: Any) -> Decimal:
    """What a run of a few calls costs under a budget."""
    service = CountingService()
    with Client(
        api_key="k", transport=httpx.MockTransport(service.respond), budget=Budget(**limits), retry=None
    ) as client:
        for seed in range(MOST):
            try:
                client.generate_image(prompt="a tiger", seed=seed, width=512, height=512)
            except BudgetExhaustedError:
                break
    return service.earned


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values)
def test_no_cap_lets_a_run_spend_more(value: Any) -> None:
    """A limit is refused by name, or kept, whatever it is written as."""
    try:
        budget = Budget(max_credits=value)
    except ConfigurationError as error:
        if not str(error).startswith("max_credits is "):
            raise
        return
    assert budget.max_credits is not None
    assert budget.max_credits.is_finite()
    assert budget.max_credits >= 0
    assert spent_by(max_credits=value) <= budget.max_credits


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values)
def test_an_amount_is_what_a_person_reads(value: Any) -> None:
    """What counts as an amount is the number that its text says: nothing is read into it."""
    found = amount(value)
    if found is not None:
        try:
            read = Decimal(str(value))
        except InvalidOperation:
            pytest.fail(f"{value!r} is not a number")
        assert found == read >= 0


@pytest.mark.parametrize("limit", ["max_credits", "keep_credits", "image_credits"])
@pytest.mark.parametrize("text", NOT_AMOUNTS)
def test_what_is_not_an_amount_is_refused_by_name(limit: str, text: str) -> None:
    """The message names the limit, and the text as it was given; also where a limit is changed later."""
    with pytest.raises(ConfigurationError, match=f"{limit} is .*: it takes a number of credits from 0, or None"):
        Budget(**{limit: text})
    budget = Budget()
    with pytest.raises(ConfigurationError, match=f"{limit} is "):
        setattr(budget, limit, text)


def test_a_run_spends_up_to_its_cap() -> None:
    """A cap between two prices buys what fits below it; minus nothing is nothing."""
    assert spent_by(max_credits=f" {3 * PRICE - Decimal('1e-7')} ") == 2 * PRICE
    assert spent_by(max_credits=f"{3 * PRICE}") == 3 * PRICE
    assert spent_by(max_credits="-0") == 0
    assert spent_by(max_credits=None) == MOST * PRICE


def test_a_cap_without_a_price_is_refused() -> None:
    """Where nobody knows a price, requests at once would pass the cap before the service has reported one."""
    budget = Budget(max_credits=1)
    with pytest.raises(ConfigurationError, match="the document has no price to count with: set image_credits"):
        budget.reserve(1, None)
    assert Budget(max_credits=1, image_credits="0.5").reserve(1, None).credits == Decimal("0.5")
