"""The file of a response: judged, and kept in memory or moved into place on disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve

from ..base.errors import MismatchError, NotSavedError
from ..base.image_warnings import FormatMismatchWarning, SeedMismatchWarning, SizeMismatchWarning
from ..base.messages import Request, Response
from ..base.wording import reason
from .file_writing import Copier, copier, write
from .image_attributes import ImageAttributes
from .media import Binary, BinaryResult, SavedFile
from .result_spec import ResultSpec

if TYPE_CHECKING:
    from pathlib import Path

    from ..spec.operation import Operation

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
    _put(body, saved.path, copier(path, saved.media_type, provenance, spec))
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


def _put(response: Response, path: Path, copy: Copier) -> None:
    from io import BytesIO

    failure = response.spool.failure if response.spool is not None else None
    if failure is not None:
        raise NotSavedError(response.body, str(path), reason(failure))
    source = response.spool.file if response.spool is not None else BytesIO(response.content)
    write(path, source, copy, lambda: response.body)


_MISMATCHES = (SizeMismatchWarning, SeedMismatchWarning, FormatMismatchWarning)
"""The warnings that say that an image is not the one that was requested."""
