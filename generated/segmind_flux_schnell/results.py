# @generated from openapi/flux-schnell.yaml by `make generate`. Do not edit: change that file.
"""What the operations give back: files with the headers that came with them, and whole answers."""

from decimal import Decimal
from typing import ClassVar

from attrs import frozen

from ._runtime.base.messages import Headers as _Headers
from ._runtime.image.media import Expected as _Expected
from ._runtime.image.media import Image as _Image
from ._runtime.image.media import KeptImage as _KeptImage
from ._runtime.spec.semantics import Asked as _Asked
from ._runtime.spec.semantics import Meant as _Meant
from ._service import SERVICE as _SERVICE
from .models.error import Error
from .types import Response

GENERATE_IMAGE_ASKED = _Asked(
    width=_Meant("width", 1024),
    height=_Meant("height", 1024),
    count=_Meant("samples", 1),
    seed=_Meant("seed", 123456789),
    drawn=-1,
    prompt="prompt",
    seed_header="x-seed-value",
)
"""Which properties of the request of `generate_image` mean something to the client."""


class _GenerateImageHeaders:
    """What an answer of success to `generate_image` says in its headers."""

    __slots__ = ()

    headers: _Headers

    @property
    def remaining_credits(self) -> Decimal | None:
        """Credits left in the account after this call. None where the service does not say. From
        `x-remaining-credits`."""
        return self.headers.number("x-remaining-credits")

    @property
    def cost(self) -> Decimal | None:
        """Credits charged for this call. None where the service does not say. From `x-cost`."""
        return self.headers.number("x-cost")

    @property
    def request_id(self) -> str | None:
        """The service's name for this call, to quote to its support. None where the service does not say. From
        `x-request-id`."""
        return self.headers.text("x-request-id")

    @property
    def generation_time(self) -> Decimal | None:
        """Seconds that the generation took. None where the service does not say. From `x-generation-time`."""
        return self.headers.number("x-generation-time")

    @property
    def seed_value(self) -> int | None:
        """The seed that was used. None where the service does not say. From `x-seed-value`."""
        return self.headers.integer("x-seed-value")

    @property
    def output_metadata(self) -> str | None:
        """More about the picture, as JSON text. None where the service does not say. From `x-output-metadata`."""
        return self.headers.text("x-output-metadata")


@frozen(kw_only=True)
class GenerateImageResult(_Image, _GenerateImageHeaders):
    """The picture. What `generate_image` gives back."""

    expected: ClassVar[_Expected] = _Expected(
        media_types=("image/jpeg",),
        billed=True,
        asked=GENERATE_IMAGE_ASKED,
        service=_SERVICE,
    )


@frozen(kw_only=True)
class GenerateImageFile(_KeptImage, _GenerateImageHeaders):
    """The picture. What `generate_image_to_file` has written to a file."""

    expected: ClassVar[_Expected] = GenerateImageResult.expected


@frozen(kw_only=True)
class GenerateImageResponse(Response[GenerateImageResult | Error], _GenerateImageHeaders):
    """The answer to `generate_image` with its status and headers."""


__all__ = ["GenerateImageFile", "GenerateImageResponse", "GenerateImageResult"]
