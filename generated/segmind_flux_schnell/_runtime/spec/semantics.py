# @generated from openapi/runtime/spec/semantics.py by `make generate`. Do not edit: change that file.
"""What a request asks for, where the document says which of its properties mean what."""

from collections.abc import Mapping
from typing import Any, cast

from attrs import frozen

from ..base.messages import Headers, Request


@frozen
class SemanticField:
    """A property of a request with a meaning for the client.

    Args:
        api_name: Its name in the request.
        default: What the service takes where the request leaves it out, or None.
    """

    api_name: str
    default: int | None = None

    def value(self, request: Request) -> int | None:
        """The whole number that a request has here; None where it has none, or its body cannot be looked into."""
        body: object = request.json
        if not isinstance(body, dict) and not isinstance(body, Mapping):
            return None
        value = cast("Mapping[str, Any]", body).get(self.api_name, self.default)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


@frozen(kw_only=True)
class RequestSemantics:
    """The properties of an operation's requests that mean something to the client (`x-semantics`).

    Args:
        width: Width of the image, in pixels.
        height: Height of the image, in pixels.
        count: Number of images.
        seed: Start of the random numbers.
        drawn: The seed that asks the service to draw one.
        prompt: What the image shall show, in words.
        seed_header: Header in which a response tells the seed that was used.
    """

    width: SemanticField | None = None
    height: SemanticField | None = None
    count: SemanticField | None = None
    seed: SemanticField | None = None
    drawn: int | None = None
    prompt: str | None = None
    seed_header: str | None = None

    def images(self, request: Request) -> int:
        """How many images a request asks for, at least 1."""
        return max(1, (self.count.value(request) if self.count else None) or 1)

    def size(self, request: Request) -> tuple[int, int] | None:
        """Width and height of the image that a request asks for, in pixels.

        None where it cannot be told; also for several images, since nobody says how one response holds them.
        """
        if self.width is None or self.height is None or self.images(request) != 1:
            return None
        width, height = self.width.value(request), self.height.value(request)
        return None if width is None or height is None else (width, height)

    def used_seed(self, request: Request, headers: Headers) -> int | None:
        """The seed of an image: as the service says, else as it was sent; None where it was drawn in silence."""
        told = headers.integer(self.seed_header) if self.seed_header else None
        if told is not None:
            return told
        sent = self.seed.value(request) if self.seed else None
        return None if sent == self.drawn else sent

    def description(self, request: Request) -> str | None:
        """What an image shall show, in words, or None."""
        text = _members(request).get(self.prompt) if self.prompt else None
        return text if isinstance(text, str) else None


NO_SEMANTICS = RequestSemantics()
"""Of an operation that the document says no such things of."""


def _members(request: Request) -> Mapping[str, Any]:
    body: object = request.json
    return cast("Mapping[str, Any]", body) if isinstance(body, Mapping) else {}
