"""An operation that lists things, added to the document: it gets probes and verdicts without a line of Python."""

from collections.abc import Callable
from typing import Any

import pytest

from generator.document.document import Document
from segmind_flux_schnell_sandbox.server import running_sandbox
from tests.contract import SPEC
from tests.contract.judging.coverage import unproved
from tests.contract.judging.judge import judge
from tests.contract.listing import Rules, WithList, with_listing
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.measurement import measure
from tests.contract.probing.probe import Probe
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.sending import Sender
from tests.contract.probing.target import Target
from tests.contract.probing.unprobed import unprobed

LIST = "/paths/~1v1~1images/get"
PARAMETER = f"{LIST}/parameters"
OK = f"{LIST}/responses/200"


@pytest.fixture(scope="module")
def listing() -> Contract:
    """The document with two more operations."""
    return Contract.of(Document.parse(SPEC.name, with_listing(SPEC.read_text(encoding="utf-8"))))


def _own(contract: Contract, name: str) -> tuple[OperationContract, list[Probe]]:
    operation = contract.operation(name)
    assert operation is not None
    return operation, [probe for probe in derived_probes(contract) if probe.request.operation == name]


def _judged(contract: Contract, rules: Rules) -> list[Finding]:
    """The findings on the list of a service, from the probes of that operation alone."""
    _, probes = _own(contract, "listImages")
    with running_sandbox(WithList(rules)) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        done = measure(contract, probes, sender, sender.send, exact=True)
        assert sender.images == 0
    return judge(contract, done.all, with_client=False)


def test_each_rule_of_a_parameter_is_broken_alone(listing: Contract) -> None:
    """Bounds, lists of values, patterns, required ones; in the query, in headers, and in items of lists."""
    operation, probes = _own(listing, "listImages")
    broken = {
        probe.name.removeprefix("list-images-rejected-"): [rule.pointer for rule in operation.broken_by(probe.request)]
        for probe in probes
        if probe.expected == "rejected"
    }
    assert broken == {
        "page-size-wrong-type": [f"{PARAMETER}/0/schema/type"],
        "page-size-fraction": [f"{PARAMETER}/0/schema/type"],
        "page-size-below-minimum": [f"{PARAMETER}/0/schema/minimum"],
        "page-size-above-maximum": [f"{PARAMETER}/0/schema/maximum"],
        "status-non-member": [f"{PARAMETER}/1/schema/enum"],
        "label-item-non-member": [f"{PARAMETER}/2/schema/items/enum"],
        "label-too-many": [f"{PARAMETER}/2/schema/maxItems"],
        "since-missing": [f"{PARAMETER}/3/required"],
        "since-other-form": [f"{PARAMETER}/3/schema/pattern"],
        "x-team-wrong-type": [f"{PARAMETER}/4/schema/type"],
        "x-team-fraction": [f"{PARAMETER}/4/schema/type"],
        "x-team-below-minimum": [f"{PARAMETER}/4/schema/minimum"],
    }


def test_each_value_is_accepted_alone(listing: Contract) -> None:
    """Members, bounds and what is next to them, one at a time beside what is required: the calls are free."""
    _, probes = _own(listing, "listImages")
    accepted = [probe for probe in probes if probe.expected == "accepted"]
    sent = [probe.request.query for probe in accepted]
    assert not any(probe.billable for probe in accepted)
    assert (("since", "2026-01-01"),) in sent
    for name, value in (("page_size", "1"), ("page_size", "50"), ("status", "failed"), ("label", "green")):
        assert (("since", "2026-01-01"), (name, value)) in sent
    assert (("since", "2026-01-01"), ("label", "red"), ("label", "green"), ("label", "blue")) in sent
    assert (("x-team", "1"),) in [probe.request.headers for probe in accepted]


def test_statuses_are_provoked_as_far_as_they_apply(listing: Contract) -> None:
    """No key, a wrong key, another path and method; a call that is free has no account that cannot pay for it."""
    _, probes = _own(listing, "listImages")
    assert {probe.name for probe in probes if "status-4" in probe.name} == {
        "list-images-status-401-no-key",
        "list-images-status-401-wrong-key",
        "list-images-status-404-another-path",
        "list-images-status-405-another-method",
    }
    named = {one.name: one.reason for one in unprobed(listing, derived_probes(listing))}
    assert "account rate-limited: does not apply to GET /v1/images" in named["list-images-status-429"]


def test_an_id_that_nobody_knows_is_named(listing: Contract) -> None:
    """Without an example, no probe of the item can succeed: that is said, and the rest is probed."""
    _, probes = _own(listing, "getImage")
    paths = {probe.name: probe.request.path for probe in probes}
    assert paths["get-image-status-404-unknown-id"] == "/v1/images/999999"
    assert paths["get-image-rejected-image-id-below-minimum"] == "/v1/images/0"
    assert "get-image-accepted-base" not in paths
    named = {one.name: one.reason for one in unprobed(listing, derived_probes(listing))}
    assert "no valid value of image_id is known" in named["get-image-status-200"]


def test_a_service_that_does_as_documented(listing: Contract) -> None:
    """No finding at all, and every fact of the operation is shown but the one that is named as not probed."""
    operation, probes = _own(listing, "listImages")
    with running_sandbox(WithList()) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        done = measure(listing, probes, sender, sender.send, exact=True)
    assert [str(one) for one in judge(listing, done.all, with_client=False)] == []
    shown = [one.pointer for one in unproved(listing, done.all) if one.pointer.startswith(operation.pointer)]
    assert shown == [f"{LIST}/responses/429"]


def _with(**fields: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda body: {name: value for name, value in {**body, **fields}.items() if value is not ...}


DRIFTING: dict[str, tuple[Rules, str]] = {
    "a larger page": (Rules(most=51), f"{PARAMETER}/0/schema/maximum"),
    "a smaller page only": (Rules(most=49), f"{PARAMETER}/0/schema/maximum"),
    "an empty page": (Rules(least=0), f"{PARAMETER}/0/schema/minimum"),
    "no page of one": (Rules(least=2), f"{PARAMETER}/0/schema/minimum"),
    "a state that is gone": (Rules(states=("pending", "done")), f"{PARAMETER}/1/schema/enum/2"),
    "any state": (Rules(states=("pending", "done", "failed", "no_such_value")), f"{PARAMETER}/1/schema/enum"),
    "a label that is gone": (Rules(labels=("red", "green")), f"{PARAMETER}/2/schema/items/enum/2"),
    "any label": (Rules(labels=("red", "green", "blue", "no_such_value")), f"{PARAMETER}/2/schema/items/enum"),
    "one label only": (Rules(most_labels=1), f"{PARAMETER}/2/schema/maxItems"),
    "four labels": (Rules(most_labels=4), f"{PARAMETER}/2/schema/maxItems"),
    "any day": (Rules(needs_since=False), f"{PARAMETER}/3/required"),
    "a day of any form": (Rules(since=".*"), f"{PARAMETER}/3/schema/pattern"),
    "team 0": (Rules(least_team=0), f"{PARAMETER}/4/schema/minimum"),
    "no key needed": (Rules(needs_key=False), "/components/securitySchemes/apiKey"),
    "another method": (Rules(method="POST"), LIST),
    "another path": (Rules(path="/v1/pictures"), "/paths/~1v1~1images"),
    "another status": (Rules(status=201), OK),
    "a refusal that means: not now": (Rules(refusal=429), f"{PARAMETER}"),
    "another content type": (Rules(content_type="text/plain"), f"{OK}/content/application~1json"),
    "a header that is gone": (Rules(headers={}), f"{OK}/headers/x-total"),
    "a header of another type": (Rules(headers={"x-total": "many"}), f"{OK}/headers/x-total"),
    "a field that is gone": (Rules(body=_with(images=...)), f"{OK}/content/application~1json/schema/required"),
    "a field of another type": (
        Rules(body=_with(next=7)),
        f"{OK}/content/application~1json/schema/properties/next/type",
    ),
    "a new field in an item": (
        Rules(body=_with(images=[{"id": "a", "size": 1}])),
        f"{OK}/content/application~1json/schema/properties/images/items",
    ),
    "an item without its id": (
        Rules(body=_with(images=[{}])),
        f"{OK}/content/application~1json/schema/properties/images/items/required",
    ),
    "a state that is not listed": (
        Rules(body=_with(images=[{"id": "a", "status": "lost"}])),
        f"{OK}/content/application~1json/schema/properties/images/items/properties/status/enum",
    ),
}


NOTED = {
    "a new field in an item": "addition",
    "a refusal that means: not now": "unknown",
    "a header that is gone": "unknown",
}
"""What breaks no caller; everything else does."""


@pytest.mark.parametrize("change", DRIFTING)
def test_drift_is_named(change: str, listing: Contract) -> None:
    """Each change is found at the fact that no longer holds."""
    rules, fact = DRIFTING[change]
    found = _judged(listing, rules)
    named = [one for one in found if one.pointer == fact or one.pointer.startswith(f"{fact}/")]
    assert [one for one in named if one.severity == NOTED.get(change, "breaking")], found
