# @generated from openapi/runtime/image/result_spec.py by `make generate`. Do not edit: change that file.
"""What the file in a successful response has to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..base.errors import InvalidImageError, InvalidResponseError, excerpt
from ..base.messages import Request, Response
from ..spec.semantics import NO_SEMANTICS, RequestSemantics
from .image_format import ImageFacts, read_image

if TYPE_CHECKING:
    from ..spec.service import Service


class ResultSpec(NamedTuple):
    """What the document says of a file that an operation returns.

    Args:
        media_types: Its documented content types; one can be a pattern such as `image/*`.
        billed: Whether it is charged for, or None if the document does not say.
        service: The facts of the document that every call needs.
        semantics: Which properties of the request mean something to the client.
    """

    media_types: tuple[str, ...]
    billed: bool | None
    service: Service
    semantics: RequestSemantics = NO_SEMANTICS

    def check(self, request: Request, response: Response, error: type[InvalidResponseError]) -> None:
        """Refuse a body that is empty, incomplete, or of another content type.

        Raises:
            InvalidResponseError: The body is refused; the error has its bytes.
        """
        media_type = response.media_type or ""
        if media_type not in self.media_types and not _is_any_of(media_type, self.media_types):
            expected = " or ".join(self.media_types)
            raise error(request, response, f"{expected} was expected: {excerpt(response)}", billed=self.billed)
        if response.flaw:
            raise error(request, response, response.flaw, billed=self.billed)
        if not response.size:
            raise error(request, response, "the body is empty", billed=self.billed)

    def image(self, request: Request, response: Response) -> ImageFacts:
        """What the bytes of an image say about it.

        Raises:
            InvalidImageError: The body is not an image, is incomplete, or has another format than its content type
                says or another size than was requested. The error has the bytes.
        """
        self.check(request, response, InvalidImageError)
        facts = read_image(response.view())
        flaw = _flaw(response, facts, self.semantics.size(request))
        if facts is None or flaw:
            raise InvalidImageError(request, response, flaw, billed=self.billed)
        return facts


def _is_any_of(media_type: str, patterns: tuple[str, ...]) -> bool:
    from fnmatch import fnmatchcase

    return any(fnmatchcase(media_type, pattern) for pattern in patterns)


def _flaw(response: Response, facts: ImageFacts | None, size: tuple[int, int] | None) -> str:
    if facts is None:
        return f"labelled {response.media_type}, but not an image: {excerpt(response)}"
    if facts.media_type != response.media_type:
        return f"labelled {response.media_type}, but the bytes are {facts.media_type}"
    if not facts.whole:
        return f"the image is cut off: its {response.size} bytes have no end marker of {facts.media_type}"
    # Of a format whose header is not read, neither is known.
    if size is not None and facts.width is not None and (facts.width, facts.height) != size:
        return f"the image is {facts.width} x {facts.height} pixels, not {size[0]} x {size[1]} as requested"
    if size is not None and facts.width is None and facts.media_type == "image/jpeg":
        return "the size of the image cannot be read"
    return ""
