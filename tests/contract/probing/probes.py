"""Probes: requests that are sent to learn whether a fact of the document holds, all derived from the document."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from attrs import evolve, frozen

from tests.contract.model.contract import Contract
from tests.contract.model.conversions import ACCEPTS_ALSO, CONTENT_TYPE_IGNORED, kind_of
from tests.contract.model.expectations import BROKEN, OTHER_CONTENT_TYPE, UNKNOWN_ID
from tests.contract.model.interactions import ProbeRequest, as_body
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.value_coverage import accepted_bodies

PROMPT = "a contract probe: a red square on a white background"


@frozen(kw_only=True)
class Probe:
    """One request, and what it is for.

    Args:
        name: Name of the probe and of its cassette: lower-case letters, digits and dashes.
        fact: JSON pointer of the fact under test.
        purpose: What the request does, in a few words.
        expected: `accepted`, `rejected`, or the status that the fact promises.
        request: The request.
        price: What it costs in US dollars if the document is right; 0 if it is free.
        billable: Whether it is billed if the document is right.
    """

    name: str
    fact: str
    purpose: str
    expected: str
    request: ProbeRequest
    price: Decimal = Decimal(0)
    billable: bool = False

    def __str__(self) -> str:
        cost = f"costs ${self.price}" if self.billable else "free"
        return f"{self.name}: {self.purpose}; expected {self.expected}; {cost}; tests {self.fact}"


def derived_probes(contract: Contract) -> list[Probe]:
    """All probes of a document in the order of sending."""
    return _of_operation(contract.main)


def _of_operation(contract: OperationContract) -> list[Probe]:
    """The probes of an operation in the order of sending: free ones first, then those that are to be accepted.

    Between two of the latter, a free one is sent once more: only the credits reported with the next image show whether
    a refusal was billed.
    """
    free = [*_status_probes(contract), *_rejected_bodies(contract)]
    paid = list(_accepted_probes(contract))
    between = list(_unbilled(contract, free))
    mixed = [probe for pair in zip_longest(paid, between[: len(paid) - 1]) for probe in pair if probe is not None]
    return [*free, *mixed]


def _unbilled(contract: OperationContract, free: list[Probe]) -> Iterator[Probe]:
    """One refusal of each kind that the main account can meet."""
    seen: set[str] = set()
    for probe in free:
        kind = probe.fact.rpartition("/")[2]
        if probe.request.account == "main" and kind not in seen:
            seen.add(kind)
            yield evolve(
                probe, name=f"unbilled-{probe.name}", purpose=f"{probe.purpose}, between two images: not billed"
            )


def minimal_body(contract: OperationContract) -> dict[str, Any]:
    """The smallest body that the document allows."""
    return {name: contract.example.get(name, PROMPT) if name != "prompt" else PROMPT for name in contract.required}


def _accepted_probes(contract: OperationContract) -> Iterator[Probe]:
    for body in accepted_bodies(contract, minimal_body(contract)):
        yield Probe(
            name=f"accepted-{body.name}",
            fact=body.fact,
            purpose=body.purpose,
            expected="accepted",
            request=_post(contract, body.values),
            price=contract.price,
            billable=contract.is_billed,
        )


def _rejected_bodies(contract: OperationContract) -> Iterator[Probe]:
    for name in contract.required:
        body = {key: value for key, value in contract.example.items() if key != name}
        yield _rejected(contract, f"{name}-missing", f"{contract.schema}/required", f"leave out {name}", body)
    for name, node in contract.properties.items():
        for suffix, keyword, value in _breaking_values(node):
            if keyword == "type" and kind_of(value, node) in node.get(ACCEPTS_ALSO, ()):
                continue  # The service converts it, and each would be bought.
            purpose = f"break {keyword} alone: {name}={value!r}"
            body = {**minimal_body(contract), name: value}
            yield _rejected(contract, f"{name}-{suffix}", contract.fact(name, keyword), purpose, body)


def _breaking_values(node: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Values that break one rule of a property, each with a name and the keyword of the rule."""
    kind = node.get("type")
    if isinstance(kind, str):
        yield "null", "type", None
        yield "wrong-type", "type", ["x"] if kind == "string" else "four"
        if kind != "boolean" and "enum" not in node:
            yield "boolean", "type", True
        if kind in ("integer", "number"):
            yield "numeral", "type", str(_inside(node))
    if kind == "integer":
        yield "fraction", "type", _inside(node) + 0.5
    if kind in ("integer", "number"):
        yield from _beyond_bounds(node)
    if "enum" in node:
        yield "non-member", "enum", "no_such_value"
    if node.get("minLength"):
        yield "too-short", "minLength", "x" * (node["minLength"] - 1)
    if "maxLength" in node:
        yield "too-long", "maxLength", "x" * (node["maxLength"] + 1)


def _beyond_bounds(node: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    step = step_of(node)
    if "minimum" in node:
        yield "below-minimum", "minimum", _exact(node["minimum"] - step)
    if "maximum" in node:
        yield "above-maximum", "maximum", _exact(node["maximum"] + step)
    if node.get("multipleOf", 1) > 1:
        # Half a step off shows a multiple that was halved, one off a multiple that was dropped.
        yield "off-multiple-by-half", "multipleOf", _inside(node) + node["multipleOf"] // 2
        yield "off-multiple-by-one", "multipleOf", _inside(node) + 1
    if node.get("format") == "int64":
        yield "beyond-64-bits", "format", 1 << 63


def step_of(node: dict[str, Any]) -> int | float:
    """The smallest step by which a bound of a property can move."""
    step: int | float = node.get("multipleOf") or (1 if node.get("type") == "integer" else 0.01)
    return step


def _inside(node: dict[str, Any]) -> int:
    return int(node.get("minimum", node.get("default", 1)))


def _exact(value: float) -> int | float:
    return value if isinstance(value, int) else round(value, 10)


def _rejected(contract: OperationContract, name: str, fact: str, purpose: str, body: dict[str, Any]) -> Probe:
    return Probe(
        name=f"rejected-{name.replace('_', '-')}",
        fact=fact,
        purpose=purpose,
        expected="rejected",
        request=_post(contract, body),
    )


def _status_probes(contract: OperationContract) -> Iterator[Probe]:
    for cause, provoked in contract.provocations:
        # Wrong values and another content type have probes of their own.
        if cause not in (OTHER_CONTENT_TYPE, UNKNOWN_ID) and not cause.startswith(f"{BROKEN} "):
            yield _provoking(contract, provoked.status, provoked.place, cause)
    if contract.request_body is None or contract.document.at(contract.request_body).get(CONTENT_TYPE_IGNORED):
        return
    plain = evolve(_post(contract, minimal_body(contract)), content_type="text/plain")
    yield Probe(
        name="rejected-content-type",
        fact=f"{contract.pointer}/requestBody/content",
        purpose="send the body as text/plain",
        expected="rejected",
        request=plain,
    )


def _provoking(contract: OperationContract, status: str, pointer: str, cause: str) -> Probe:
    word, _, account = cause.partition(" ")
    valid = _post(contract, minimal_body(contract))
    causes = {
        "no key": evolve(valid, account="none"),
        "wrong key": evolve(valid, account="wrong"),
        "another path": evolve(valid, path=f"{contract.path}-no-such-model"),
        "another method": evolve(valid, method="GET" if contract.method != "GET" else "POST", body=b""),
        "malformed body": evolve(valid, body=b'{"prompt": '),
    }
    return Probe(
        name=f"status-{status}-{cause.replace(' ', '-')}",
        fact=pointer,
        purpose=f"provoke {status}: {cause}",
        expected=status,
        request=evolve(valid, account=account) if word == "account" else causes[cause],
    )


def _post(contract: OperationContract, values: dict[str, Any]) -> ProbeRequest:
    return ProbeRequest(operation=contract.name, method=contract.method, path=contract.path, body=as_body(values))
