"""What jobs do to a budget: reserved at the submit, booked as expected, and corrected once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from segmind_flux_schnell import Budget, BudgetExhaustedError, JobFailedError
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.client.queues import SMALL, opened, relayed
from tests.client.faults.queue_relay import Edited, passed

PRICE = Decimal("0.008")


def spent(budget: Budget) -> tuple[int, Decimal, int]:
    """Images bought, credits spent, images reserved."""
    return budget.images, budget.credits, budget.reserved_images


def test_submits_count_against_a_budget(queue: Sandbox) -> None:
    """Two jobs of 0.008 are within 0.02, and a third is not sent."""
    budget = Budget(max_credits="0.02")
    posts = len(queue.ledger.posts)
    with opened(queue, budget=budget) as client:
        for _ in range(2):
            client.submit_image(**SMALL)
        with pytest.raises(BudgetExhaustedError):
            client.submit_image(**SMALL)
    assert spent(budget) == (2, 2 * PRICE, 0)
    assert len(queue.ledger.posts) - posts == 2


def test_polls_and_downloads_are_free(queue: Sandbox) -> None:
    """However often a job is asked for and collected."""
    budget = Budget(max_images=1)
    with opened(queue, budget=budget) as client:
        job = client.submit_image(**SMALL)
        for _ in range(3):
            job.wait()
            job.status()
    assert spent(budget) == (1, PRICE, 0)
    assert budget.remaining_credits == queue.ledger.balance(KEY)


def test_the_reported_cost_corrects_the_expected_one_once(queue: Sandbox) -> None:
    """Twice the price is booked with the result; collecting it again books nothing."""
    budget = Budget()
    metrics = {"metrics": {"cost": 0.016, "remaining_credits": 5}}
    with relayed(queue, {"result": [Edited(metrics)]}, budget=budget) as (_, client):
        job = client.submit_image(**SMALL)
        assert spent(budget) == (1, PRICE, 0)
        job.wait()
        assert spent(budget) == (1, Decimal("0.016"), 0)
        client.image_job(job.request_id).wait()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: job.result(), range(4)))
    assert spent(budget) == (1, Decimal("0.016"), 0)
    assert budget.remaining_credits == 5


def test_what_a_job_cost_is_expected_of_the_next(queue: Sandbox) -> None:
    """A price that has risen is known after the first result."""
    budget = Budget(max_credits="0.03")
    with relayed(queue, {"result": [Edited({"metrics": {"cost": 0.016}})]}, budget=budget) as (_, client):
        client.submit_image(**SMALL).wait()
        with pytest.raises(BudgetExhaustedError, match=r"0\.016 more requested"):
            client.submit_image(**SMALL)


def test_a_failed_job_gives_back_what_was_booked_once(queue: Sandbox) -> None:
    """Whether its failure is learned from the state or from the result."""
    budget = Budget(max_images=1)
    with opened(queue, budget=budget) as client:
        job = client.submit_image(**SMALL, extra_body={"steps": 9})
        assert spent(budget) == (1, PRICE, 0)
        with pytest.raises(JobFailedError):
            job.wait()
        assert spent(budget) == (0, Decimal(0), 0)
        assert job.status() == "FAILED"
        with pytest.raises(JobFailedError):
            job.result()
        assert spent(budget) == (0, Decimal(0), 0)
        client.submit_image(**SMALL).wait()
    assert spent(budget) == (1, PRICE, 0)


def test_a_job_of_another_client_counts_nothing(queue: Sandbox) -> None:
    """The budget of the client that ordered it has it already; this one learns the balance."""
    budget = Budget(max_images=0)
    with opened(queue) as client, opened(queue, budget=budget) as another:
        another.image_job(client.submit_image(**SMALL)).wait()
    assert spent(budget) == (0, Decimal(0), 0)
    assert budget.remaining_credits == queue.ledger.balance(KEY)


def test_balances_that_are_reported_out_of_order(queue: Sandbox) -> None:
    """The lowest since the submit counts: the image that is collected last may have been made first."""
    budget = Budget()
    reports: list[Any] = [Edited({"metrics": {"cost": 0.008, "remaining_credits": left}}) for left in (8, 9)]
    with relayed(queue, {"result": reports}, budget=budget) as (_, client):
        first, second = client.submit_image(**SMALL), client.submit_image(**SMALL)
        second.wait()
        first.wait()
    assert budget.remaining_credits == 8


def test_a_budget_keeps_no_job_that_was_collected_elsewhere_for_ever() -> None:
    """The oldest are dropped, and stay booked as expected."""
    budget = Budget()
    for number in range(100_005):
        reservation = budget.reserve(1, Decimal(1))
        budget.settle(reservation, billed=True, cost=None, remaining=None)
        budget.expect(str(number), reservation)
    budget.correct("0", billed=False, cost=None, remaining=None)
    assert budget.images == 100_005
    budget.correct("100004", billed=False, cost=None, remaining=None)
    assert budget.images == 100_004


def test_events_say_what_was_bought(queue: Sandbox) -> None:
    """Only the submit is billed: GETs and the download are successes that cost nothing."""
    ended: list[tuple[str, str]] = []

    def hook(event: Any) -> None:
        if type(event).__name__ == "AttemptEnded":
            ended.append((event.request.operation, event.outcome))

    with relayed(queue, {"status": [passed]}, hooks=[hook]) as (_, client):
        client.submit_image(**SMALL).wait()
    assert ended[0] == ("submit_image", "billed")
    assert {outcome for _, outcome in ended[1:]} == {"succeeded"}
    assert ended[-1][0] == "the image of submit_image"


def test_two_clients_that_share_a_budget_share_its_jobs(queue: Sandbox) -> None:
    """What one orders and the other collects is corrected once."""
    budget = Budget()
    with opened(queue, budget=budget) as one, opened(queue, budget=budget) as other:
        for _ in range(2):
            job = one.submit_image(**SMALL, extra_body={"steps": 9})
            for collector in (other, one):
                with pytest.raises(JobFailedError):
                    collector.image_job(job.request_id).wait()
    assert spent(budget) == (0, Decimal(0), 0)
