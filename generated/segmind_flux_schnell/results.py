# @generated from openapi/flux-schnell.yaml by `make generate`. Do not edit: change that file.
"""What the operations give back: files with the headers that came with them, and whole answers."""

from decimal import Decimal

from attrs import frozen

from ._runtime.media import Image as _Image
from .models.error import Error
from .types import Response


@frozen(kw_only=True)
class GenerateImageResult(_Image):
    """The picture. What `generate_image` gives back."""

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
class GenerateImageResponse(Response[GenerateImageResult | Error]):
    """The answer to `generate_image` with its status and headers."""

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


__all__ = ["GenerateImageResponse", "GenerateImageResult"]
