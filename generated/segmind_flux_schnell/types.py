# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""Types that all modules share: `UNSET`, files to upload, whole responses."""

from typing import Generic, TypeVar

from attrs import field, frozen

from ._runtime.base.files import File, FileContent, FileTypes, RequestFiles
from ._runtime.base.messages import Headers, shown_size
from ._runtime.base.unset import UNSET, Unset
from ._runtime.spec.json_unions import UnknownObject

T = TypeVar("T")


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


__all__ = ["UNSET", "File", "FileContent", "FileTypes", "RequestFiles", "DetailedResponse", "UnknownObject", "Unset"]
