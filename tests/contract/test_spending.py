"""The plan is a ceiling: a run announces the most that it can buy, and stops there, whatever the service does."""

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from attrs import evolve

from generator.document.document import Document
from segmind_flux_schnell_sandbox.accounts import ACCOUNTS, KEY
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Served, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract import SPEC
from tests.contract import __main__ as command_line
from tests.contract.model.contract import Contract
from tests.contract.mutants.mutant import ServiceMutant, rewired
from tests.contract.mutants.rewiring import Intercepted, Response, ResponseChange, same_response
from tests.contract.mutants.service import DRIFTING
from tests.contract.probing.target import Target
from tests.contract.recording.recording import RecordingPlan

pytestmark = pytest.mark.usefixtures("generated_from_document")

COSTLY = (
    *("sampler-name-without-euler", "every-5th-image-500", "steps-default-5", "nulls-accepted"),
    *("value-rejected-billed", "image-billed-twice", "every-6th-image-cut-connection"),
)
"""Services for which a run looks for culprits, that refuse nothing, or that charge for more than they say."""


def _announced(printed: str) -> tuple[int, Decimal]:
    """The most images, and the most money, of a printed plan."""
    found = re.search(r"never more than (\d+) images for \$([\d.]+)", printed)
    assert found is not None, printed
    return int(found[1]), Decimal(found[2])


def _spent(app: Served, *options: str) -> tuple[int, Decimal]:
    """Send all probes, and return what the service has in its books: images, and credits of its accounts."""
    with running_sandbox(app) as sandbox:
        command_line.main(["drift", "--base-url", sandbox.url, *options], {})
        images = sum(one.billed > 0 for one in sandbox.ledger.entries)
        spent = sum((one.credits - sandbox.ledger.balance(one.key) for one in ACCOUNTS), Decimal(0))
    return images, spent


def _mutants(names: Sequence[str]) -> list[ServiceMutant]:
    return [one for one in DRIFTING if one.name in names]


@pytest.mark.parametrize("mutant", _mutants(COSTLY), ids=lambda mutant: mutant.name)
def test_a_run_never_buys_more_than_it_announces(mutant: ServiceMutant, capsys: pytest.CaptureFixture[str]) -> None:
    """Counted by the books of the service, in images and in money."""
    images, spent = _spent(mutant.make())
    most_images, most_cost = _announced(capsys.readouterr().err)
    assert 0 < images <= most_images
    assert spent <= most_cost


def test_a_search_for_culprits_ends_at_the_ceiling(capsys: pytest.CaptureFixture[str]) -> None:
    """Two narrowed ranges take more images than are left over: the last one announced is bought, and none beyond it."""
    narrow = DOCUMENTED.with_attribute("width", maximum=1536).with_attribute("height", maximum=1448)
    images, spent = _spent(create_app(narrow))
    assert (images, spent) == _announced(capsys.readouterr().err) == (40, Decimal("0.32"))


def _refused_with_422(intercepted: Intercepted) -> Response:
    """A status that the document does not have, for what values are refused with."""
    response = intercepted.response
    is_value = response.status in (400, 406, 500) and intercepted.request.path == "/v1/flux-schnell"
    return evolve(response, status=422) if is_value else response


def test_refusals_with_another_status_leave_the_images_to_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    """What an undocumented status costs, no client can know; the balance says that it was nothing."""
    images, _ = _spent(rewired(_refused_with_422)())
    captured = capsys.readouterr()
    assert images == 37
    assert "422, which is not documented" in captured.out
    assert "budget is exhausted" not in captured.out


@pytest.mark.parametrize("change", [same_response, _refused_with_422], ids=["documented", "another status"])
def test_refusals_that_are_billed_end_the_run(change: ResponseChange, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first image, only the balance call shows it: the run stops, and says why it left probes out."""

    def charge(intercepted: Intercepted) -> Response:
        if intercepted.response.status >= 400:
            intercepted.ledger.charge(KEY, DOCUMENTED.price)
        return change(intercepted)

    _, spent = _spent(rewired(charge)())
    captured = capsys.readouterr()
    assert Decimal("0.3") < spent <= _announced(captured.err)[1]
    assert "since the run began, which may not spend more than $0.32" in captured.out + captured.err


def test_a_service_that_charges_more_is_stopped_at_what_was_announced(capsys: pytest.CaptureFixture[str]) -> None:
    """An image for 0.05 instead of 0.008: the money announced buys fewer."""
    images, spent = _spent(create_app(evolve(DOCUMENTED, price=Decimal("0.05"))))
    captured = capsys.readouterr()
    assert 0 < images < 36
    assert spent <= _announced(captured.err)[1]
    assert "not probed accepted-row-25: " in captured.out


def test_a_second_price_lowers_no_number_of_images() -> None:
    """An operation that is six times as dear: the cheap ones are what most images are of, and the money is a limit."""
    text = SPEC.read_text(encoding="utf-8").replace("x-price-usd: 0.008", "x-price-usd: 0.05", 1)
    contract = Contract.of(Document.parse(SPEC.name, text))
    plan = RecordingPlan.of(contract, Target("http://127.0.0.1:9", {"main": KEY}, "a service"), Decimal("0.50"))
    assert _announced(str(plan)) == (40, Decimal("0.5"))
    assert (plan.budget.max_images, plan.budget.image_credits) == (40, None)


def test_the_limit_of_the_user_lowers_what_is_announced(contract: Contract) -> None:
    """MAX_COST below the price of 40 images; above it, it changes nothing."""
    target = Target("http://127.0.0.1:9", {"main": KEY}, "a service")
    plans = {cost: RecordingPlan.of(contract, target, cost) for cost in (Decimal("0.30"), Decimal("0.50"), None)}
    assert [_announced(str(plan)) for plan in plans.values()] == [
        (37, Decimal("0.3")),
        (40, Decimal("0.32")),
        (40, Decimal("0.32")),
    ]
    budget = plans[Decimal("0.30")].budget
    assert (budget.max_images, budget.max_credits) == (37, Decimal("0.30"))
