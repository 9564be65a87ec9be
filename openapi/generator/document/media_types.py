"""Media types: what kind of body each stands for, and which of several a client reads."""

from collections.abc import Mapping
from typing import Any, Literal

MediaKind = Literal["json", "text", "form", "multipart", "file"]

IMAGES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
"""The images that the client can look into."""


def media_kind(media_type: str) -> MediaKind:
    """What a body of this media type is to the client; all that is no JSON, text or form is a file."""
    plain = plain_type(media_type)
    if plain == "application/json" or plain.endswith("+json"):
        return "json"
    if plain.startswith("text/"):
        return "text"
    forms: dict[str, MediaKind] = {"application/x-www-form-urlencoded": "form", "multipart/form-data": "multipart"}
    return forms.get(plain, "file")


def plain_type(media_type: str) -> str:
    """The media type in lower case, without parameters."""
    return media_type.partition(";")[0].strip().lower()


def readable(content: Mapping[str, Any]) -> list[str]:
    """Of the media types of a response, those that are read into the same thing as the first of them."""
    names = list(content)
    return [name for name in names if _same_reading(content, names[0], name)]


def _same_reading(content: Mapping[str, Any], one: str, other: str) -> bool:
    kind = media_kind(one)
    if kind != media_kind(other):
        return False
    return kind != "json" or content[one].get("schema") == content[other].get("schema")
