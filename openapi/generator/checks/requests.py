"""What the client writes into a request otherwise than the document says, or cannot write at all."""

from collections.abc import Iterator

from ..document.document import Document, Problem, child
from ..document.encodings import encoding_problems
from ..document.media_types import media_kind, plain_type
from ..document.parameter_styles import style_problems
from ..document.parameters import PLACES, is_header_name
from ..document.shapes import EVERYTHING, kinds
from ..document.traversal import Node, objects, sent


def unusual_requests(document: Document) -> Iterator[Problem]:
    """What there is to say of the requests of a document in fewer forms."""
    for node in objects(document):
        if node.kind == "parameter" and "$ref" not in node.value:
            yield from _parameter(document, node)
        if node.kind == "media type":
            yield from _form(document, node)


def _parameter(document: Document, node: Node) -> Iterator[Problem]:
    place, name = node.value.get("in"), str(node.value.get("name"))
    if place not in PLACES:
        yield Problem(
            f"a parameter in {place!r} is not one of a request: {', '.join(PLACES)}", child(node.pointer, "in")
        )
        return
    if place == "header" and not is_header_name(name):
        instead = None if node.value.get("required") else "the parameter is left out"
        yield Problem(f"no header can be called {name!r}", child(node.pointer, "name"), instead)
        return
    yield from style_problems(document, node.pointer)
    found = kinds(document, child(node.pointer, "schema"))
    if place == "query" and node.value.get("allowEmptyValue") and "string" not in found:
        yield Problem(
            "an empty value is allowed, which the type does not have",
            child(node.pointer, "allowEmptyValue"),
            "the parameter can be left out, but not be sent empty",
        )
    items = child(node.pointer, "schema", "items")
    if document.has(items) and "null" in (members := kinds(document, items)) and members != EVERYTHING:
        yield Problem("a list in a parameter cannot hold null", items, "it is sent as the text `null`")


def unwritten_bodies(document: Document) -> Iterator[Problem]:
    """Bodies of a document as it is written that the caller has to write, or that are sent in one way of several."""
    for node in sent(document).values():
        if node.kind == "request body" and "$ref" not in node.value:
            yield from _several(document, node)
            for name in node.value.get("content", {}):
                media = child(node.pointer, "content", name)
                found = kinds(document, child(media, "schema")) if document.has(child(media, "schema")) else EVERYTHING
                is_written = media_kind(name) in ("json", "form", "multipart") or plain_type(name) == "*/*"
                if not is_written and "string" not in found:
                    yield Problem(
                        f"the client cannot encode {name!r}", media, "the caller gives the body already encoded"
                    )


def _several(document: Document, body: Node) -> Iterator[Problem]:
    """Media types of other schemas whose bodies have the same type in Python: the first of them is sent."""
    seen: dict[object, str] = {}
    for name, media in body.value.get("content", {}).items():
        pointer = child(body.pointer, "content", name)
        kind = media_kind(name)
        schema = media.get("schema") if isinstance(media, dict) else None
        place = document.resolved(child(pointer, "schema")) if isinstance(schema, dict) else pointer
        found = kinds(document, place) if place != pointer else EVERYTHING
        written = frozenset({"string"}) if kind == "text" else found
        key: object = "file" if kind == "file" else place if "object" in written else written
        if key in seen and key != "file" and key != place:
            yield Problem(f"{name!r} has the same type as {seen[key]!r}", pointer, f"the body is sent as {seen[key]!r}")
        seen.setdefault(key, name)


def _form(document: Document, node: Node) -> Iterator[Problem]:
    if media_kind(node.name) in ("form", "multipart"):
        if "object" not in kinds(document, child(node.pointer, "schema")):
            yield Problem("a form that is not an object is not supported", child(node.pointer, "schema"))
        yield from encoding_problems(document, node.pointer)
