"""What a request means to the client, by the semantics that the document gives its properties (`x-semantics`)."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from attrs import frozen

from ..base.messages import Headers, Request


class SemanticField(NamedTuple):
    """A property of a request whose meaning the client knows.

    Args:
        api_name: Its name in the request.
        default: The value that the service uses if the request leaves it out, or None.
    """

    api_name: str
    default: int | None = None

    def value(self, request: Request) -> int | None:
        """The whole number that a request has here, or None."""
        body: object = request.json
        if not isinstance(body, dict) and not isinstance(body, Mapping):
            return None
        value = cast("Mapping[str, Any]", body).get(self.api_name, self.default)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


@frozen(kw_only=True)
class RequestSemantics:
    """The properties of an operation's requests whose meaning the client knows.

    Args:
        width: Width of the image, in pixels.
        height: Height of the image, in pixels.
        count: Number of images.
        seed: Start of the random numbers.
        random_seed: The value of the seed that makes the service draw one, such as -1, or None.
        prompt: Name of the property that says in words what the image shows.
        seed_header: Header in which a response reports the seed that was used.
    """

    width: SemanticField | None = None
    height: SemanticField | None = None
    count: SemanticField | None = None
    seed: SemanticField | None = None
    random_seed: int | None = None
    prompt: str | None = None
    seed_header: str | None = None

    @property
    def describes_images(self) -> bool:
        """Whether requests say how large an image is to be, or how many there are to be."""
        return (self.width or self.height or self.count) is not None

    def images(self, request: Request) -> int:
        """Number of images that a request orders, at least 1."""
        return max(1, (self.count.value(request) if self.count else None) or 1)

    def size(self, request: Request) -> tuple[int, int] | None:
        """Width and height of the image that a request orders, in pixels, or None if they are unknown.

        None also for several images: the document does not say how one response holds them.
        """
        if self.width is None or self.height is None or self.images(request) != 1:
            return None
        width, height = self.width.value(request), self.height.value(request)
        return None if width is None or height is None else (width, height)

    def used_seed(self, request: Request, headers: Headers) -> int | None:
        """The seed of an image: as reported, else as requested; None if the service drew it without reporting it."""
        reported = headers.integer(self.seed_header) if self.seed_header else None
        if reported is not None:
            return reported
        requested = self.seed.value(request) if self.seed else None
        return None if requested == self.random_seed else requested

    def replaced_seed(self, request: Request, headers: Headers) -> tuple[int, int] | None:
        """The seed that a request names and the other one that the service reports; None if the service kept it.

        None also for a request that names no seed, or leaves it to the service to draw one.
        """
        reported = headers.integer(self.seed_header) if self.seed_header else None
        requested = self.seed._replace(default=None).value(request) if self.seed else None
        if reported is None or requested is None or requested in (reported, self.random_seed):
            return None
        return requested, reported

    def description(self, request: Request) -> str | None:
        """What an image shows, in words, or None."""
        text = _members(request).get(self.prompt) if self.prompt else None
        return text if isinstance(text, str) else None


NO_SEMANTICS = RequestSemantics()
"""Those of an operation without `x-semantics`."""


def _members(request: Request) -> Mapping[str, Any]:
    body: object = request.json
    return cast("Mapping[str, Any]", body) if isinstance(body, Mapping) else {}
