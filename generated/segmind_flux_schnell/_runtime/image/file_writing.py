# @generated from openapi/runtime/image/file_writing.py by `make generate`. Do not edit: change that file.
"""How a file is written: as it is, with the request of an image embedded, or converted to another format."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from ..base.errors import NotSavedError
from ..base.wording import reason

if TYPE_CHECKING:
    from .conversion import Conversion
    from .image_attributes import ImageAttributes
    from .provenance import Provenance
    from .result_spec import ResultSpec

Copier = Callable[[BinaryIO, BinaryIO], str]
"""Copies a file, and returns why the request should have been embedded and was not; empty otherwise."""


def copier(path: str | os.PathLike[str], media_type: str, image: ImageAttributes | None, spec: ResultSpec) -> Copier:
    """The function that copies a file: unchanged, with the request of an image embedded, or in another format."""
    from .conversion import conversion

    needed = conversion(path, media_type)
    if needed is not None:
        return lambda source, target: _converting_copy(needed, image, spec, source, target)
    return plain_copy if image is None else lambda source, target: _embedding_copy(image, spec, source, target)


def plain_copy(source: BinaryIO, target: BinaryIO) -> str:
    """Copy a file as it is."""
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


def write(path: str | os.PathLike[str], source: BinaryIO, copy: Copier, content: Callable[[], bytes]) -> None:
    """Write a file, which is whole or absent.

    Args:
        path: Where to write it. An existing file is replaced.
        source: What is copied.
        copy: How.
        content: Gives the bytes that the service sent, for the error.

    Raises:
        NotSavedError: The file cannot be written. The error has the bytes.
    """
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
