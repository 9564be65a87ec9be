"""Media types: the kind of body of each, and which of several the client reads."""

from collections.abc import Mapping
from typing import Any, Literal

MediaKind = Literal["json", "text", "form", "multipart", "file"]

IMAGES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
"""The image formats that the client can check."""


def media_kind(media_type: str) -> MediaKind:
    """The kind of body that a media type stands for. Whatever is not JSON, text or a form is a file."""
    plain = plain_type(media_type)
    if plain in ("application/json", "text/json") or plain.endswith("+json"):
        return "json"
    if plain.startswith("text/"):
        return "text"
    forms: dict[str, MediaKind] = {"application/x-www-form-urlencoded": "form", "multipart/form-data": "multipart"}
    return forms.get(plain, "file")


def plain_type(media_type: str) -> str:
    """The media type in lower case, without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def readable(content: Mapping[str, Any]) -> list[str]:
    """Those media types of a response that are read into the same type as the first."""
    names = list(content)
    return [name for name in names if _same_reading(content, names[0], name)]


def _same_reading(content: Mapping[str, Any], one: str, other: str) -> bool:
    kind = media_kind(one)
    if kind != media_kind(other):
        return False
    return kind != "json" or content[one].get("schema") == content[other].get("schema")
