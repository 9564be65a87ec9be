"""What the document says of a field besides its rule: what it is for, and its default."""

from collections.abc import Iterable, Iterator
from typing import Any

from runtime.base.rules import Field
from runtime.base.unset import UNSET

from ..document.document import Document
from ..document.problems import visible


def with_facts(field: Field, document: Document, pointers: Iterable[str]) -> Field:
    """A field with its description and its default.

    Args:
        field: The field.
        document: The document.
        pointers: Where it is described: the first that says something counts.
    """
    places = [node for pointer in pointers for node in _nodes(document, pointer)]
    described = next(filter(None, (str(node.get("description", "")) for node in places)), "")
    default = next((node["default"] for node in places if "default" in node), UNSET)
    sentence = first_sentence(described)
    plain = isinstance(default, (str, int, float))
    return field._replace(description=f"{sentence}." if sentence else "", default=default if plain else UNSET)


def first_sentence(text: str) -> str:
    """The first sentence of a description, without its full stop."""
    return " ".join(visible(text).split()).partition(". ")[0].rstrip(".")


def _nodes(document: Document, pointer: str) -> Iterator[dict[str, Any]]:
    yield from (node for node in (document.at(pointer), document.resolved_at(pointer)) if isinstance(node, dict))
