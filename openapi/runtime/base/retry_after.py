"""How long a response requests to wait before the next request, in all notations that are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .messages import Headers
from .tunables import RETRY_AFTER_DIGITS

if TYPE_CHECKING:
    from datetime import datetime


def retry_after_of(headers: Headers, reset_header: str | None, now: datetime) -> float | None:
    """Seconds that a response requests to wait; None if it does not say, or not in a notation that is known.

    Args:
        headers: Its headers. `Retry-After`, in seconds or as a date, takes precedence (RFC 9110, 10.2.3).
        reset_header: Name of the service's own header for the moment from which it takes requests again, or None.
        now: The current time.
    """
    after = headers.get("retry-after", "").strip()
    if after.isascii() and after.isdigit() and len(after) <= RETRY_AFTER_DIGITS:
        return float(after)
    moment = _http_date(after) or (_any_date(headers.get(reset_header, "").strip()) if reset_header else None)
    return max(0.0, (moment - now).total_seconds()) if moment is not None else None


def _any_date(text: str) -> datetime | None:
    from datetime import datetime

    try:
        return _aware(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return _http_date(text)


def _http_date(text: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        return _aware(parsedate_to_datetime(text))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _aware(moment: datetime) -> datetime:
    from datetime import UTC

    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
