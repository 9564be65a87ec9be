"""The balance of an account: where an operation tells it for free, and wherever else a response reports it."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from generator.document.document import child
from segmind_flux_schnell._runtime.base.amounts import exact_number
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.model.links import body_of
from tests.contract.model.operation_contract import JSON, OperationContract
from tests.contract.model.varying import BALANCES, Noise, below, property_of


def balance_of(contract: Contract) -> OperationContract | None:
    """The operation that tells the balance of an account for free, or None if the document has none."""
    found = (one for one in contract.operations if next(_properties(one), None) is not None)
    return next((one for one in found if one.method == "GET" and not one.is_billed and not one.parameters), None)


def balance(operation: OperationContract, interaction: Interaction) -> Decimal | None:
    """What a response says that the account has, or None if it does not say.

    Args:
        operation: The operation that tells the balance.
        interaction: An interaction of it.
    """
    body = body_of(interaction) if interaction.accepted else None
    values = [body.get(name) for name in _properties(operation)] if isinstance(body, dict) else []
    numbers = [number for one in values if (number := number_of(one)) is not None]
    return sum(numbers, Decimal(0)) if numbers else None


def number_of(value: Any) -> Decimal | None:
    """The number that a value of JSON is, exactly; None for other values, and for one that is too large for money."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return exact_number(str(value))


def rounded(amount: Decimal) -> Decimal:
    """Credits to the precision at which they are compared, since some services count in binary fractions."""
    try:
        # Without an exponent, since reports show it.
        return Decimal(f"{amount.quantize(_FINEST).normalize():f}")
    except InvalidOperation:
        return amount  # It has too many digits to have that many more behind the point.


_FINEST = Decimal("1e-9")


def _properties(operation: OperationContract) -> Iterator[str]:
    place = child(operation.success, "content", JSON, "schema")
    node = operation.document.resolved_at(place) if operation.document.has(place) else {}
    for name, rules in node.get("properties", {}).items():
        if rules.get("x-semantics") == "balance":
            yield name


def reported_balance(contract: Contract, noise: Noise, interaction: Interaction) -> Decimal | None:
    """The balance that a response reports, in a header or in its JSON body; None if it reports none."""
    headers = interaction.response.headers
    named = (name for name, kinds in noise.headers.items() if kinds & BALANCES)
    found = next((number for name in named if (number := headers.number(name)) is not None), None)
    operation = contract.contract_of(interaction)
    response = None if operation is None else operation.response(interaction.response.status_code)
    if found is not None or response is None or not interaction.response.content:
        return found
    schema = below(contract.document, response, "content", interaction.response.media_type or "", "schema")
    return _within(noise, schema, body_of(interaction))


def _within(noise: Noise, schema: str | None, value: Any) -> Decimal | None:
    if schema is None:
        return None
    if noise.of(schema) & BALANCES:
        return exact_number(str(value))
    members = value.items() if isinstance(value, dict) else ()
    found = (_within(noise, property_of(noise.document, schema, name), one) for name, one in members)
    return next((number for number in found if number is not None), None)
