"""How the fields of a form and the parts of a multipart body are written: the `encoding` of a media type."""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from .alternatives import described_properties
from .document import Document, Problem, child
from .media_types import media_kind, plain_type
from .parameter_styles import ParameterStyle, judged_style

_STYLE = ("style", "explode", "allowReserved")
_OWN_HEADERS = ("content-type", "content-disposition")


@frozen
class FieldEncoding:
    """How a field of a form, or a part, is written.

    Args:
        style: Its style, or None for the usual one.
        media_type: Its media type, or None where that follows from its value.
        headers: Headers that it has besides.
    """

    style: ParameterStyle | None = None
    media_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


def encodings(document: Document, media: str) -> dict[str, FieldEncoding]:
    """The fields of a media type that are written otherwise than usual, by name."""
    found = {name: _judged(document, media, name)[0] for name in _described(document, media)}
    return {name: one for name, one in found.items() if one != FieldEncoding()}


def encoding_problems(document: Document, media: str) -> Iterator[Problem]:
    """What of the encoding of a media type the client does otherwise than the document says, or decides itself."""
    for name in _described(document, media):
        yield from _judged(document, media, name)[1]


def _described(document: Document, media: str) -> dict[str, Any]:
    found = document.at(media).get("encoding")
    return {name: one for name, one in found.items() if isinstance(one, dict)} if isinstance(found, dict) else {}


def _judged(document: Document, media: str, name: str) -> tuple[FieldEncoding, list[Problem]]:
    described, pointer = _described(document, media)[name], child(media, "encoding", name)
    is_form = media_kind(media_name(media)) == "form"
    problems: list[Problem] = []
    style = None
    schema = described_properties(document, child(media, "schema")).get(name)
    # In OpenAPI 3.0, parts have no styles: there, `style: form` is often named, and not meant.
    is_styled = any(keyword in described for keyword in _STYLE) and (is_form or not _is_30(document))
    if schema is not None and is_styled and not _holds_files(document, schema):
        # What has a style has no media type.
        style, problems = judged_style(document, "query", described, pointer, schema)
    media_type = None if style is not None else _media_type(described.get("contentType"))
    if is_form and media_type is not None:
        style = ParameterStyle("form", explode=True, media_type=media_type) if _is_json(media_type) else None
        media_type = None
    headers, missing = _headers(document, pointer, described) if not is_form else ((), [])
    return FieldEncoding(style, media_type, headers), [*problems, *missing]


def _is_30(document: Document) -> bool:
    return str(document.root.get("openapi", "")).startswith("3.0")


def _holds_files(document: Document, schema: str) -> bool:
    nodes = [document.resolved_at(place) for place in (schema, child(schema, "items")) if document.has(place)]
    return any(isinstance(node, dict) and node.get("format") == "binary" for node in nodes)


def media_name(media: str) -> str:
    """The media type that a pointer leads to."""
    return media.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def _media_type(described: object) -> str | None:
    """The media type of a part, where there is only one."""
    text = described if isinstance(described, str) else ""
    return text.strip() if text.strip() and not {",", "*"} & set(text) else None


def _is_json(media_type: str) -> bool:
    return plain_type(media_type).endswith("json")


def _headers(
    document: Document, pointer: str, described: dict[str, Any]
) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    """Headers of a part whose values the document has, and those that the client does not send."""
    found: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for name in described.get("headers") or {}:
        place = child(pointer, "headers", name)
        schema = document.resolved_at(place).get("schema") or {}
        values = [schema[keyword] for keyword in ("const", "default") if keyword in schema] or schema.get("enum", ())
        if name.lower() in _OWN_HEADERS:
            continue
        if len(values) == 1 and isinstance(values[0], str) and values[0].isascii() and values[0].isprintable():
            found.append((name, values[0]))
        else:
            problems.append(Problem(f"a part cannot be given the header {name!r}", place, "it is not sent"))
    return tuple(found), problems
