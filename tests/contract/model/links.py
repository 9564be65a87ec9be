"""Links: what a response names for the request that follows it (OpenAPI's runtime expressions)."""

import re
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from generator.document.document import tokens
from tests.contract.model.interactions import Interaction
from tests.contract.model.json_text import read_json
from tests.contract.model.operation_contract import OperationContract

_BODY, _HEADER = "$response.body#", "$response.header."


def linked_values(operation: OperationContract, link: str, started: Interaction) -> dict[str, str] | None:
    """The values that a response gives to the parameters of a link; None if it does not have one of them.

    Args:
        operation: The operation of the response.
        link: The name of the link.
        started: The interaction with the response.
    """
    found = {
        name: named(str(expression), started)
        for name, expression in operation.links[link].get("parameters", {}).items()
    }
    # JSON can have characters that no encoding has, and so no path.
    texts = {name: str(value).encode(errors="replace").decode() for name, value in found.items()}
    return texts if None not in found.values() else None


def named(expression: str, interaction: Interaction) -> Any:
    """What a runtime expression names in a response, or None. A value that is no expression stands for itself."""
    if expression.startswith(_BODY):
        return at(body_of(interaction), expression.removeprefix(_BODY))
    if expression.startswith(_HEADER):
        return interaction.response.headers.get(expression.removeprefix(_HEADER))
    return None if expression.startswith("$") else expression


def body_of(interaction: Interaction) -> Any:
    """The JSON of a response, or None."""
    try:
        return None if interaction.response.flaw else read_json(interaction.response.body)
    except ValueError:
        return None


def at(value: Any, pointer: str) -> Any:
    """What is at a JSON pointer of a value, or None."""
    for token in tokens(pointer):
        if isinstance(value, list):
            value = value[int(token)] if token.isdigit() and int(token) < len(value) else None
        else:
            value = value.get(token) if isinstance(value, dict) else None
    return value


def filled(path: str, name: str, value: str) -> str:
    """The value of a parameter in a path: itself, or read from an address by the path.

    Args:
        path: The path of the operation, with its parameters in braces.
        name: The parameter.
        value: The value, or an address whose path ends like that of the operation.
    """
    if "/" not in value:
        return value
    pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path).replace(re.escape(f"{{{name}}}"), "(?P<value>[^/]+)"))
    address = split_address(value)
    match = re.search(f"{pattern}$", address.path) if address is not None else None
    return unquote(match["value"]) if match else value


def split_address(text: str) -> SplitResult | None:
    """The parts of an address, or of a reference without a host; None for a text that is neither."""
    try:
        split = urlsplit(text)
        return split if split.port is None or split.port >= 0 else None
    except ValueError:
        return None
