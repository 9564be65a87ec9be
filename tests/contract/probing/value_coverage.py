"""Bodies that the service has to accept: few of them, each proving many facts, since each costs money."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

from attrs import frozen

from tests.contract.model.operation_contract import OperationContract

UNKNOWN_FIELD = "x_contract_probe"
"""A field that no document has. This vendor's services ignore such fields."""


@frozen(kw_only=True)
class AcceptedBody:
    """A body that is to be accepted.

    Args:
        name: Name of the body.
        fact: Pointer of the fact that it is for.
        purpose: What it proves.
        values: The body.
    """

    name: str
    fact: str
    purpose: str
    values: dict[str, Any]


def accepted_bodies(contract: OperationContract, minimal: dict[str, Any]) -> Iterator[AcceptedBody]:
    """A base with all defaults sent, bodies that differ from it in one thing, and rows that cover all other values."""
    base = {**minimal, **contract.defaults}
    yield AcceptedBody(name="base", fact=contract.schema, purpose="all defaults sent", values=base)
    yield AcceptedBody(
        name="defaults-left-out",
        fact=contract.schema,
        purpose="all defaults left out: the same image as base",
        values=minimal,
    )
    yield AcceptedBody(
        name="repeated",
        fact=contract.schema,
        purpose="base again: the same image",
        values=base,
    )
    if contract.document.at(contract.schema).get("additionalProperties") is not False:
        yield AcceptedBody(
            name="unknown-field",
            fact=contract.schema,
            purpose="base with an unknown field, which is ignored",
            values={**base, UNKNOWN_FIELD: 1},
        )
    sides = dict(_odd_sides(contract, base))
    if sides:
        steps = {contract.properties[name]["multipleOf"] for name in sides}
        named = ", ".join(f"{name}={value}" for name, value in sides.items())
        yield AcceptedBody(
            name="odd-sides",
            fact=contract.fact(next(iter(sides)), "multipleOf"),
            purpose=f"{named}: no multiples of {' or '.join(str(2 * step) for step in sorted(steps))}, and kept",
            values={**base, **sides},
        )
    changed = dict(_changed(contract, base))
    for name, value in changed.items():
        yield AcceptedBody(
            name=f"other-{name.replace('_', '-')}",
            fact=contract.fact(name),
            purpose=f"base except {name}={value!r}: a different image",
            values={**base, name: value},
        )
    for number, row in enumerate(_rows(contract, base, changed), start=1):
        differing = ", ".join(f"{name}={row[name]!r}" for name in row if row[name] != base[name])
        yield AcceptedBody(
            name=f"row-{number:02}", fact=contract.schema, purpose=f"edges and members: {differing}", values=row
        )


def _odd_sides(contract: OperationContract, base: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """For each side of the image, a multiple of its step that is not one of twice the step.

    A service that rounds sides more coarsely than it says gives an image of another size.
    """
    for name, node in contract.properties.items():
        step = node.get("multipleOf", 1)
        if node.get("x-semantics") not in ("image-width", "image-height") or name not in base or step < 2:
            continue
        value = base[name] - step * (base[name] // step % 2 == 0)
        if node.get("minimum", value) <= value:
            yield name, value


def _changed(contract: OperationContract, base: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """For each property that shapes the image, a value other than the base's. Any row shows the image's size."""
    for name, node in contract.properties.items():
        if name in ("samples", "width", "height"):
            continue
        if node.get("type") == "string" and "enum" not in node:
            yield name, f"{base.get(name, '')}, from behind"
        elif name in base:
            other = next((value for value in _values(node) if value != base[name]), None)
            if other is not None:
                yield name, other


def _rows(contract: OperationContract, base: dict[str, Any], changed: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """As few bodies as possible that contain each value not sent so far."""
    proved = {(name, value) for name, value in [*base.items(), *changed.items()]}
    left = {
        name: [value for value in _values(node) if (name, value) not in proved]
        for name, node in contract.properties.items()
        if name in base
    }
    count = max((len(values) for values in left.values()), default=0)
    largest = {name: node["maximum"] for name, node in contract.properties.items() if "maximum" in node}
    for at in range(count):
        row = dict(base)
        for shift, (name, values) in enumerate(left.items()):
            if values:
                # A property whose values have all been sent starts over: more combinations at no cost. The shift keeps
                # two properties with the same values (the sides of an image) apart.
                known = values if at < len(values) else _values(contract.properties[name])
                row[name] = known[(at + shift) % len(known)]
        # The last row has all maximums together, which some services limit too.
        yield {**row, **largest} if at == count - 1 else row


def _values(node: dict[str, Any]) -> list[Any]:
    """The valid values of a property that are worth sending: members, bounds, values next to a bound."""
    if "enum" in node:
        return list(node["enum"])
    if node.get("type") == "string" and node.get("minLength"):
        return ["x" * node["minLength"], f"{'a fox in the snow, ' * 20}ein Bär im Schnee, 雪の中の狐"]
    if node.get("type") not in ("integer", "number"):
        return [node["default"]] if "default" in node else []
    drawn = (
        [node["x-random"]] if node.get("x-random", 0) >= node.get("minimum", -math.inf) and "x-random" in node else []
    )
    return list(islice(dict.fromkeys([*_numbers(node), *drawn]), 8))


def _numbers(node: dict[str, Any]) -> Iterator[int | float]:
    whole = node["type"] == "integer"
    if "minimum" not in node and "maximum" not in node:
        if "default" in node:
            yield from ([node["default"], 7, 1 << 40] if node.get("format") == "int64" else [node["default"]])
        return
    step = node.get("multipleOf") or 1
    low, high = node.get("minimum", node.get("default", 0)), node.get("maximum", node.get("default", 0))
    yield from (low, high)
    if whole:
        # One step from each bound: a multiple of the step, but not of twice the step.
        yield from (low + step, high - step)
    else:
        yield from (round(low + (high - low) * part, 2) for part in (0.5, 0.25))
