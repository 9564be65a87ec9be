# @generated from openapi/runtime/base/retry_after.py by `make generate`. Do not edit: change that file.
"""How long a response requests to wait before the next request, in all notations that are in use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .messages import Headers
from .tunables import EARLIEST_EPOCH, EARLIEST_EPOCH_MS, LATEST_EPOCH_MS, RETRY_AFTER_DIGITS

if TYPE_CHECKING:
    from datetime import datetime


def retry_after_of(headers: Headers, reset_header: str | None, now: datetime) -> float | None:
    """Seconds that a response requests to wait; None if it does not say, or not in a notation that is known.

    Each header may hold several values. The latest moment that any value names is the one that holds.

    The notations are seconds (`30`, `8.5`), spans (`8s`, `500ms`, `1m30s`), moments in seconds or milliseconds since
    1970, and dates of HTTP (RFC 9110, 5.6.7) and of ISO 8601; a date without a zone is in UTC.

    Args:
        headers: Its headers, of which `Retry-After` (RFC 9110, 10.2.3) is read.
        reset_header: Name of the service's own header for the moment from which it takes requests again, or None.
        now: The current time.
    """
    names = ("retry-after", reset_header) if reset_header else ("retry-after",)
    values = (value.strip() for name in names for value in _VALUES.split(headers.get(name, "")))
    waits = (_seconds(value, now) for value in values)
    return max((wait for wait in waits if wait is not None), default=None)


def _seconds(text: str, now: datetime) -> float | None:
    if _NUMBER.fullmatch(text):
        return _of_number(float(text), now)
    if text and _SPAN.fullmatch(text):
        return sum(float(count) * _UNITS[unit.lower()] for count, unit in _PARTS.findall(text))
    moment = _date(text)
    return max(0.0, (moment - now).total_seconds()) if moment is not None else None


def _of_number(number: float, now: datetime) -> float | None:
    if number < EARLIEST_EPOCH:
        return number
    if number < EARLIEST_EPOCH_MS:
        return max(0.0, number - now.timestamp())
    return max(0.0, number / 1000 - now.timestamp()) if number < LATEST_EPOCH_MS else None


def _date(text: str) -> datetime | None:
    return next((moment for moment in _readings(text) if moment is not None), None)


def _readings(text: str) -> Iterator[datetime | None]:
    from datetime import datetime
    from email.utils import parsedate_to_datetime

    # `2026-11-22 12:00:30 +0000 UTC` as some programs print it, too.
    plain = _OFFSET.sub(r"\1", _ZONE.sub("", text))
    for read, written in ((datetime.fromisoformat, plain), (parsedate_to_datetime, text)):
        try:
            yield _aware(read(written))
        except (TypeError, ValueError, IndexError, OverflowError):
            yield None


def _aware(moment: datetime) -> datetime:
    from datetime import UTC

    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# A comma between two values, and not the one after the day of a date.
_VALUES = re.compile(r"(?<!Mon)(?<!Tue)(?<!Wed)(?<!Thu)(?<!Fri)(?<!Sat)(?<!Sun)(?<!day),", re.IGNORECASE)

_NUMBER = re.compile(rf"[0-9]{{1,{RETRY_AFTER_DIGITS}}}(\.[0-9]{{0,{RETRY_AFTER_DIGITS}}})?")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_PARTS = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?(ms|s|m|h)", re.IGNORECASE)
_SPAN = re.compile(rf"(?:{_PARTS.pattern})+", re.IGNORECASE)
_ZONE = re.compile(r"\s*(UTC|GMT)$", re.IGNORECASE)
_OFFSET = re.compile(r"\s([+-][0-9]{2}:?[0-9]{2})$")
