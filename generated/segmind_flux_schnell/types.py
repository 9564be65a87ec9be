# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""Types that all modules share: `UNSET`, files to upload, whole responses."""

from collections.abc import Mapping
from typing import IO, Any, BinaryIO, Generic, TypeGuard, TypeVar, cast

from attrs import define, field, frozen

from ._runtime.base.messages import Headers, shown_size
from ._runtime.base.unset import UNSET, Unset

FileContent = IO[bytes] | bytes | str
"""What the bytes of a part of a multipart body are read from."""

FileTypes = tuple[str | None, FileContent, str | None] | tuple[str | None, FileContent, str | None, Mapping[str, str]]
"""One part of a multipart body: file name, content, media type and, in the longer form, headers of its own."""

RequestFiles = list[tuple[str, FileTypes]]
"""The parts of a multipart body, each with the name of its field."""

T = TypeVar("T")


@define
class File:
    """A file to upload.

    Args:
        payload: Open binary file to read.
        file_name: Name to send. Services treat a part of a body as a file only if it has one.
        mime_type: Media type to send.
    """

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """The file in the form that the HTTP library takes."""
        return self.file_name or "file", self.payload, self.mime_type


@frozen(kw_only=True)
class DetailedResponse(Generic[T]):
    """A response with a documented status, as returned by the functions whose names end in `_detailed`.

    Args:
        status_code: HTTP status.
        content: The body.
        headers: The headers.
        parsed: The body as a documented object, or None if there is none or it has another shape.
    """

    status_code: int
    content: bytes = field(repr=shown_size)
    headers: Headers
    parsed: T | None


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether JSON is an array."""
    return isinstance(value, list)


def is_constant(value: object, constant: object) -> bool:
    """Whether JSON is this constant; in JSON true is not 1."""
    return value == constant and isinstance(value, bool) == isinstance(constant, bool)


def is_object(value: object, tags: Mapping[str, tuple[object, ...]]) -> TypeGuard[dict[str, Any]]:
    """Whether JSON is an object that has only these values in these properties, as far as it has them."""
    if not isinstance(value, dict):
        return False
    held = cast("dict[str, object]", value)
    return all(held[name] in values for name, values in tags.items() if name in held)


__all__ = [
    "UNSET",
    "File",
    "FileContent",
    "FileTypes",
    "RequestFiles",
    "DetailedResponse",
    "Unset",
    "is_array",
    "is_constant",
    "is_object",
]
