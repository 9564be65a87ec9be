"""Servers that a client cannot use as they stand: it has to be given a base URL, or uses another."""

import re
from collections.abc import Iterator
from typing import Any

from ..document.document import Document, Problem, child
from ..document.servers import first_server, is_base_url, own_servers, server_url, servers
from ..document.traversal import operations


def unusable_servers(document: Document) -> Iterator[Problem]:
    """What the client does otherwise than the servers of a document say."""
    described: list[dict[str, Any]] = document.root.get("servers") or []
    known = servers(document)
    instead = f"the client uses {known[0].url!r}" if known else "`base_url` is a required argument of the clients"
    if not described and not known:
        yield Problem("there are no servers", "/servers" if "servers" in document.root else "", instead)
    for index, server in enumerate(described):
        place = child("/servers", str(index))
        yield from _flaws(server, place, instead)
        if index and "x-env" in server:
            yield Problem("a client takes the variable of the first server only", child(place, "x-env"))
    yield from _unusable_own_servers(document, bool(known))


def _unusable_own_servers(document: Document, has_default: bool) -> Iterator[Problem]:
    seen: set[str] = set()
    for operation in operations(document):
        own = own_servers(document, operation.pointer)
        if not own or own[0] in seen:
            continue
        seen.add(own[0])
        if not has_default:
            yield Problem("there is no server for the other operations", own[0], "all use the `base_url` of the client")
        elif first_server(document, operation.pointer) is None:
            flaw = next((flaw.message for flaw in _flaws(document.at(own[0]), own[0], "")), "the server has no address")
            yield Problem(flaw, own[0], "the operation uses the server of the client")


def _flaws(server: dict[str, Any], pointer: str, instead: str) -> Iterator[Problem]:
    url, variables = server_url(server), server.get("variables") or {}
    missing = [name for name in re.findall(r"{([^}]*)}", url) if name not in variables]
    if missing:
        yield Problem(f"the server has no variable {missing[0]!r}", child(pointer, "url"), instead)
    elif not is_base_url(url):
        text = f"the server {url!r} is not a base URL: https:// and a host, with or without a path"
        yield Problem(text, child(pointer, "url"), instead)
    for name, variable in variables.items():
        default = variable.get("default")
        if default is not None and default not in variable.get("enum", [default]):
            place = child(pointer, "variables", name, "default")
            yield Problem(f"the default {default!r} is not one of the values of the variable", place, "it is used")
