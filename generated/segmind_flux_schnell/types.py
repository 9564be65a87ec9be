# @generated from openapi/flux-schnell.yaml (SHA-256 80f6a332d87e) by `make generate`. Do not edit: change that file.
"""Types that all modules share."""

from collections.abc import Mapping
from typing import IO, Any, BinaryIO, Generic, TypeGuard, TypeVar, cast

from attrs import define, field, frozen

from ._runtime.base.messages import Headers, shown_size
from ._runtime.base.unset import UNSET, Unset

FileContent = IO[bytes] | bytes | str
FileTypes = tuple[str | None, FileContent, str | None] | tuple[str | None, FileContent, str | None, Mapping[str, str]]
RequestFiles = list[tuple[str, FileTypes]]

T = TypeVar("T")


@define
class File:
    """A file to upload.

    Args:
        payload: What to read its bytes from.
        file_name: The name to give it: services take a part of a body for a file only if it has one.
        mime_type: Its media type.
    """

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """The file as the HTTP library takes it."""
        return self.file_name or "file", self.payload, self.mime_type


@frozen(kw_only=True)
class DetailedResponse(Generic[T]):
    """A response with a documented status, as the functions whose names end in `_detailed` give it back.

    Args:
        status_code: HTTP status.
        content: The body.
        headers: The headers.
        parsed: The documented object that the body holds, or None where it has none or another shape.
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
    "FileTypes",
    "RequestFiles",
    "DetailedResponse",
    "Unset",
    "is_array",
    "is_constant",
    "is_object",
]
