# @generated from openapi/runtime/client/wait_notice.py by `make generate`. Do not edit: change that file.
"""What is said while nothing is sent: why, and for how long."""

from __future__ import annotations

import re

from ..base.errors import NotSentError, StatusError
from ..base.wording import duration


def wait_notice(error: BaseException | None, seconds: float) -> str:
    """Why the next attempt waits, and for how long: `the model may be starting, next try in 12 s`.

    Args:
        error: Why the last attempt has failed. For a documented status, the document says what it means.
        seconds: How long it waits.
    """
    return f"{_cause(error)}, next try in {duration(seconds)}"


def _cause(error: BaseException | None) -> str:
    if isinstance(error, StatusError) and error.meaning:
        clause = _CLAUSE.split(error.meaning, maxsplit=1)[0]
        # An abbreviation keeps its capitals.
        return clause if clause[1:2].isupper() else clause[:1].lower() + clause[1:]
    return "no connection" if isinstance(error, NotSentError) else "the outcome is unknown"


_CLAUSE = re.compile(r"[.:;](?:\s|$)")
"""Where the first clause of a description ends."""
