# @generated from openapi/runtime/cli/failures.py by `make generate`. Do not edit: change that file.
"""Errors of the client as messages and exit codes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ..base.errors import (
    NOTHING_BILLED,
    APIError,
    ConfigurationError,
    InvalidRequestError,
    JobTimeoutError,
    NotSavedError,
    ResponseError,
    response_text,
)
from ..base.rules import Fault
from ..base.unset import UNSET
from ..base.wording import is_trace, one_line, shown
from .exit_codes import FAILED, GOES_ON, UNKNOWN, WRONG_USE
from .output import counted, print_json, say
from .program import OperationOptions
from .shell_commands import as_started
from .tunables import FAULTS_LISTED, LINES_PRINTED, TEXT_PRINTED


def report(error: APIError, operation: OperationOptions, *, as_json: bool, kept: Path | None = None) -> int:
    """Say what went wrong on the standard error, and with `as_json` on the standard output too.

    Args:
        error: The error.
        operation: The operation that was called.
        as_json: Whether the standard output is JSON.
        kept: The file with the bytes that were paid for all the same, or None if there is none.

    Returns:
        The exit code.
    """
    if isinstance(error, InvalidRequestError):
        complain([_worded(fault, operation) for fault in error.faults])
    else:
        where = f"; the bytes of the response are kept as {one_line(str(kept))}" if kept else ""
        say(as_started(f"{_head(error)}: {error}{where}{more_of(error)}"))
        for line in details(error):
            say(line)
    if as_json:
        print_json(described(error) | ({"file": kept} if kept else {}))
    return exit_code(error)


def _head(error: APIError) -> str:
    """The start of a message: `Error`, and for the failure of a call its name, which is the same everywhere."""
    return "Error" if isinstance(error, ConfigurationError) else f"Error ({type(error).__name__})"


def more_of(error: BaseException) -> str:
    """How to see what a message leaves out, as the end of a sentence; empty if nothing is, or it is printed."""
    whole = getattr(error, "message", None) or response_text(error) or ""
    return "; --verbose shows the stack trace" if is_trace(whole) and not _is_verbose() else ""


def details(error: BaseException) -> Iterator[str]:
    """With `--verbose`, the text of a response, line by line."""
    text = response_text(error) if _is_verbose() else None
    if text is not None:
        yield from (f"  | {one_line(line, TEXT_PRINTED)}" for line in _lines(error, text)[:LINES_PRINTED])


def _is_verbose() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.params.get("verbose"))


def _lines(error: BaseException, text: str) -> list[str]:
    """A text in lines: the service's message, if it has several, or the whole response."""
    message: str = getattr(error, "message", None) or ""
    return (message if "\n" in message else text).splitlines()


def complain(faults: list[str]) -> None:
    """List faults that were found before anything was sent."""
    say(f"Error: {counted(len(faults), 'fault')}, {NOTHING_BILLED}")
    for line in faults[:FAULTS_LISTED]:
        say(f"  {line}")
    if len(faults) > FAULTS_LISTED:
        say(f"  … and {len(faults) - FAULTS_LISTED} more")


def exit_code(error: APIError) -> int:
    """The exit code for an error."""
    if isinstance(error, (ConfigurationError, InvalidRequestError)):
        return WRONG_USE
    if isinstance(error, JobTimeoutError):
        return GOES_ON
    return UNKNOWN if error.billed is None else FAILED


def described(error: APIError) -> dict[str, Any]:
    """An error as JSON."""
    found: dict[str, Any] = {"error": type(error).__name__, "message": str(error), "billed": error.billed}
    if isinstance(error, ResponseError):
        found |= {"status_code": error.status_code, "request_id": error.request_id, "text": response_text(error)}
    if error.job_id is not None:
        found["job_id"] = error.job_id
    if isinstance(error, NotSavedError):
        found["file"] = error.kept
    if isinstance(error, InvalidRequestError):
        found["faults"] = [_as_json(fault) for fault in error.faults]
    return found


def _worded(fault: Fault, operation: OperationOptions) -> str:
    """A fault, named by the option that it is about."""
    flags = {option.field.name: option.flag for option in operation.options}
    return str(Fault(flags.get(fault.field, fault.field), fault.value, fault.rule, fault.suggestion))


def _as_json(fault: Fault) -> dict[str, Any]:
    value = None if fault.value is UNSET else fault.value
    plain = value if isinstance(value, (str, int, float, type(None))) else shown(value)
    return {"field": fault.field, "value": plain, "rule": fault.rule, "suggestion": fault.suggestion}
