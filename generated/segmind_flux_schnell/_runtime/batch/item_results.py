# @generated from openapi/runtime/batch/item_results.py by `make generate`. Do not edit: change that file.
"""One call of a batch: its outcome, with the bytes already on disk."""

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeVar

from attrs import evolve, frozen

from ..base.errors import APIError, NotSavedError, OutcomeUnknownError, ResponseError
from ..base.saving import keep_elsewhere
from ..base.wording import one_line, reason
from ..spec.operation import Operation
from .history import EntryWarning
from .image_store import REJECTED, ImageStore, suffix
from .planning import PlannedRequest
from .polling import RunningJob

Given = TypeVar("Given")


@frozen(kw_only=True)
class ItemResult(Generic[Given]):
    """The outcome of one request of a batch.

    Args:
        planned: The request.
        sent_at: When it was sent, on the monotonic clock.
        seconds: How long the call took.
        file: Name of the file with the image, or with what was paid for in its place; None if there is none.
        error: Why there is no image, or None.
        lost: Why bytes that were paid for are not in the folder under their own name, or None.
        facts: What the service and the file say of the image, for the journal.
        warnings: What is odd about the image.
        job: The job that it is the outcome of, or None for a call without a job.
    """

    planned: PlannedRequest[Given]
    sent_at: float
    seconds: float = 0.0
    file: str | None = None
    error: BaseException | None = None
    lost: NotSavedError | None = None
    facts: dict[str, Any]
    warnings: tuple[EntryWarning, ...] = ()
    job: RunningJob[Given] | None = None

    @property
    def billed(self) -> bool | None:
        """Whether it was charged for; None if that is not known."""
        if self.error is None:
            return True
        return self.error.billed if isinstance(self.error, APIError) else None

    def cost(self, operation: Operation[Any]) -> Decimal:
        """Credits that it cost, as a budget counts them: the price in the document if the service did not say."""
        if not self.billed:
            return Decimal(0)
        reported: Decimal | None = self.facts.get("cost")
        if reported is not None and reported.is_finite() and reported >= 0:
            return reported
        return operation.semantics.images(self.planned.sending) * (operation.price or Decimal(0))

    @property
    def remaining_credits(self) -> Decimal | None:
        """Credits that were left, or None if the service did not say."""
        return self.facts.get("remaining_credits")


def started(planned: PlannedRequest[Given]) -> ItemResult[Given]:
    """A call that starts now."""
    return ItemResult(planned=planned, sent_at=time.monotonic(), facts={})


def succeeded(item: ItemResult[Given], result: Any, store: ImageStore) -> ItemResult[Given]:
    """A call that brought an image, which is written to disk."""
    seconds = round(time.monotonic() - item.sent_at, 3)
    facts = {name: getattr(result, name, None) for name in _FACTS}
    warnings = tuple(EntryWarning(code=one.code, message=one_line(str(one))) for one in getattr(result, "warnings", ()))
    ending = suffix(result.media_type)
    # `save` may embed the request in the image: the file is named by all of its content.
    file, lost = _stored(store, result.content, lambda: store.store(result.save, ending), ending)
    return evolve(item, seconds=seconds, facts=facts, file=file, lost=lost, warnings=warnings)


def failed(item: ItemResult[Given], error: BaseException, store: ImageStore) -> ItemResult[Given]:
    """A call that brought no image. Bytes that were paid for all the same are written to disk."""
    seconds = round(time.monotonic() - item.sent_at, 3)
    facts = {name: getattr(error, name, None) for name in ("cost", "request_id")}
    file, lost = None, None
    if isinstance(error, ResponseError) and error.billed and error.content:
        content = error.content
        file, lost = _stored(store, content, lambda: store.store_bytes(content, REJECTED), REJECTED)
    return evolve(item, seconds=seconds, facts=facts, error=error, file=file, lost=lost)


def cut_off(planned: PlannedRequest[Given], sent_at: float, cause: str) -> ItemResult[Given]:
    """A call in flight that nothing waits for any longer."""
    error = OutcomeUnknownError(planned.sending, f"{cause}: the grace period was over before a response was received")
    return ItemResult(
        planned=planned, sent_at=sent_at, seconds=round(time.monotonic() - sent_at, 3), error=error, facts={}
    )


def _stored(
    store: ImageStore, content: bytes, write: Callable[[], str], ending: str
) -> tuple[str | None, NotSavedError | None]:
    """The name of the file in the store, if it is there, and why it is not there under its own name, if so."""
    try:
        return write(), None
    except Exception as error:
        failure = error
    kept: Path | None = getattr(failure, "kept", None)
    if kept is not None:
        return kept.name, NotSavedError(content, str(store.path), reason(failure), kept=str(kept))
    # The program may end before anybody looks at the error.
    elsewhere = keep_elsewhere(content, store.path, ending)
    return None, NotSavedError(content, str(store.path), reason(failure), kept=str(elsewhere) if elsewhere else None)


_FACTS = ("width", "height", "cost", "remaining_credits", "request_id")
