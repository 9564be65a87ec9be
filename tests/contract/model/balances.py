"""The credits that are left in the account, wherever a response reports them."""

from decimal import Decimal
from typing import Any

from segmind_flux_schnell._runtime.base.amounts import exact_number
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.model.operation_contract import OperationContract
from tests.contract.model.varying import BALANCES, Noise, below, property_of


def balance_call(contract: Contract, noise: Noise) -> OperationContract | None:
    """The operation that tells the balance: free, without parameters and body; None if the document has none."""
    for operation in contract.operations:
        schema = below(contract.document, operation.success, "content", "application/json", "schema")
        named = contract.document.at(schema).get("properties", {}) if schema is not None else {}
        places = [property_of(contract.document, schema, name) for name in named]
        tells = any(place is not None and noise.of(place) & BALANCES for place in places)
        if tells and not operation.parameters and not operation.request_body and not operation.is_billed:
            return operation
    return None


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
    try:
        body = interaction.response.json()
    except ValueError:
        return None
    return _within(noise, schema, body)


def _within(noise: Noise, schema: str | None, value: Any) -> Decimal | None:
    if schema is None:
        return None
    if noise.of(schema) & BALANCES:
        return exact_number(str(value))
    members = value.items() if isinstance(value, dict) else ()
    found = (_within(noise, property_of(noise.document, schema, name), one) for name, one in members)
    return next((number for number in found if number is not None), None)
