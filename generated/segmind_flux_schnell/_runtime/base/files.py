# @generated from openapi/runtime/base/files.py by `make generate`. Do not edit: change that file.
"""Files to upload, and the parts of a multipart body."""

from collections.abc import Mapping
from typing import IO, BinaryIO

from attrs import define

FileContent = IO[bytes] | bytes | str
"""What the bytes of a part of a multipart body are read from."""

FileTypes = tuple[str | None, FileContent, str | None] | tuple[str | None, FileContent, str | None, Mapping[str, str]]
"""One part of a multipart body: file name, content, media type and, in the longer form, headers of its own."""

RequestFiles = list[tuple[str, FileTypes]]
"""The parts of a multipart body, each with the name of its field."""


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
