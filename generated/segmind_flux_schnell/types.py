# @generated from openapi/flux-schnell.yaml by `make generate`. Do not edit: change that file.
"""Types that all modules share."""

from collections.abc import Mapping
from typing import IO, BinaryIO, Generic, TypeVar

from attrs import define, field, frozen

from ._runtime.exchange import Headers, shown_size
from ._runtime.unset import UNSET, Unset

FileContent = IO[bytes] | bytes | str
FileTypes = tuple[str | None, FileContent, str | None] | tuple[str | None, FileContent, str | None, Mapping[str, str]]
RequestFiles = list[tuple[str, FileTypes]]

T = TypeVar("T")


@define
class File:
    """A file to upload.

    Args:
        payload: What to read its bytes from.
        file_name: The name to give it.
        mime_type: Its media type.
    """

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """The file as the HTTP library takes it."""
        return self.file_name, self.payload, self.mime_type


@frozen(kw_only=True)
class Response(Generic[T]):
    """An answer with a documented status, as the functions whose names end in `_detailed` give it back.

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


__all__ = ["UNSET", "File", "FileTypes", "RequestFiles", "Response", "Unset"]
