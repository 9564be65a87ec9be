# @generated from openapi/runtime/image/conversion.py by `make generate`. Do not edit: change that file.
"""Conversion of an image to the format of its file, by Pillow if it is installed."""

from __future__ import annotations

import os
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ..base.optional_libraries import install_command
from ..base.wording import said
from .tunables import CONVERTED_QUALITY


class Conversion(NamedTuple):
    """A conversion between two formats.

    Args:
        source: Media type of the image.
        target: Media type that the name of the file stands for.
    """

    source: str
    target: str

    @property
    def format(self) -> str:
        """The target, as people and Pillow call it: `PNG`."""
        return self.target.partition("/")[2].upper()

    @property
    def holds_xmp(self) -> bool:
        """Whether the request can be embedded in the file, and read from it again."""
        return self.target in ("image/jpeg", "image/png", "image/webp")

    @property
    def obstacle(self) -> str:
        """Why the image cannot be converted here, and what to do; empty if it can."""
        if find_spec("PIL") is None:
            need = f"Pillow converts it: {install_command('pillow')}"
        elif not _can_write(self.format):
            need = f"the Pillow that is installed does not write {self.format}"
        else:
            return ""
        ending = next((name for name, kind in _ENDINGS.items() if kind == self.source), ".bin")
        return f"the image is {self.source}, not {self.target}, and {need}; or save it with the ending {ending}"

    def write(self, source: BinaryIO, target: BinaryIO, packet: bytes | None) -> None:
        """Write an image in the other format.

        Args:
            source: The image, which is read from its beginning.
            target: The file to write to.
            packet: The XMP packet to embed, or None.

        Raises:
            ValueError: Pillow cannot read the image, or not write it in this format.
            OSError: A file cannot be read or written.
        """
        from PIL import Image

        source.seek(0)
        written = BytesIO()
        try:
            with Image.open(source) as image:
                colours = image if image.mode in _MODES.get(self.format, ()) else image.convert("RGB")
                profile = {"icc_profile": image.info.get("icc_profile")} if image.mode == colours.mode else {}
                colours.save(written, self.format, **_options(self.format, packet), **profile)
        except (OSError, SyntaxError, Image.DecompressionBombError) as error:
            # Of what is in memory: the disk has nothing to do with it.
            flaw = said(error)
        else:
            target.write(written.getbuffer())
            return
        raise ValueError(f"the image cannot be converted to {self.format}: {flaw}")


def conversion(path: str | os.PathLike[str], media_type: str) -> Conversion | None:
    """The conversion that the name of a file asks for; None if it takes the bytes of the image as they are.

    Args:
        path: The file. An ending that is not known, or none, stands for any format.
        media_type: The format of the image.
    """
    target = _ENDINGS.get(Path(path).suffix.lower())
    return None if target is None or target == media_type else Conversion(media_type, target)


def obstacle(path: str | os.PathLike[str], media_types: tuple[str, ...]) -> str:
    """Why an image of one of some formats cannot be written to a file of this name; empty if it can.

    It is found out before an image is paid for.
    """
    needed = [conversion(path, media_type) for media_type in media_types if "*" not in media_type]
    # One of the formats may be that of the file.
    return "" if not needed or None in needed else next(one.obstacle for one in needed if one is not None)


def _can_write(name: str) -> bool:
    from PIL import Image

    Image.init()
    return name in Image.SAVE


def _options(name: str, packet: bytes | None) -> dict[str, Any]:
    options: dict[str, Any] = {"quality": CONVERTED_QUALITY} if name in ("AVIF", "JPEG", "WEBP") else {}
    if packet is None:
        return options
    if name == "WEBP":
        return {**options, "xmp": packet}
    from PIL.PngImagePlugin import PngInfo

    chunks = PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", packet.decode())
    return {**options, "pnginfo": chunks}


_MODES = {
    "AVIF": ("RGB", "RGBA"),
    "BMP": ("L", "RGB"),
    "GIF": ("L", "P"),
    "JPEG": ("CMYK", "L", "RGB"),
    "PNG": ("L", "LA", "P", "RGB", "RGBA"),
    "TIFF": ("CMYK", "L", "RGB", "RGBA"),
    "WEBP": ("RGB", "RGBA"),
}
"""How pixels may be stored in a format; all others become RGB."""

_ENDINGS = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jpe": "image/jpeg",
    ".jfif": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".avif": "image/avif",
}
"""The formats that the ending of a name stands for."""
