"""One call of a batch: what came of it, its bytes already on disk."""

import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Generic, TypeVar

from attrs import evolve, frozen

from ..base.errors import APIError, ResponseError
from ..spec.operation import Operation
from .image_store import REJECTED, ImageStore, suffix
from .planning import PlannedRequest

Given = TypeVar("Given")


@frozen(kw_only=True)
class ItemResult(Generic[Given]):
    """What came of one request of a batch.

    Args:
        planned: The request.
        sent_at: When it was sent, on the monotonic clock.
        seconds: How long the call took.
        file: Name of the file in which the image is, or what was paid for in its place; None where there is none.
        error: Why there is no image, or None.
        lost: Why bytes that were paid for could not be written, or None.
        facts: What the service says of the image, and the file of itself, for the journal.
    """

    planned: PlannedRequest[Given]
    sent_at: float
    seconds: float = 0.0
    file: str | None = None
    error: BaseException | None = None
    lost: Exception | None = None
    facts: dict[str, Any]

    @property
    def billed(self) -> bool | None:
        """Whether it was charged for; None where nobody knows."""
        if self.error is None:
            return True
        return self.error.billed if isinstance(self.error, APIError) else None

    def cost(self, operation: Operation[Any]) -> Decimal:
        """Credits that it cost, as a budget counts them: the price in the document where the service did not say."""
        if not self.billed:
            return Decimal(0)
        told: Decimal | None = self.facts.get("cost")
        if told is not None and told.is_finite() and told >= 0:
            return told
        return operation.asked.images(self.planned.sending) * (operation.price or Decimal(0))

    @property
    def remaining_credits(self) -> Decimal | None:
        """Credits that were left, or None where the service did not say."""
        return self.facts.get("remaining_credits")


def attempt(planned: PlannedRequest[Given]) -> ItemResult[Given]:
    """A call that begins now."""
    return ItemResult(planned=planned, sent_at=time.monotonic(), facts={})


def succeeded(started: ItemResult[Given], result: Any, store: ImageStore) -> ItemResult[Given]:
    """A call that brought an image, which is written to disk."""
    seconds = round(time.monotonic() - started.sent_at, 3)
    facts = {name: getattr(result, name, None) for name in _FACTS}
    # `save` puts the request into the image, where the client wants that: the name is that of the whole file.
    file, lost = _stored(lambda: store.store(result.save, suffix(result.media_type)))
    return evolve(started, seconds=seconds, facts=facts, file=file, lost=lost)


def failed(started: ItemResult[Given], error: BaseException, store: ImageStore) -> ItemResult[Given]:
    """A call that brought no image. What was paid for all the same is written to disk."""
    seconds = round(time.monotonic() - started.sent_at, 3)
    facts = {name: getattr(error, name, None) for name in ("cost", "request_id")}
    file, lost = None, None
    if isinstance(error, ResponseError) and error.billed and error.content:
        content = error.content
        file, lost = _stored(lambda: store.store_bytes(content, REJECTED))
    return evolve(started, seconds=seconds, facts=facts, error=error, file=file, lost=lost)


def _stored(write: Callable[[], str]) -> tuple[str | None, Exception | None]:
    try:
        return write(), None
    except Exception as error:
        return None, error


_FACTS = ("width", "height", "cost", "remaining_credits", "request_id")
