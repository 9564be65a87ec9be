"""Everything that the sandbox does and the service might one day do differently, as one value."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Self, TypeVar

from attrs import evolve, field, frozen

from segmind_flux_schnell_sandbox.accounts import ACCOUNTS, Account
from segmind_flux_schnell_sandbox.attributes import ATTRIBUTES, Attribute, Fields, Parameters
from segmind_flux_schnell_sandbox.image import draw
from segmind_flux_schnell_sandbox.jobs import Queue
from segmind_flux_schnell_sandbox.refusals import REFUSALS, Reason, Refusal

Thing = TypeVar("Thing")


def _unchanged(thing: Thing) -> Thing:
    return thing


@frozen
class HeaderNames:
    """The names of the response headers; a header named None is not sent."""

    request_id: str | None = "x-request-id"
    remaining_credits: str | None = "x-remaining-credits"
    cost: str | None = "x-cost"
    generation_time: str | None = "x-generation-time"
    seed: str | None = "x-seed-value"
    output_metadata: str | None = "x-output-metadata"
    rate_limit_reset: str | None = "x-rate-limit-reset-at-utc"

    def named(self, **values: str) -> dict[str, str]:
        """Return the headers to send, from values by attribute name."""
        names = {attribute: getattr(self, attribute) for attribute in values}
        return {names[attribute]: value for attribute, value in values.items() if names[attribute]}


@frozen
class Behaviour:
    """How a sandbox behaves; evolve one attribute to get a service that has drifted in one thing.

    `price` is in credits per sample; `rate_limit_seconds` is the time until the limit of an
    account ends that refuses all requests.
    `random_seed` is the seed that requests a random one. `read` receives the body's fields before
    the checks, and `accept` the parameters after them; either returns what to go on with, or raises
    `Refused`. `draw` receives the checked parameters and `image_format` (Pillow's name), and returns
    the image's bytes.
    """

    path: str = "/v1/flux-schnell"
    credits_path: str = "/v1/get-user-credits"
    queue: Queue = field(factory=Queue)
    key_header: str = "x-api-key"
    bearer_accepted: bool = False
    attributes: tuple[Attribute, ...] = ATTRIBUTES
    unknown_fields_refused: bool = False
    random_seed: int = -1
    refusals: Mapping[Reason, Refusal] = REFUSALS
    error_field: str = "error"
    rate_limit_seconds: int = 60
    accounts: tuple[Account, ...] = ACCOUNTS
    price: Decimal = Decimal("0.008")
    status: int = 200
    content_type: str = "image/jpeg"
    image_format: str = "JPEG"
    headers: HeaderNames = HeaderNames()
    read: Callable[[Fields], Fields] = _unchanged
    accept: Callable[[Parameters], Parameters] = _unchanged
    draw: Callable[[Parameters, str], bytes] = draw

    def attribute(self, name: str) -> Attribute:
        """Return the row of the attribute table with this name."""
        return {row.name: row for row in self.attributes}[name]

    def with_attribute(self, name: str, /, **changes: Any) -> Self:
        """Return a copy in which one row of the attribute table differs."""
        changed = evolve(self.attribute(name), **changes)
        rows = tuple(changed if row.name == name else row for row in self.attributes)
        return evolve(self, attributes=rows)

    def with_refusal(self, reason: Reason, /, **changes: Any) -> Self:
        """Return a copy in which the response for one reason differs."""
        changed = {reason: evolve(self.refusals[reason], **changes)}
        return evolve(self, refusals=MappingProxyType({**self.refusals, **changed}))

    def with_headers(self, **names: str | None) -> Self:
        """Return a copy in which some response headers are renamed, or left out if None."""
        return evolve(self, headers=evolve(self.headers, **names))


DOCUMENTED = Behaviour()
