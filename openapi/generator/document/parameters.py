"""The parameters of operations: where each stands, and which of them are sent."""

import re
from collections.abc import Mapping

from .document import Document, child
from .memory import remembered
from .paths import names_in, path_of, path_parts

PLACES = ("path", "query", "header", "cookie")

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@remembered
def parameter_pointers(document: Document, operation: str) -> Mapping[tuple[str, str], str]:
    """Where the parameters of an operation stand, by place and name: its own, then those of its path that it lacks."""
    found: dict[tuple[str, str], str] = {}
    for owner in (operation, operation.rpartition("/")[0]):
        for index in range(len(document.at(owner).get("parameters") or ())):
            pointer = document.resolved(child(owner, "parameters", str(index)))
            described = document.at(pointer)
            found.setdefault((str(described.get("in")), str(described.get("name"))), pointer)
    return found


def sent_parameters(document: Document, operation: str) -> dict[tuple[str, str], str]:
    """Those of the parameters that a request can hold."""
    path, found = path_of(operation), parameter_pointers(document, operation)
    return {key: pointer for key, pointer in found.items() if is_sent(path, *key)}


def is_sent(path: str, place: str, name: str) -> bool:
    """Whether a request can hold a parameter: its path has it, or a header can be called so."""
    if place == "path":
        return name in names_in(path.partition("#")[0])
    return is_header_name(name) if place == "header" else place in PLACES


def is_header_name(name: str) -> bool:
    """Whether a header can have a name."""
    return _TOKEN.fullmatch(name) is not None


def own_query(document: Document, operation: str) -> tuple[tuple[str, str], ...]:
    """The query that an operation has in its path, without the parts that are parameters of the query."""
    known = parameter_pointers(document, operation)
    pairs = path_parts(path_of(operation)).query
    return tuple(pair for pair in pairs if all(("path", name) in known for name in names_in(pair[1])))


def undescribed(document: Document, operation: str) -> list[str]:
    """The names in the path of an operation that no parameter describes."""
    parts, known = path_parts(path_of(operation)), parameter_pointers(document, operation)
    in_query = [name for _, value in parts.query for name in names_in(value) if ("query", name) not in known]
    return [name for name in dict.fromkeys([*names_in(parts.path), *in_query]) if ("path", name) not in known]
