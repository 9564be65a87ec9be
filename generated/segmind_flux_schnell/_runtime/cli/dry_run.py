# @generated from openapi/runtime/cli/dry_run.py by `make generate`. Do not edit: change that file.
"""`--dry-run`: what a command would send, where to, what it would cost, and where its images would go."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..base.messages import Request
from ..base.wording import duration, one_line, shown_path
from ..batch.batch import template_of
from ..client.job_handle import submit_request
from . import connecting, spending
from .estimates import Estimate
from .exit_codes import DONE
from .output import counted, print_json, print_line, say
from .program import OperationOptions, Program
from .tunables import IN_FLIGHT, VALUE_SHOWN


def show(
    program: Program,
    operation: OperationOptions,
    requests: Sequence[Any],
    paths: Sequence[Path | None],
    options: dict[str, Any],
    *,
    draws: bool,
) -> int:
    """Show requests that were checked, and send nothing.

    Args:
        program: What the document says.
        operation: The operation that would be called.
        requests: What would be sent.
        paths: Where each image would go; None for the standard output.
        options: The options of the command.
        draws: Whether seeds were drawn, which are others in the next run.

    Returns:
        The exit code.

    Raises:
        ConfigurationError: An option, or what the environment holds, cannot be used.
    """
    sendings = [_sending(program, operation, request, options) for request in requests]
    with connecting.unconnected(program, options) as client:
        base_url = connecting.base_url_for(client, sendings[0])
    estimate = Estimate.of(operation, sendings, IN_FLIGHT)
    if options["as_json"]:
        print_json(_as_json(base_url, sendings, paths, estimate))
    else:
        for line in _lines(program, operation, base_url, sendings, paths, estimate):
            print_line(line)
    if draws:
        say("The seeds were drawn: the next run draws others.")
    exceeded = spending.excess(options, estimate)
    if exceeded:
        say(f"Warning: {exceeded}")
    return DONE


def _sending(program: Program, operation: OperationOptions, request: Any, options: dict[str, Any]) -> Request:
    sending: Request = template_of(operation.batch).build(request)
    return submit_request(program.job, sending) if program.job is not None and options.get("queue") else sending


def _as_json(
    base_url: str, sendings: Sequence[Request], paths: Sequence[Path | None], estimate: Estimate
) -> dict[str, Any]:
    return {
        "dry_run": True,
        "method": sendings[0].method,
        "url": base_url + sendings[0].path,
        "requests": [{"file": path, "request": one.json} for path, one in zip(paths, sendings, strict=True)],
        "estimated_cost": estimate.cost,
        "estimated_seconds": estimate.seconds,
    }


def _lines(
    program: Program,
    operation: OperationOptions,
    base_url: str,
    sendings: Sequence[Request],
    paths: Sequence[Path | None],
    estimate: Estimate,
) -> Iterator[str]:
    yield f"{sendings[0].method} {one_line(base_url + sendings[0].path, VALUE_SHOWN)}"
    key = connecting.key_found(program)
    if key:
        yield f"key: {key}"
    for path, sending in zip(paths, sendings, strict=True):
        # Only ASCII: no terminal acts upon it.
        yield json.dumps(sending.json, indent=2)
        yield f"file: {'the standard output' if path is None else shown_path(path)}"
    if estimate.cost is not None:
        of = f" ({estimate.images} x {operation.operation.price})" if estimate.images > 1 else ""
        yield f"estimated cost: {estimate.cost} credits{of}"
    if estimate.seconds is not None:
        yield f"estimated time: {duration(round(estimate.seconds))}"
    yield f"{counted(len(sendings), 'request')} checked, nothing was sent"
