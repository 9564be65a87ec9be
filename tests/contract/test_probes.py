"""Probes follow from the document, and each breaks one rule or none."""

from collections import Counter

import pytest

from generator.document.document import Document
from tests.contract.model.contract import Contract
from tests.contract.model.expectations import expectation
from tests.contract.mutants.spec import spec_mutants
from tests.contract.probing.probes import Probe, derived_probes


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
            broken = contract.main.broken_rules(probe.request.json())
            assert probe.fact in [rule.pointer for rule in broken], probe
            assert len({rule.pointer.rpartition("/")[0] for rule in broken}) == 1, probe


def test_accepted_bodies_break_none(contract: Contract, probes: list[Probe]) -> None:
    """A body to be accepted fits the document."""
    accepted = [probe for probe in probes if probe.billable]
    assert accepted
    assert all(expectation(contract.main, probe.request).outcome == "accepted" for probe in accepted)


def test_free_probes_go_first(probes: list[Probe]) -> None:
    """All free probes are sent before the first image is bought."""
    first = next(at for at, probe in enumerate(probes) if probe.billable)
    assert all(not probe.name.startswith("unbilled") for probe in probes[:first])
    assert all(probe.billable or probe.name.startswith("unbilled") for probe in probes[first:])


def test_few_images_prove_all_values(contract: Contract, probes: list[Probe]) -> None:
    """Each member of an enum and each bound is in some accepted body, with far fewer bodies than values."""
    bodies = [probe.request.json() for probe in probes if probe.billable]
    for name, node in contract.main.properties.items():
        sent = {body[name] for body in bodies if name in body}
        assert set(node.get("enum", ())) <= sent
        assert {node[edge] for edge in ("minimum", "maximum") if edge in node} <= sent
    assert len(bodies) < 40


def test_one_image_has_sides_that_are_8_mod_16(contract: Contract, probes: list[Probe]) -> None:
    """Which ones follows from the document: the default of each side, or a step below it."""
    sent = {probe.name: probe.request.json() for probe in probes if probe.billable}
    odd, base = sent["accepted-odd-sides"], sent["accepted-base"]
    assert (odd["width"] % 16, odd["height"] % 16) == (8, 8)
    assert odd == {**base, "width": odd["width"], "height": odd["height"]}
    (probe,) = (one for one in probes if one.name == "accepted-odd-sides")
    assert (probe.fact, "no multiples of 16" in str(probe)) == (contract.main.fact("width", "multipleOf"), True)
    coarser = next(one for one in spec_mutants(contract) if one.pointer == probe.fact and one.change.endswith(" 16"))
    changed = {one.name: one.request.json() for one in derived_probes(Contract.of(coarser.document))}
    assert changed["accepted-odd-sides"]["width"] % 32 == 16


def test_a_probe_says_what_it_tests(probes: list[Probe]) -> None:
    """One line names the fact, what is expected, and whether the request can cost money."""
    line = str(next(probe for probe in probes if probe.name == "rejected-steps-above-maximum"))
    assert "steps=9" in line
    assert "/properties/steps/maximum" in line
    assert "free" in line


def test_probes_change_with_the_document(contract: Contract) -> None:
    """A moved bound moves the probe beyond it, and a status is provoked once for each of its causes."""
    document = Document(contract.document.name, dict(contract.document.root), contract.document.lines)
    moved = next(one for one in spec_mutants(contract) if one.change == "maximum 9")
    above = {probe.name: probe for probe in derived_probes(Contract.of(moved.document))}
    assert above["rejected-steps-above-maximum"].request.json()["steps"] == 10
    assert Counter(probe.expected for probe in derived_probes(Contract.of(document)))["401"] == 2
