"""The paths of a document: what of each is sent as path, as query, and not at all."""

import re
from urllib.parse import quote, unquote

from attrs import frozen

from .document import tokens


@frozen
class PathParts:
    """A path of the document.

    Args:
        path: What is sent as the path, with the names of parameters in braces.
        query: What is sent as the query: names and values, percent-encoded but for the names of parameters in braces.
        fragment: What only tells operations apart, without its `#`.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    fragment: str = ""


def path_parts(path: str) -> PathParts:
    """A path, divided as URLs are."""
    rest, _, fragment = path.partition("#")
    plain, _, query = rest.partition("?")
    pairs = (part.partition("=") for part in query.split("&") if part)
    return PathParts(plain, tuple((_encoded(name), _encoded(value)) for name, _, value in pairs), fragment)


def path_of(operation: str) -> str:
    """The path of an operation, as the document writes it."""
    return tokens(operation)[1]


def names_in(template: str) -> list[str]:
    """The names of parameters in a path, or in a part of its query."""
    return re.findall(r"{([^{}]*)}", template)


def _encoded(text: str) -> str:
    parts = re.split(r"({[^{}]*})", text)
    return "".join(part if names_in(part) else quote(unquote(part), safe="") for part in parts)
