# @generated from openapi/runtime/base/wording.py by `make generate`. Do not edit: change that file.
"""Values and texts of others in one line of a message: escaped, shortened, and without ever failing."""

import math
import os
from collections.abc import Callable, Mapping
from typing import Final

from .tunables import PATH_SHOWN, TEXT_SHOWN, VALUE_SHOWN

BILLING: Final[Mapping[bool | None, str]] = {True: "billed", False: "not billed", None: "may have been billed"}
"""Whether something was charged for, in words; None stands for unknown."""

_TRACE: Final = "Traceback (most recent call last):"
_FRAME: Final = 'File "'


def shown(value: object) -> str:
    """The repr of a value, or its type if the repr fails."""
    try:
        text = repr(value)
    except Exception:
        return f"<{type(value).__name__}>"
    return one_line(text, VALUE_SHOWN)


def quoted(text: str) -> str:
    """A text in quotes, with one blank for each run of blanks and line ends; of a stack trace its last line."""
    return repr(_shortened(" ".join((_raised(text) or text).split()), TEXT_SHOWN))


def one_line(text: str, most: int = TEXT_SHOWN) -> str:
    """A text with line ends and other control characters escaped, so that a terminal only shows it."""
    short = _shortened(text, most)
    return short if short.isprintable() else repr(short)[1:-1]


def shown_path(path: str | os.PathLike[str]) -> str:
    """A path, whole, with control characters and what its file system cannot name in UTF-8 escaped."""
    return one_line(os.fspath(path), PATH_SHOWN)


def said(error: BaseException, redacted: Callable[[str], str] = str) -> str:
    """The type of an exception, and its message.

    Args:
        error: The exception.
        redacted: Removes what must not be shown, before the message is shortened.
    """
    sentence = one_line(redacted(str(error))).rstrip(".")
    return f"{type(error).__name__}: {sentence}" if sentence else type(error).__name__


def reason(error: BaseException) -> str:
    """Why something failed: what the system says, without numbers and paths, or else type and message."""
    if isinstance(error, OSError) and error.strerror:
        return one_line(error.strerror).rstrip(".")
    return said(error)


def duration(seconds: float) -> str:
    """A time as people write it, rounded up: `8 min 20 s`."""
    whole = math.ceil(seconds)
    parts = ((whole // 86_400, "d"), (whole // 3600 % 24, "h"), (whole // 60 % 60, "min"), (whole % 60, "s"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 s"


def moment_after(seconds: float) -> str | None:
    """The moment that many seconds from now, `2026-11-22 09:00:00 UTC`; None beyond the end of the calendar."""
    from datetime import UTC, datetime, timedelta

    try:
        return f"{datetime.now(UTC) + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S} UTC"
    except OverflowError:
        return None


def is_trace(text: str) -> bool:
    """Whether a text is a stack trace of Python, or ends with one."""
    return bool(_raised(text))


def _raised(text: str) -> str:
    """The line of a stack trace that says what was raised; empty if there is no trace."""
    # Several follow each other where one exception was raised while another was handled.
    _, trace, last = text.rpartition(_TRACE)
    lines = last.splitlines()
    if not trace or (lines and lines[0].strip()):
        return ""
    start = max((number for number, line in enumerate(lines) if line.lstrip().startswith(_FRAME)), default=0)
    return next((line.strip() for line in lines[start:] if line.strip() and not line[0].isspace()), "")


def _shortened(text: str, most: int) -> str:
    # The end is kept too: it often says what went wrong.
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-(most - most // 2) :]}"
