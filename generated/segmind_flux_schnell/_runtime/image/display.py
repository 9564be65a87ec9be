# @generated from openapi/runtime/image/display.py by `make generate`. Do not edit: change that file.
"""How an image shows itself in a notebook: its bytes by MIME type, with a width that leaves room for other cells."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Collection
from html import escape
from typing import Any, Final, NamedTuple

from ..base.regular_files import read_regular
from ..base.wording import one_line
from .image_format import read_image
from .tunables import DISPLAYED_BYTES, DISPLAYED_SIDE

BY_TYPE: Final = frozenset({"image/jpeg", "image/png"})
"""The formats that every frontend shows by their MIME type.

Source: https://nbconvert.readthedocs.io, whose templates and exporters know these two and SVG.
"""

IN_HTML: Final = frozenset({"image/avif", "image/bmp", "image/gif", "image/webp"})
"""Further formats that every browser shows, as an image of HTML."""

MimeBundle = tuple[dict[str, Any], dict[str, Any]]
"""What IPython takes from `_repr_mimebundle_`: data and metadata, by MIME type."""


class Displayed(NamedTuple):
    """An image to show.

    Args:
        media_type: Its format.
        width: Its width in pixels, or None if it is not known.
        height: Its height in pixels, or None if it is not known.
        description: The text for those who do not see it.
    """

    media_type: str
    width: int | None
    height: int | None
    description: str

    @property
    def metadata(self) -> dict[str, Any]:
        """Width in CSS pixels, if the image is larger than is convenient in a notebook, and its text."""
        shown: dict[str, Any] = {"alt": one_line(self.description)} if self.description else {}
        if self.width and self.height and max(self.width, self.height) > DISPLAYED_SIDE:
            # No height: where a page is narrower than that, it follows the width.
            shown["width"] = max(1, round(self.width * DISPLAYED_SIDE / max(self.width, self.height)))
        return shown

    def bundle(self, content: bytes, wanted: Collection[str]) -> MimeBundle:
        """The image as IPython takes it, in the one of the wanted MIME types that fits; empty if none does."""
        if not 0 < len(content) <= DISPLAYED_BYTES:
            return {}, {}
        if self.media_type in BY_TYPE & set(wanted):
            return {self.media_type: _base64(content)}, {self.media_type: self.metadata}
        if self.media_type in IN_HTML and "text/html" in wanted:
            return {"text/html": self._html(content)}, {}
        return {}, {}

    def _html(self, content: bytes) -> str:
        attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in self.metadata.items())
        return f'<img src="data:{self.media_type};base64,{_base64(content)}"{attributes}>'


def wanted_types(include: Collection[str] | None, exclude: Collection[str] | None) -> frozenset[str]:
    """The MIME types that a frontend wants, of those that an image can have."""
    possible = frozenset({"text/plain", "text/html", *BY_TYPE})
    return (possible & set(include) if include else possible) - set(exclude or ())


def content_of(path: str | os.PathLike[str], media_type: str) -> bytes:
    """The bytes of a file to show; empty if it is gone, too large, or no longer an image of that format."""
    try:
        content = read_regular(path, DISPLAYED_BYTES)
    except (OSError, ValueError):
        return b""
    found = read_image(content)
    return content if media_type in (found.media_type if found else None, *_UNREAD) else b""


def _base64(content: bytes) -> str:
    return b64encode(content).decode("ascii")


_UNREAD = ("image/avif", "image/bmp")
"""The formats of `IN_HTML` whose files are not read by this package, but by browsers."""
