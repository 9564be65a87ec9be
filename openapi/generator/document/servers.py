"""The servers of the service."""

from collections.abc import Iterator, Mapping
from typing import Any

from .document import Document


def servers(document: Document) -> Iterator[tuple[str, str]]:
    """Base URL and description of each server."""
    for server in document.root["servers"]:
        yield server_url(server), " ".join(server.get("description", "").split())


def server_url(server: Mapping[str, Any]) -> str:
    """The URL of a server, with the defaults of its variables."""
    url = str(server["url"])
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", str(variable["default"]))
    return url
