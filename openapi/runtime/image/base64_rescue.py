"""An image that came as base64 in JSON, as other models of the vendor send theirs, or as a `data:` URL."""

import binascii
import json
from collections.abc import Iterator
from typing import Any, cast

from attrs import frozen

from ..base.messages import Response
from .image_format import SIGNATURE_BYTES, is_image
from .tunables import BASE64_CHARACTERS, BASE64_DEPTH, BASE64_TEXT

_STARTS = (b"{", b"[", b'"', b"data:image/")
# 16 characters stand for 12 bytes.
_SIGNATURE_CHARACTERS = SIGNATURE_BYTES * 4 // 3


@frozen
class Rescued:
    """An image that was found in a response.

    Args:
        content: Its bytes.
        place: Where it was, such as `images[0]`; empty if the response is nothing else.
    """

    content: bytes
    place: str


def rescued(response: Response) -> Rescued | None:
    """The only image that a response holds as base64; None if there is none, or if there are several."""
    if response.flaw or not response.size or response.size > BASE64_TEXT:
        return None
    if not bytes(response.view()[:64]).lstrip(b"\xef\xbb\xbf\t\r\n ").startswith(_STARTS):
        return None
    found = {one.content: one for one in reversed(list(_images(_value(response.body), "", BASE64_DEPTH)))}
    return next(iter(found.values())) if len(found) == 1 else None


def _value(body: bytes) -> Any:
    text = body.decode("utf-8-sig", errors="replace")
    if text.lstrip().startswith("data:"):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _images(value: object, place: str, depth: int) -> Iterator[Rescued]:
    if isinstance(value, str):
        content = _image(value)
        if content is not None:
            yield Rescued(content, place)
    elif isinstance(value, dict) and depth:
        for name, member in cast("dict[str, object]", value).items():
            yield from _images(member, f"{place}.{name}" if place else name, depth - 1)
    elif isinstance(value, list) and depth:
        for at, member in enumerate(cast("list[object]", value)):
            yield from _images(member, f"{place}[{at}]", depth - 1)


def _image(text: str) -> bytes | None:
    if len(text) < BASE64_CHARACTERS:
        return None
    text = text.strip()
    if text.startswith("data:"):
        head, _, text = text.partition(",")
        if not head.endswith(";base64"):
            return None
    start = _decoded("".join(text[: 2 * _SIGNATURE_CHARACTERS].split())[:_SIGNATURE_CHARACTERS])
    return _decoded("".join(text.split())) if start and is_image(start) else None


def _decoded(text: str) -> bytes | None:
    try:
        # Both alphabets, with or without the padding.
        plain = text.replace("-", "+").replace("_", "/").rstrip("=").encode("ascii")
        return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4), strict_mode=True)
    except (ValueError, UnicodeEncodeError):
        return None
