# @generated from openapi/runtime/cli/plan.py by `make generate`. Do not edit: change that file.
"""`plan`: what a batch would send, without sending anything."""

from functools import partial
from typing import Any

import click

from . import reading
from .estimates import Estimate, duration
from .exit_codes import DONE, EXPLAINED, WRONG_USE
from .failures import complain
from .output import console, print_json
from .planning import Planned, planned
from .program import OperationOptions, Program
from .prompt_files import Entry, PromptFile, read_requests
from .suggesting import Command

_SHOWN = 10


def command(program: Program, operation: OperationOptions) -> click.Command:
    """The command."""
    del program
    return Command(
        operation,
        name="plan",
        help="Show what a batch would send, its duplicates and faults, and what it would cost and take.\n\n"
        "Nothing is sent. A fault is named with its line.",
        short_help="Show what a batch would send and cost.",
        epilog=EXPLAINED,
        params=[
            *reading.parameters(),
            reading.in_flight(),
            click.Option(["--json", "as_json"], is_flag=True, help="Write the plan to the output, as JSON."),
        ],
        callback=partial(_plan, operation),
    )


def _plan(operation: OperationOptions, *, path: str, form: str | None, in_flight: int, as_json: bool) -> int:
    file = read_requests(path, operation, form)
    found = planned(file.entries)
    estimate = Estimate.of(operation, len(found.to_send), in_flight)
    if as_json:
        print_json(_as_json(file, found, estimate))
    elif not file.faults:
        _show(operation, file, found, estimate)
    if file.faults:
        complain(file.messages)
        return WRONG_USE
    return DONE


def _as_json(file: PromptFile, found: Planned, estimate: Estimate) -> dict[str, Any]:
    return {
        "file": file.name,
        "to_send": [{"line": entry.line, "request": entry.request.to_dict()} for entry in found.to_send],
        "duplicates": [{"line": one.line, "first": one.first} for one in found.duplicates],
        "faults": [{"line": fault.line, "message": fault.message} for fault in file.faults],
        "estimated_cost_usd": estimate.cost_usd,
        "estimated_seconds": estimate.seconds,
    }


def _show(operation: OperationOptions, file: PromptFile, found: Planned, estimate: Estimate) -> None:
    out = console()
    out.print(_table(operation, found.to_send))
    out.print(f"{file.name}: {len(file.entries)} requests, {len(found.to_send)} to send", soft_wrap=True)
    if found.duplicates:
        lines = ", ".join(f"{one.line} (as {one.first})" for one in found.duplicates[:_SHOWN])
        more = ", …" if len(found.duplicates) > _SHOWN else ""
        out.print(f"duplicates, not sent again ({len(found.duplicates)}): line {lines}{more}", soft_wrap=True)
    if estimate.cost_usd is not None:
        out.print(f"estimated cost: ${estimate.cost_usd} ({len(found.to_send)} x ${operation.price_usd})")
    if estimate.seconds is not None:
        out.print(f"estimated time: {duration(estimate.seconds)}, {estimate.in_flight} in flight")


def _table(operation: OperationOptions, entries: tuple[Entry, ...]) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in ("line", operation.prompt or "", "parameters"):
        table.add_column(title, overflow="ellipsis", no_wrap=True)
    for entry in entries[:_SHOWN]:
        table.add_row(str(entry.line), *reading.told(operation, entry.request.to_dict()))
    if len(entries) > _SHOWN:
        table.add_row("…", f"and {len(entries) - _SHOWN} more")
    return table
