"""Probes of JSON bodies: those that break one rule each, and those that are to be accepted."""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve

from tests.contract.model.conversions import ACCEPTS_ALSO, kind_of
from tests.contract.model.expectations import BROKEN
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.probe import Probe, accepted, rejected
from tests.contract.probing.valid_requests import minimal_body, valid_request
from tests.contract.probing.value_coverage import AcceptedBody, accepted_bodies


def accepted_body_probes(contract: OperationContract) -> Iterator[Probe]:
    """Bodies to be accepted. An operation that starts jobs buys one: it stands in for one that is probed in full."""
    bodies = list(accepted_bodies(contract, minimal_body(contract)))
    for body in bodies if contract.job is None else [_telling(contract, bodies)]:
        yield accepted(contract, body.name, body.fact, body.purpose, valid_request(contract, body.values))


def _telling(contract: OperationContract, bodies: Sequence[AcceptedBody]) -> AcceptedBody:
    """The body of a job that tells most: it differs from the base in nearly all, and leaves a default or two out.

    What it is to give is what the operation gives that the job stands in for: the same values are sent there too.
    """
    rows = [one for one in bodies if one.name.startswith("row-") and not _is_random(contract, one)]
    if not rows:
        return evolve(bodies[0], name="job")
    fewest = min(len(_defaults(contract, one)) for one in rows)
    # One more than always have their default: that one is left out and differs from row to row.
    best = next((one for one in rows if len(_defaults(contract, one)) == fewest + 1), rows[0])
    left_out = _defaults(contract, best)
    values = {name: value for name, value in best.values.items() if name not in left_out}
    return evolve(best, name="job", values=values, purpose=f"{best.purpose}; left out: {', '.join(left_out)}")


def _defaults(contract: OperationContract, body: AcceptedBody) -> list[str]:
    return [name for name, value in body.values.items() if contract.defaults.get(name) == value]


def _is_random(contract: OperationContract, body: AcceptedBody) -> bool:
    return any(
        "x-random" in contract.rules(name) and contract.rules(name)["x-random"] == value
        for name, value in body.values.items()
    )


def rejected_body_probes(contract: OperationContract) -> Iterator[Probe]:
    """Bodies that break one rule each.

    Of an operation that starts jobs, only the first for each keyword that is checked before a job: what is not refused
    there fails in the job at best, and buys an image at worst.
    """
    kinds: set[str] = set()
    for probe in _rejected_bodies(contract):
        keyword = probe.fact.rpartition("/")[2]
        if contract.job is not None and (keyword in kinds or not _is_refused_at_once(contract, keyword)):
            continue
        kinds.add(keyword)
        yield probe


def _is_refused_at_once(contract: OperationContract, keyword: str) -> bool:
    return keyword in ("required", "type", "enum") and f"{BROKEN} {keyword}" not in contract.job_words


def broken_body(contract: OperationContract, keyword: str) -> tuple[str, Any, dict[str, Any]] | None:
    """The first body that breaks a rule with this keyword: name and value of the property, and the body."""
    for name, node in contract.properties.items():
        for _, broken, value in breaking_values(node):
            if broken == keyword:
                return name, value, {**minimal_body(contract), name: value}
    return None


def _rejected_bodies(contract: OperationContract) -> Iterator[Probe]:
    whole = {**minimal_body(contract), **contract.example}
    for name in contract.required:
        request = valid_request(contract, {key: value for key, value in whole.items() if key != name})
        yield rejected(contract, f"{name}-missing", f"{contract.schema}/required", f"leave out {name}", request)
    for name, node in contract.properties.items():
        for suffix, keyword, value in breaking_values(node):
            if keyword == "type" and kind_of(value, node) in node.get(ACCEPTS_ALSO, ()):
                continue  # The service converts it, and each would be bought.
            purpose = f"break {keyword} alone: {name}={value!r}"
            request = valid_request(contract, {**minimal_body(contract), name: value})
            yield rejected(contract, f"{name}-{suffix}", contract.fact(name, keyword), purpose, request)


def breaking_values(node: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
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
