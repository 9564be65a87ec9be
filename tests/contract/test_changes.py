"""What has changed since the same service was recorded is drift, even where the document only inferred it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from segmind_flux_schnell._runtime.base.messages import Headers
from tests.contract import CASSETTES
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction
from tests.contract.mutants.scores import MutantResult, run_against
from tests.contract.mutants.service import COMPATIBLE, DRIFTING
from tests.contract.recording.comparison import with_changes_since
from tests.contract.recording.recording import recorded_interactions

pytestmark = pytest.mark.usefixtures("generated_from_document")


@cache
def recorded() -> list[Interaction]:
    """The committed recordings, which are of the sandbox."""
    return recorded_interactions(CASSETTES)


@cache
def result_of(name: str) -> MutantResult:
    """The result of a run against a service mutant."""
    return run_against(next(one for one in (*DRIFTING, *COMPATIBLE) if one.name == name))


def changed(contract: Contract, change: Callable[[Interaction], Interaction], source: str = "sandbox") -> list[Finding]:
    """The breaking findings on the recordings with a change, as if they were a run."""
    interactions = [change(one) for one in recorded()]
    found = judge(contract, interactions, with_client=False)
    since = with_changes_since(contract, found, interactions, source=source, exact=True)
    return [one for one in since if one.severity == "breaking"]


def without_header(name: str) -> Callable[[Interaction], Interaction]:
    """A change that takes a header from every image."""

    def change(one: Interaction) -> Interaction:
        if not one.probe.startswith("accepted-"):
            return one
        kept = tuple(pair for pair in one.response.headers.received if pair[0].lower() != name)
        return evolve(one, response=one.response._replace(headers=Headers(kept)))

    return change


def test_a_service_that_is_as_recorded_has_not_changed(contract: Contract) -> None:
    """The recordings compared with themselves show no change."""
    assert changed(contract, lambda one: one) == []


def test_a_header_that_every_image_had_is_missed(contract: Contract) -> None:
    """No page promises the header, but callers that read it break."""
    (found,) = changed(contract, without_header("x-cost"))
    assert (found.pointer, found.seen) == ("/components/headers/Cost", "none")
    assert found.expected == "a header x-cost, as the recordings show"


@pytest.mark.parametrize("source", ["api.segmind.com", "a service on loopback"])
def test_recordings_of_another_service_show_nothing(contract: Contract, source: str) -> None:
    """What the sandbox did proves nothing about the service."""
    assert changed(contract, without_header("x-cost"), source) == []


def test_recordings_for_other_facts_show_nothing(contract: Contract, tmp_path: Path) -> None:
    """Without recordings there is nothing to compare with."""
    interactions = [without_header("x-cost")(one) for one in recorded()]
    found = judge(contract, interactions, with_client=False)
    since = with_changes_since(contract, found, interactions, source="sandbox", exact=True, folder=tmp_path)
    assert since == found


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("prompt-empty-accepted", "only noted"),
        ("wrong-key-reworded", "only noted"),
        ("wrong-type-422", "only noted"),
        ("output-metadata-missing-vendor", "only noted"),
        ("every-7th-image-another", "missed"),
    ],
)
def test_what_held_when_it_was_recorded_is_drift(name: str, before: str) -> None:
    """An inferred rule, a text, a status, a header, an image: without recordings, nobody could tell."""
    result = result_of(name)
    assert (result.without_recordings, result.outcome) == (before, "attributed"), result


@pytest.mark.parametrize("name", ["value-rejected-400", "model-retrained", "error-texts", "jobs-slower"])
def test_what_nobody_promised_may_change(name: str) -> None:
    """Another documented status for a wrong value, another model, other texts, slower jobs."""
    assert result_of(name).outcome in ("missed", "only noted"), result_of(name)


@pytest.mark.parametrize("name", ["request-id-constant-vendor", "request-id-empty-vendor", "seed-minus-1-constant"])
def test_what_differs_from_call_to_call(name: str) -> None:
    """Two calls have different identifiers, and a seed that the service draws is not the one that asks for it."""
    assert result_of(name).without_recordings == "attributed", result_of(name)
