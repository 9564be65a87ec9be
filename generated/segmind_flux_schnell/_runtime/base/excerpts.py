# @generated from openapi/runtime/base/excerpts.py by `make generate`. Do not edit: change that file.
"""What messages show of the body of a response."""

import json
import re
from collections.abc import Iterator
from typing import Any

from .messages import Response
from .wording import is_trace, one_line, quoted


def excerpt(response: Response) -> str:
    """A body in one line of a message: its type, and its start and end if it is text, or the end of a stack trace."""
    if response.flaw:
        return f"{response.flaw} ({len(response.body)} bytes received)"
    body = response.body
    if not body:
        return "the body is empty"
    kind = one_line(response.media_type or "no content type")
    text = response.text
    if not is_text(text):
        return f"the body ({kind}) is {len(body)} bytes that are not text"
    trace = trace_in(text)
    return f"the body ({kind}) is a stack trace of {quoted(trace)}" if trace else f"the body ({kind}) is {quoted(text)}"


def is_text(text: str) -> bool:
    """Whether what was decoded was a text, and not the bytes of something else."""
    return _CONTROL.search(text) is None


def trace_in(text: str) -> str:
    """The stack trace that a body is, or has within its JSON, whole; empty if there is none."""
    return next(filter(is_trace, _texts(text)), "")


def _texts(text: str) -> Iterator[str]:
    """The text of a body, and those within it if it is JSON."""
    yield text
    try:
        values = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while values:
        value: Any = values.pop()
        match value:
            case str():
                yield value
            case dict():
                values += value.values()
            case list():
                values += value
            case _:
                continue


# Not the escape: what programs print in colours is text, and is shown escaped.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
