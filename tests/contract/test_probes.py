"""Probes follow from the document, and each breaks one rule or none."""

from collections import Counter
from decimal import Decimal

import pytest

from generator.document.document import Document
from tests.contract.model.contract import Contract
from tests.contract.model.expectations import expectation
from tests.contract.mutants.spec import spec_mutants
from tests.contract.probing.probe import Probe
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.unprobed import unprobed


@pytest.fixture(scope="module")
def probes(contract: Contract) -> list[Probe]:
    """The probes of this repository's document."""
    return derived_probes(contract)


def test_names_can_be_file_names(probes: list[Probe]) -> None:
    """Each probe has a unique name, which is a valid file name on any system."""
    names = [probe.name for probe in probes]
    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").isalnum() and name == name.lower() for name in names)


def test_rejected_bodies_break_one_rule_at_one_place(contract: Contract, probes: list[Probe]) -> None:
    """A body to be rejected breaks one rule of one property (a wrong type is not in an enum either)."""
    for probe in probes:
        if probe.expected == "rejected" and probe.request.json() is not None and "content-type" not in probe.name:
            operation = contract.contract_of(probe.request) or contract.main
            broken = operation.broken_rules(probe.request.json())
            assert probe.fact in [rule.pointer for rule in broken], probe
            assert len({rule.pointer.rpartition("/")[0] for rule in broken}) == 1, probe


def test_accepted_bodies_break_none(contract: Contract, probes: list[Probe]) -> None:
    """A body to be accepted fits the document."""
    accepted = [probe for probe in probes if probe.billable]
    assert {probe.request.operation for probe in accepted} >= {"generateImage", "submitImage"}
    for probe in accepted:
        operation = contract.contract_of(probe.request)
        assert operation is not None
        assert expectation(operation, probe.request).outcome == "accepted"


def test_free_probes_go_first(probes: list[Probe]) -> None:
    """All free probes are sent before the first image is bought."""
    first = next(at for at, probe in enumerate(probes) if probe.billable)
    assert all(not probe.name.startswith("unbilled") for probe in probes[:first])
    bought = next(at for at, probe in enumerate(probes) if probe.name == "accepted-base")
    assert all(probe.billable or probe.name.startswith("unbilled") for probe in probes[bought:])
    # Between the two are the jobs: what follows them is free, and cannot go before.
    jobs = ("submit-image-", "get-request-", "get-user-credits-")
    assert all(probe.name.startswith(jobs) for probe in probes[first:bought])


def test_few_images_prove_all_values(contract: Contract, probes: list[Probe]) -> None:
    """Each member of an enum and each bound is in some accepted body, with far fewer bodies than values."""
    bodies = [probe.request.json() for probe in probes if probe.billable and not probe.name.startswith("submit")]
    for name, node in contract.main.properties.items():
        sent = {body[name] for body in bodies if name in body}
        assert set(node.get("enum", ())) <= sent
        assert {node[edge] for edge in ("minimum", "maximum") if edge in node} <= sent
    assert len(bodies) < 40


def test_one_image_has_sides_that_are_8_mod_16(contract: Contract, probes: list[Probe]) -> None:
    """Which ones follows from the document: the default of each side, or a step below it."""
    sent = {probe.name: probe.request.json() for probe in probes}
    odd, base = sent["accepted-odd-sides"], sent["accepted-base"]
    assert (odd["width"] % 16, odd["height"] % 16) == (8, 8)
    assert odd == {**base, "width": odd["width"], "height": odd["height"]}
    (probe,) = (one for one in probes if one.name == "accepted-odd-sides")
    assert (probe.fact, "no multiples of 16" in str(probe)) == (contract.main.fact("width", "multipleOf"), True)
    coarser = next(one for one in spec_mutants(contract) if one.pointer == probe.fact and one.change.endswith(" 16"))
    changed = {one.name: one.request.json() for one in derived_probes(Contract.of(coarser.document))}
    assert changed["accepted-odd-sides"]["width"] % 32 == 16


def test_a_probe_says_what_it_tests(contract: Contract, probes: list[Probe]) -> None:
    """One line names the fact, what is expected, and whether the request can cost money."""
    line = str(next(probe for probe in probes if probe.name == "rejected-steps-above-maximum"))
    assert f"steps={contract.main.properties['steps']['maximum'] + 1}" in line
    assert "/properties/steps/maximum" in line
    assert "free" in line


def test_probes_change_with_the_document(contract: Contract) -> None:
    """A moved bound moves the probe beyond it, and a status is provoked once for each of its causes."""
    document = Document(contract.document.name, dict(contract.document.root), contract.document.lines)
    moved = next(one for one in spec_mutants(contract) if one.pointer == contract.main.fact("steps", "maximum"))
    above = {probe.name: probe for probe in derived_probes(Contract.of(moved.document))}
    beyond = Contract.of(moved.document).main.properties["steps"]["maximum"] + 1
    assert above["rejected-steps-above-maximum"].request.json()["steps"] == beyond
    assert beyond != contract.main.properties["steps"]["maximum"] + 1
    expected = Counter((one.request.operation, one.expected) for one in derived_probes(Contract.of(document)))
    assert {expected[one.name, "401"] for one in contract.operations} == {2}


def test_the_main_operation_has_names_without_a_prefix(contract: Contract, probes: list[Probe]) -> None:
    """The names of the others' probes begin with their own: no two operations share a cassette."""
    for probe in probes:
        operation = contract.contract_of(probe.request)
        if operation is not None:
            assert probe.name.startswith(operation.prefix)
    prefixes = {operation.name: operation.prefix for operation in contract.operations}
    assert prefixes["generateImage"] == ""
    assert prefixes["getRequestStatus"] == "get-request-status-"
    assert len(set(prefixes.values())) == len(prefixes)


def test_one_job_is_bought_and_followed_to_its_image(probes: list[Probe]) -> None:
    """The chain of a job costs one image: its states, its result and its image are free, and so are jobs that fail."""
    queue = [probe for probe in probes if probe.name.startswith(("submit-image-", "get-request-"))]
    assert [probe.name for probe in queue if probe.billable] == ["submit-image-accepted-job"]
    followed = {probe.name: probe.after for probe in queue if probe.after is not None}
    assert {after.link for after in followed.values()} == {"status", "result", ""}
    assert followed["submit-image-image"].probe == "get-request-result-done"


def test_a_job_tells_much(contract: Contract, probes: list[Probe]) -> None:
    """Its values are not the defaults, its seed is left out, and the other route is asked for the same image."""
    sent = {probe.name: probe.request.json() for probe in probes}
    job, main = sent["submit-image-accepted-job"], contract.main
    assert {name for name in main.defaults if name not in job} == {"seed", "samples"}
    assert all(value != main.defaults.get(name) for name, value in job.items())
    twins = [
        name for name in sent if name.startswith("accepted-") and main.effective(sent[name]) == main.effective(job)
    ]
    assert len(twins) == 1


def test_what_makes_a_job_fail_is_accepted_at_first(contract: Contract, probes: list[Probe]) -> None:
    """A body that breaks a bound is accepted; that its job fails is asked for by both links."""
    by_name = {probe.name: probe for probe in probes}
    steps = contract.main.properties["steps"]
    assert by_name["submit-image-failing-broken-maximum"].request.json()["steps"] == steps["maximum"] + 1
    assert by_name["submit-image-failing-broken-minimum"].request.json()["steps"] == steps["minimum"] - 1
    for word in ("broken-maximum", "broken-minimum", "account-crash"):
        assert by_name[f"submit-image-failing-{word}"].expected == "accepted"
        for operation in ("get-request-status", "get-request-result"):
            assert by_name[f"{operation}-{word}"].expected == "422"


def test_balances_surround_what_could_be_billed(contract: Contract, probes: list[Probe]) -> None:
    """Each account that is refused is asked for its balance before and after, for free."""
    if "getUserCredits" not in {operation.name for operation in contract.operations}:
        pytest.skip("the document has no operation that tells the balance")
    names = [probe.name for probe in probes]
    refused = names.index("status-403-account-forbidden")
    assert names.index("get-user-credits-before-refusals-account-forbidden") < refused
    assert refused < names.index("get-user-credits-after-refusals-account-forbidden")
    each = [name for name in names if name.startswith("submit-image-rejected-")]
    assert each
    for name in each:
        assert names[names.index(name) + 1] == f"get-user-credits-after-{name}-account-main"


def test_what_nothing_provokes_is_named(contract: Contract, probes: list[Probe]) -> None:
    """Each documented status has a probe, or a reason why not."""
    named = {one.name: one.reason for one in unprobed(contract, probes)}
    assert "does not apply to GET /v2/requests/" in named["get-request-status-status-429"]
    assert "makes the job fail, and not the call that starts it" in named["submit-image-status-500"]
    assert {one.fact for one in unprobed(contract, ()) if "/responses/" in one.fact} == {
        f"{operation.pointer}/responses/{status}" for operation in contract.operations for status in operation.statuses
    }


def test_a_run_buys_few_images(contract: Contract, probes: list[Probe]) -> None:
    """All operations together leave room for what is needed to find a culprit, and each image has its price."""
    bought = [probe for probe in probes if probe.billable]
    assert len(bought) < 40
    assert all(probe.price == _price(contract, probe) for probe in bought)
    assert all(probe.price == 0 for probe in probes if not probe.billable)


def _price(contract: Contract, probe: Probe) -> Decimal:
    operation = contract.contract_of(probe.request)
    assert operation is not None
    return Decimal(str(contract.document.at(operation.pointer)["x-price-usd"]))
