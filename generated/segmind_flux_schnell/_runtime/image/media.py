# @generated from openapi/runtime/image/media.py by `make generate`. Do not edit: change that file.
"""Results that are not JSON: files, and images among them, in memory or on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, TypeVar

from attrs import evolve, field, frozen

from ..base.errors import MismatchError, NotSavedError
from ..base.image_warnings import FormatMismatchWarning, ImageWarning, SeedMismatchWarning, SizeMismatchWarning
from ..base.messages import Headers, Request, Response, shown_size
from ..base.wording import reason
from .image_attributes import ImageAttributes
from .result_spec import ResultSpec

if TYPE_CHECKING:
    from pathlib import Path

    from ..spec.operation import Operation
    from .conversion import Conversion
    from .provenance import Provenance


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

        _write(path, BytesIO(self.content), _plain_copy, lambda: self.content)
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
        copy = _copier(path, self.media_type, self if wanted else None, self._spec)
        _write(path, BytesIO(self.content), copy, lambda: self.content)
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


B = TypeVar("B", bound=Binary)
F = TypeVar("F", bound=SavedFile)


def read_result(kind: type[B], spec: ResultSpec, request: Request, response: Response) -> B:
    """Take the file from a successful response.

    Args:
        kind: The class of the result.
        spec: What the file has to be.
        request: The request.
        response: Its response.

    Raises:
        InvalidResponseError: The body is empty, incomplete, or of another content type than the document says.
        InvalidImageError: The body holds no whole image. The error has the bytes.
    """
    image, attributes = _checked(kind, spec, request, response)
    return kind(content=image.content, **attributes)


def store_result(
    kind: type[F],
    spec: ResultSpec,
    operation: Operation[Any],
    request: Request,
    response: Response,
    path: str | os.PathLike[str],
    embeds: bool,
    refuses_mismatches: bool = False,
) -> F:
    """Check the file in the spool of a response, and move it into place.

    Args:
        kind: The class of the result.
        spec: What the file has to be.
        operation: The operation that was called.
        request: The request.
        response: Its response.
        path: Where to write the file. An existing one is replaced.
        embeds: Whether to embed the request, if the file is an image.
        refuses_mismatches: Whether an image other than requested is an error.

    Raises:
        ResponseError: The response is not a success, or not what was requested.
        NotSavedError: The file cannot be written. The error has the bytes.
    """
    from pathlib import Path

    from .conversion import conversion

    failure = operation.failure(request, response)
    if failure is not None:
        raise failure
    body, attributes = _checked(kind, spec, request, response)
    saved = kind(path=Path(path), byte_count=response.size, **attributes)
    image = saved if isinstance(saved, ImageAttributes) else None
    mismatch = mismatch_of(image, body, spec.billed) if image is not None and refuses_mismatches else None
    if mismatch is not None:
        raise mismatch
    provenance = image if embeds else None
    _put(body, saved.path, _copier(path, saved.media_type, provenance, spec))
    converted = conversion(path, saved.media_type)
    return saved if converted is None else evolve(saved, media_type=converted.target)


def mismatch_of(image: ImageAttributes, response: Response, billed: bool | None) -> MismatchError | None:
    """The error for an image other than requested, of another size, seed or format; None for the one requested.

    Args:
        image: The image.
        response: Its response, whose body is the image.
        billed: Whether it is charged for; None if that is not known.
    """
    found = tuple(one for one in image.warnings if isinstance(one, _MISMATCHES))
    return MismatchError(image.request, response, found, billed=billed) if found else None


def _checked(
    kind: type[BinaryResult], spec: ResultSpec, request: Request, response: Response
) -> tuple[Response, dict[str, Any]]:
    """The response whose body is the file, and the attributes that its result has in memory and on disk."""
    found: dict[str, Any] = {"headers": response.headers, "request": request}
    if issubclass(kind, ImageAttributes):
        image, facts, warnings = spec.judged(request, response)
        size = {"width": facts.width, "height": facts.height}
        return image, {**found, "media_type": facts.media_type, **size, "warnings": warnings}
    spec.check(request, response)
    return response, {**found, "media_type": response.media_type or ""}


Copier = Callable[[BinaryIO, BinaryIO], str]
"""Copies a file, and returns why the request should have been embedded and was not; empty otherwise."""


def _copier(path: str | os.PathLike[str], media_type: str, image: ImageAttributes | None, spec: ResultSpec) -> Copier:
    """The function that copies a file: unchanged, with the request of an image embedded, or in another format."""
    from .conversion import conversion

    needed = conversion(path, media_type)
    if needed is not None:
        return lambda source, target: _converting_copy(needed, image, spec, source, target)
    return _plain_copy if image is None else lambda source, target: _embedding_copy(image, spec, source, target)


def _plain_copy(source: BinaryIO, target: BinaryIO) -> str:
    from shutil import copyfileobj

    source.seek(0)
    copyfileobj(source, target)
    return ""


def _embedding_copy(image: ImageAttributes, spec: ResultSpec, source: BinaryIO, target: BinaryIO) -> str:
    from .provenance import TOO_LONG, embed

    description = spec.semantics.description(image.request)
    return "" if embed(source, target, _provenance(image, spec), description=description) else TOO_LONG


def _converting_copy(
    conversion: Conversion, image: ImageAttributes | None, spec: ResultSpec, source: BinaryIO, target: BinaryIO
) -> str:
    from io import BytesIO

    from .provenance import packet_of

    if conversion.obstacle:
        raise ValueError(conversion.obstacle)
    if image is None or not conversion.holds_xmp:
        conversion.write(source, target, None)
        return f"{conversion.format} does not hold it" if image is not None else ""
    if conversion.format == "JPEG":
        converted = BytesIO()
        conversion.write(source, converted, None)
        return _embedding_copy(image, spec, converted, target)
    conversion.write(source, target, packet_of(_provenance(image, spec), spec.semantics.description(image.request)))
    return ""


def _provenance(image: ImageAttributes, spec: ResultSpec) -> Provenance:
    from datetime import UTC, datetime

    from .provenance import Provenance

    service = spec.service
    return Provenance(
        operation=image.request.operation,
        request=image.request.json,
        seed=image.seed,
        request_id=image.headers.get(service.request_id_header or ""),
        spec_version=service.version,
        client=service.client,
        created=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        warnings=tuple({"code": one.code, "message": str(one)} for one in image.warnings),
    )


def _write(path: str | os.PathLike[str], source: BinaryIO, copy: Copier, content: Callable[[], bytes]) -> None:
    from ..base.saving import replacing

    failure: Exception | None = None
    flaw = ""
    try:
        with replacing(path, keeps=True) as target:
            flaw = copy(source, target)
    except (OSError, ValueError) as error:
        # A name that no file can have is a ValueError.
        failure = error
    if failure is not None:
        kept = getattr(failure, "kept", None)
        why = str(failure) if isinstance(failure, ValueError) else reason(failure)
        raise NotSavedError(content(), os.fspath(path), why, kept=str(kept) if kept else None)
    if flaw:
        from .provenance import warn_not_embedded

        # After the file is in place: where warnings are errors, the image is there all the same.
        warn_not_embedded(path, flaw)


def _put(response: Response, path: Path, copy: Copier) -> None:
    from io import BytesIO

    failure = response.spool.failure if response.spool is not None else None
    if failure is not None:
        raise NotSavedError(response.body, str(path), reason(failure))
    source = response.spool.file if response.spool is not None else BytesIO(response.content)
    _write(path, source, copy, lambda: response.body)


_MISMATCHES = (SizeMismatchWarning, SeedMismatchWarning, FormatMismatchWarning)
"""The warnings that say that an image is not the one that was requested."""
