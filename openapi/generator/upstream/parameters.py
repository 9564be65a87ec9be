"""Parameters, handed to openapi-python-client as those of the query.

It takes any type there and nowhere else. What it gives back is put where it belongs.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from attrs import frozen

from ..document.document import Document
from ..document.parameters import PLACES, sent_parameters
from .internals import Endpoint, GeneratorData, Property, PythonIdentifier, UntrustedString
from .naming import PREFIX, free
from .property_names import distinct_names

_RESERVED = frozenset({"client", "url"})
"""Names that openapi-python-client changes in a way of its own."""


@frozen
class Parameter:
    """A parameter of an operation.

    Args:
        pointer: Where it stands.
        location: Where it goes: one of `PLACES`.
        name: Its name in the request.
        alias: The name that openapi-python-client gets.
    """

    pointer: str
    location: str
    name: str
    alias: str


def parameters_of(document: Document, operation: str) -> list[Parameter]:
    """The parameters of an operation that a request can hold."""
    found = sent_parameters(document, operation)
    aliases = _aliases(list(found))
    return [Parameter(place, location, name, aliases[location, name]) for (location, name), place in found.items()]


def place_parameters(
    data: GeneratorData, described: Mapping[str, Iterable[Parameter]], paths: Mapping[str, str]
) -> None:
    """Put the parameters of each operation where they belong.

    Args:
        data: The document as openapi-python-client has read it.
        described: The parameters of each operation, by its name.
        paths: The path of each operation, by its name.
    """
    for group in data.endpoint_collections_by_tag.values():
        for endpoint in group.endpoints:
            name = str(endpoint.name)
            _place(endpoint, {one.alias: one for one in described[name]}, paths[name])


def _place(endpoint: Endpoint, described: Mapping[str, Parameter], path: str) -> None:
    found: dict[str, list[Property]] = {location: [] for location in PLACES}
    for prop in endpoint.query_parameters:
        parameter = described[prop.name.get_untrusted_value()]
        prop.name = UntrustedString(parameter.name)
        found[parameter.location].append(prop)
    order = re.findall("{([^{}]*)}", path)
    found["path"].sort(key=lambda prop: _position(order, prop.name.get_untrusted_value()))
    endpoint.path = UntrustedString(path)
    endpoint.path_parameters, endpoint.query_parameters = found["path"], found["query"]
    endpoint.header_parameters, endpoint.cookie_parameters = found["header"], found["cookie"]


def _position(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _aliases(keys: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """A name for each parameter that no other has in Python, with its place where two places have the name."""
    places: dict[str, set[str]] = {}
    for location, name in keys:
        places.setdefault(_variable(name), set()).add(location)
    shared = _RESERVED | {variable for variable, found in places.items() if len(found) > 1}
    wanted = {key: f"{key[1]}_{key[0]}" if _variable(key[1]) in shared else key[1] for key in keys}
    distinct: set[str] = set()
    for key, name in wanted.items():
        wanted[key] = free(name, distinct)
        distinct.add(wanted[key])
    final = distinct_names(list(wanted.values()))
    return {key: final[name] for key, name in wanted.items()}


@lru_cache(1 << 14)
def _variable(name: str) -> str:
    return str(PythonIdentifier(name, PREFIX))
