"""What the document says, for tests that need a value within or beyond it: from the package, and from the YAML."""

from decimal import Decimal
from typing import Any, TypeVar

import segmind_flux_schnell
from segmind_flux_schnell._runtime.base.rules import Number, Rule, described, listed
from segmind_flux_schnell._service import SERVICE
from segmind_flux_schnell.api.images.generate_image import OPERATION
from segmind_flux_schnell.models.generate_image_request import FIELDS

RULES: dict[str, Rule] = {field.name: field.rule for field in FIELDS}
NUMBERS = [name for name, rule in RULES.items() if rule.kind == "number" and rule.maximum is not None]
"""The fields of the request that take a fraction, up to some number."""

PRICE: Decimal = OPERATION.price or Decimal(0)
"""Credits that an image costs, as the document has it. What the sandbox bills is its own."""

DEFAULTS: dict[str, Any] = {field.name: field.default for field in FIELDS}

KEY_HEADER = SERVICE.schemes[0].api_name
"""The header in which the key is sent."""

TIMEOUT = OPERATION.timeout or 0.0
"""Seconds that a call may take by default."""

STATUSES = frozenset(response.statuses[0] for response in OPERATION.responses)
"""The statuses that the document has for a request of an image."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def allowed(name: str) -> str:
    """What a field of the request allows, in the words of the client: `int, 512 to 2048, a multiple of 8`."""
    return described(RULES[name])


def members(name: str, most: int | None = None) -> str:
    """The values of a field that has a list of them, in the words of the client."""
    return listed(RULES[name].enum or (), most)


def least(name: str) -> Number:
    """The smallest value of a field of the request."""
    minimum = RULES[name].minimum
    assert minimum is not None
    return minimum


def most(name: str) -> Number:
    """The largest value of a field of the request."""
    maximum = RULES[name].maximum
    assert maximum is not None
    return maximum


def step(name: str) -> Number:
    """The number of which a field of the request takes multiples."""
    multiple = RULES[name].multiple_of
    assert multiple is not None
    return multiple


Case = TypeVar("Case", bound=tuple[Any, ...])


def with_documented_errors(cases: dict[str, Case]) -> dict[str, Case]:
    """Those of some cases whose classes of errors, given by their names, the package has."""
    return {
        label: case
        for label, case in cases.items()
        if all(hasattr(segmind_flux_schnell, one) for one in case if str(one).endswith("Error"))
    }


def undocumented(*lines: str) -> list[str]:
    """Those of some status lines, such as `402 Payment Required`, that the document does not have."""
    return [line for line in lines if int(line[:3]) not in STATUSES]


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All operations, by `operationId`."""
    items = (item[method] for item in document["paths"].values() for method in METHODS if method in item)
    return {operation["operationId"]: operation for operation in items}


def responses(document: dict[str, Any], operation_id: str = "generateImage") -> dict[str, dict[str, Any]]:
    """The responses of an operation, by status, without references."""
    found = operations(document)[operation_id]["responses"]
    return {status: resolved(document, response) for status, response in found.items()}


def failures(document: dict[str, Any], operation_id: str = "generateImage") -> dict[str, dict[str, Any]]:
    """The responses of an operation that are not successes."""
    found = responses(document, operation_id)
    return {status: response for status, response in found.items() if not status.startswith("2")}


def success(document: dict[str, Any], operation_id: str = "generateImage") -> dict[str, Any]:
    """The response of success of an operation."""
    (found,) = (response for status, response in responses(document, operation_id).items() if status.startswith("2"))
    return found


def fields(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The properties of the request for an image, by name."""
    found: dict[str, dict[str, Any]] = document["components"]["schemas"]["GenerateImageRequest"]["properties"]
    return found


def resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """A part of the document, or the part that it refers to."""
    while "$ref" in node:
        target: Any = document
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token]
        node = target
    return node
