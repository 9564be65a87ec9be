"""What the file in a successful response has to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..base.errors import InvalidImageError, InvalidResponseError
from ..base.excerpts import excerpt
from ..base.image_warnings import (
    BrokenOffWarning,
    ContentTypeWarning,
    FormatMismatchWarning,
    ImageWarning,
    RescuedImageWarning,
    SeedMismatchWarning,
    SingleColourWarning,
    SizeMismatchWarning,
    TrailingBytesWarning,
)
from ..base.messages import Request, Response
from ..spec.semantics import NO_SEMANTICS, RequestSemantics
from .image_format import ImageFacts, read_image, trailing_kind

if TYPE_CHECKING:
    from ..spec.service import Service


class Judgement(NamedTuple):
    """An image that is whole.

    Args:
        response: The response, whose body is the image: also where it came as base64.
        facts: What its bytes say about it.
        warnings: What is odd about it.
    """

    response: Response
    facts: ImageFacts
    warnings: tuple[ImageWarning, ...]


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

    def check(self, request: Request, response: Response) -> None:
        """Refuse a body that is empty, incomplete, or of another content type.

        Raises:
            InvalidResponseError: The body is refused; the error has its bytes.
        """
        reason = "" if self._documents(response.media_type or "") else self._expected(response)
        reason = reason or response.flaw or ("" if response.size else "the body is empty")
        if reason:
            raise self._refusal(InvalidResponseError, request, response, reason)

    def judged(self, request: Request, response: Response) -> Judgement:
        """The image of a response, judged by its bytes: what is odd but can be read is a warning.

        Raises:
            InvalidImageError: The body holds no image, or not a whole one. The error has the bytes.
        """
        facts = read_image(response.view())
        # What broke off right behind the end of an image has taken nothing from it.
        if response.flaw and facts is not None and (facts.flaw or facts.end != response.size):
            raise self._refusal(InvalidImageError, request, response, response.flaw)
        image, rescue = response, tuple[ImageWarning, ...]()
        if facts is None:
            image, rescue = _taken_from_text(response)
            facts = read_image(image.view()) if rescue else None
        if facts is None:
            raise self._refusal(InvalidImageError, request, response, self._lacks_image(response))
        if facts.flaw:
            raise self._refusal(InvalidImageError, request, response, facts.flaw)
        return Judgement(image, facts, (*rescue, *self._oddities(request, image, facts, is_rescued=bool(rescue))))

    def _oddities(
        self, request: Request, response: Response, facts: ImageFacts, *, is_rescued: bool
    ) -> Iterator[ImageWarning]:
        if facts.media_type != response.media_type and not is_rescued:
            yield ContentTypeWarning(response.media_type, facts.media_type)
        if not self._documents(facts.media_type):
            yield FormatMismatchWarning(self.media_types, facts.media_type)
        size = self.semantics.size(request)
        if size is not None and facts.width is not None and facts.height is not None:
            received = facts.width, facts.height
            if received != size:
                yield SizeMismatchWarning(size, received)
        seeds = self.semantics.replaced_seed(request, response.headers)
        if seeds is not None:
            yield SeedMismatchWarning(*seeds)
        if response.flaw:
            yield BrokenOffWarning(response.flaw)
        if response.size > facts.end:
            yield TrailingBytesWarning(response.size - facts.end, trailing_kind(response.view(), facts.end))
        if facts.flat:
            yield SingleColourWarning()

    def _documents(self, media_type: str) -> bool:
        return media_type in self.media_types or _is_any_of(media_type, self.media_types)

    def _expected(self, response: Response) -> str:
        return f"{' or '.join(self.media_types)} was expected: {excerpt(response)}"

    def _lacks_image(self, response: Response) -> str:
        if not self._documents(response.media_type or ""):
            return self._expected(response)
        empty = "" if response.size else "the body is empty"
        return response.flaw or empty or f"labelled {response.media_type}, but not an image: {excerpt(response)}"

    def _refusal(
        self, error: type[InvalidResponseError], request: Request, response: Response, reason: str
    ) -> InvalidResponseError:
        return error(request, response, reason, billed=self.billed)


def _taken_from_text(response: Response) -> tuple[Response, tuple[ImageWarning, ...]]:
    from .base64_rescue import rescued

    found = rescued(response)
    if found is None:
        return response, ()
    warning = RescuedImageWarning(response.media_type, found.place)
    return response._replace(content=found.content, spool=None), (warning,)


def _is_any_of(media_type: str, patterns: tuple[str, ...]) -> bool:
    from fnmatch import fnmatchcase

    return any(fnmatchcase(media_type, pattern) for pattern in patterns)
