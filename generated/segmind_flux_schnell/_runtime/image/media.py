# @generated from openapi/runtime/image/media.py by `make generate`. Do not edit: change that file.
"""Results that are not JSON: files, and images among them, in memory or on disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from ..base.image_warnings import ImageWarning
from ..base.messages import Headers, Request, shown_size
from .file_writing import copier, plain_copy, write
from .image_attributes import ImageAttributes
from .result_spec import ResultSpec

if TYPE_CHECKING:
    from pathlib import Path


@frozen(kw_only=True)
class BinaryResult:
    """The common attributes of files in memory and on disk.

    Args:
        media_type: The content type that the service gave it, without parameters.
        headers: The headers of the response.
        request: The request that it came from, without the key.
    """

    _spec: ClassVar[ResultSpec]

    media_type: str
    headers: Headers = field(repr=False)
    request: Request = field(repr=False)


@frozen(kw_only=True)
class Binary(BinaryResult):
    """A file that the service sent.

    Args:
        content: Its bytes.
    """

    content: bytes = field(repr=shown_size)

    def __bytes__(self) -> bytes:
        return self.content

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the bytes to a file and return its path. The file is whole or absent, even when the disk is full.

        Args:
            path: Where to write it. An existing file is replaced.

        Raises:
            NotSavedError: The file cannot be written. The error has the bytes.
        """
        from io import BytesIO
        from pathlib import Path

        write(path, BytesIO(self.content), plain_copy, lambda: self.content)
        return Path(path)


@frozen(kw_only=True)
class Image(Binary, ImageAttributes):
    """An image that the service sent, and that is whole.

    Args:
        media_type: Its content type by its bytes, whatever the service calls it.
        width: Width in pixels, read from the file; None if the file does not say.
        height: Height in pixels, read from the file; None if the file does not say.
        warnings: What is odd about it, such as another size than was requested.
    """

    width: int | None = None
    height: int | None = None
    warnings: tuple[ImageWarning, ...] = field(default=(), repr=False)
    _embeds: bool = field(default=True, repr=False, alias="embeds")

    def save(self, path: str | os.PathLike[str], *, provenance: bool | None = None) -> Path:
        """Write the image to a file and return its path. The file is whole or absent, even when the disk is full.

        Args:
            path: Where to write it. An existing file is replaced. For a name that ends with the format of another kind
                of image, such as `.png` or `.webp`, the image is converted, if Pillow is installed. Any other ending
                gets the bytes as they are.
            provenance: Whether to embed the request in the file, prompt included, so that `from_image` of the request's
                class can read it back. No pixel is changed. Defaults to the client's setting. A request that is too
                long for the 65,502 bytes of XMP in a JPEG, with a prompt of some 30,000 characters, is not embedded: a
                `NotEmbeddedWarning` says so, as it does for formats that hold none: GIF, BMP, TIFF and AVIF.

        Raises:
            NotSavedError: The file cannot be written, or the image not be converted. The error has the bytes. If the
                file could not be renamed for some seconds, it is kept under another name, which the error names.
        """
        from io import BytesIO
        from pathlib import Path

        wanted = self._embeds if provenance is None else provenance
        copy = copier(path, self.media_type, self if wanted else None, self._spec)
        write(path, BytesIO(self.content), copy, lambda: self.content)
        return Path(path)

    @property
    def _readable(self) -> bytes:
        return self.content


@frozen(kw_only=True)
class SavedFile(BinaryResult):
    """A file that was written to disk as it arrived.

    Args:
        path: The path of the file.
        byte_count: Number of bytes that the service sent. An image that is converted, or has its request embedded, has
            another number on disk.
    """

    path: Path
    byte_count: int

    def __bytes__(self) -> bytes:
        # Of the file as it is now: it may be converted, or have its request embedded.
        return self.path.read_bytes()


@frozen(kw_only=True)
class SavedImage(SavedFile, ImageAttributes):
    """An image that was written to disk as it arrived, or converted to the format that its name asks for.

    Args:
        media_type: The content type of the file by its bytes, whatever the service calls it: `image/png` for `x.png`.
        width: Width in pixels, read from the file; None if the file does not say.
        height: Height in pixels, read from the file; None if the file does not say.
        warnings: What is odd about it, such as another size than was requested.
    """

    width: int | None = None
    height: int | None = None
    warnings: tuple[ImageWarning, ...] = field(default=(), repr=False)

    @property
    def _readable(self) -> bytes:
        from .display import content_of

        return content_of(self.path, self.media_type)
