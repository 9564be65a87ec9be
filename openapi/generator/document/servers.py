"""The servers of the service."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from attrs import frozen

from .document import Document, child
from .traversal import operations


@frozen
class ServerFacts:
    """What the document says about a server.

    Args:
        url: Its base URL, with the defaults of its variables.
        description: What it is.
        env: Environment variable with the base URL to use in its place, or None.
    """

    url: str
    description: str
    env: str | None


def servers(document: Document) -> list[ServerFacts]:
    """The servers that have an address; a client uses the first, and has to be given a base URL where there is none.

    Where the document has none for the whole, but each operation has its own, the first of these stands for all.
    """
    found = list(_usable(document.root.get("servers") or ()))
    own = [first_server(document, node.pointer) for node in operations(document)] if not found else []
    return found or ([ServerFacts(str(own[0]), "", base_url_env(document))] if own and all(own) else [])


def base_url_env(document: Document) -> str | None:
    """The environment variable with the base URL to use instead of that of the document, or None."""
    first: Mapping[str, Any] = next(iter(document.root.get("servers") or ()), {})
    return str(first["x-env"]) if "x-env" in first else None


def operation_server(document: Document, operation: str) -> str | None:
    """The base URL of an operation that has a server of its own, or None."""
    if not own_servers(document, operation) or not (known := servers(document)):
        return None
    found = first_server(document, operation)
    return found if found != known[0].url else None


def first_server(document: Document, operation: str) -> str | None:
    """The first address of the servers of an operation or its path, be it relative to that of the document."""
    base = next((server.url for server in _usable(document.root.get("servers") or ())), "")
    for pointer in own_servers(document, operation):
        found = urljoin(base, server_url(document.at(pointer)))
        if is_base_url(found):
            return found
    return None


def own_servers(document: Document, operation: str) -> list[str]:
    """Where the servers stand that an operation, or else its path, has of its own."""
    for owner in (operation, operation.rpartition("/")[0]):
        described: Sequence[Any] = document.at(owner).get("servers") or ()
        if described:
            return [child(owner, "servers", str(index)) for index in range(len(described))]
    return []


def server_url(server: Mapping[str, Any]) -> str:
    """The URL of a server, with the defaults of its variables."""
    url = str(server.get("url", ""))
    for name, variable in (server.get("variables") or {}).items():
        if "default" in variable:
            url = url.replace(f"{{{name}}}", str(variable["default"]))
    return url


def is_base_url(url: str) -> bool:
    """Whether a client can send to a URL as it stands: it has a host, no query, and nothing that has to be escaped."""
    return _BASE_URL.fullmatch(url) is not None


def _usable(described: Sequence[Mapping[str, Any]]) -> Iterator[ServerFacts]:
    for server in described:
        if is_base_url(server_url(server)):
            text = " ".join(str(server.get("description", "")).split())
            yield ServerFacts(server_url(server), text, server.get("x-env"))


_BASE_URL = re.compile(r"https?://[\w.~-]+(:\d+)?(/[\w.~:/@!$&'()*+,;=%-]*)?", re.ASCII)
