"""The balance of an account, where an operation of the document tells it for free."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from generator.document.document import child
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.model.operation_contract import JSON, OperationContract


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
    try:
        body: Any = interaction.response.json() if interaction.accepted else None
    except ValueError:
        return None
    values = [body.get(name) for name in _properties(operation)] if isinstance(body, dict) else []
    numbers = [one for one in values if isinstance(one, (int, float)) and not isinstance(one, bool)]
    return sum((Decimal(str(one)) for one in numbers), Decimal(0)) if numbers else None


def _properties(operation: OperationContract) -> Iterator[str]:
    place = child(operation.success, "content", JSON, "schema")
    node = operation.document.resolved_at(place) if operation.document.has(place) else {}
    for name, rules in node.get("properties", {}).items():
        if rules.get("x-semantics") == "balance":
            yield name
