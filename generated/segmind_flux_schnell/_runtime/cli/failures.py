# @generated from openapi/runtime/cli/failures.py by `make generate`. Do not edit: change that file.
"""Errors of the client as messages and exit codes."""

from pathlib import Path
from typing import Any

from ..base.errors import (
    NOTHING_BILLED,
    APIError,
    ConfigurationError,
    InvalidRequestError,
    JobTimeoutError,
    NotSavedError,
    ResponseError,
)
from ..base.rules import Fault
from ..base.unset import UNSET
from ..base.wording import one_line, shown
from .exit_codes import FAILED, GOES_ON, UNKNOWN, WRONG_USE
from .output import counted, print_json, say
from .program import OperationOptions
from .tunables import FAULTS_LISTED


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
        say(f"Error: {error}{where}")
    if as_json:
        print_json(described(error) | ({"file": kept} if kept else {}))
    return exit_code(error)


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
        found |= {"status_code": error.status_code, "request_id": error.request_id}
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
