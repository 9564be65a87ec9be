"""What properties of a request mean to the client (`x-semantics`), whatever their names."""

from collections.abc import Mapping
from typing import Any

from attrs import fields

from runtime.spec.semantics import RequestSemantics, SemanticField

from ..upstream.internals import ModelProperty
from ..upstream.properties import model_pointer, properties
from .schema_rules import SchemaRules

_MEANINGS = {"image-width": "width", "image-height": "height", "image-count": "count", "seed": "seed"}
_BYTES_OF_A_PIXEL = 4
_SMALLEST_LIMIT = 1 << 20


def request_properties(model: ModelProperty, rules: SchemaRules) -> dict[str, dict[str, Any]]:
    """The properties of a class as the document has them, by their names in the request."""
    found: dict[str, dict[str, Any]] = {}
    for prop in properties(model):
        api_name = prop.name.get_untrusted_value()
        places = rules.property_pointers(model_pointer(model), api_name)
        # What a property says beside a reference goes before what the reference leads to.
        nodes = [rules.document.at(at) for place in places for at in (rules.document.resolved(place), place)]
        found[api_name] = {keyword: value for node in nodes for keyword, value in node.items()}
    return found


def request_semantics(described: Mapping[str, Mapping[str, Any]], seed_header: str | None) -> RequestSemantics:
    """Which properties of a request mean what."""
    meant = {str(node.get("x-semantics")): (api_name, node) for api_name, node in described.items()}
    found = {name: SemanticField(*_property(meant[word])) for word, name in _MEANINGS.items() if word in meant}
    random_seed = meant["seed"][1].get("x-random") if "seed" in meant else None
    return RequestSemantics(
        **found,
        random_seed=random_seed,
        prompt=meant["prompt"][0] if "prompt" in meant else None,
        seed_header=seed_header if "seed" in meant else None,
    )


def is_random(node: Mapping[str, Any]) -> bool:
    """Whether the client can draw the value of a property."""
    return node.get("x-semantics") == "seed" and node.get("type") == "integer"


def largest_response(described: Mapping[str, Mapping[str, Any]]) -> int | None:
    """Bytes of the largest image that can be asked for, were it not packed at all; None where nothing limits it."""
    bounds = {str(node.get("x-semantics")): node.get("maximum") for node in described.values()}
    width, height = bounds.get("image-width"), bounds.get("image-height")
    if not isinstance(width, int) or not isinstance(height, int):
        return None
    return max(_SMALLEST_LIMIT, width * height * _BYTES_OF_A_PIXEL)


def semantics_source(value: RequestSemantics) -> str:
    """The code that makes it."""
    given = [(at.name, getattr(value, at.name)) for at in fields(RequestSemantics)]
    arguments = ", ".join(f"{name}={_source(own)}" for name, own in given if own is not None)
    return f"_RequestSemantics({arguments})"


def _source(value: object) -> str:
    return f"_SemanticField({value.api_name!r}, {value.default!r})" if isinstance(value, SemanticField) else repr(value)


def _property(found: tuple[str, Mapping[str, Any]]) -> tuple[str, int | None]:
    api_name, node = found
    default = node.get("default")
    return api_name, default if isinstance(default, int) and not isinstance(default, bool) else None
