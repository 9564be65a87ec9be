"""The servers of the service."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from .document import Document


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


def servers(document: Document) -> Iterator[ServerFacts]:
    """The servers; a client uses the first."""
    for server in document.root["servers"]:
        yield ServerFacts(server_url(server), " ".join(server.get("description", "").split()), server.get("x-env"))


def server_url(server: Mapping[str, Any]) -> str:
    """The URL of a server, with the defaults of its variables."""
    url = str(server["url"])
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", str(variable["default"]))
    return url
