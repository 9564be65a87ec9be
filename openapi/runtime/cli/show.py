"""`show`: the request that is embedded in an image."""

from functools import partial
from pathlib import Path
from typing import Any

import click
from attrs import asdict

from ..base.wording import one_line, shown_path
from ..image.provenance import Provenance, read_provenance
from . import opening
from .exit_codes import DONE, EXPLAINED, FAILED
from .output import print_json, print_line, say
from .program import OperationOptions, Program
from .shell_commands import generating
from .suggesting import Command
from .tables import print_facts
from .tunables import VALUE_SHOWN


def command(program: Program, operation: OperationOptions) -> click.Command:
    """The command."""
    del program
    return Command(
        operation,
        name="show",
        help="Show the request that is embedded in an image, and the command that sends it again.",
        short_help="Show the request that is embedded in an image.",
        epilog=EXPLAINED,
        params=[
            click.Argument(["path"], metavar="FILE", type=click.Path(exists=True, dir_okay=False)),
            click.Option(["--json", "as_json"], is_flag=True, help="Write the request to the output, as JSON."),
            opening.option(),
        ],
        callback=partial(_show, operation),
    )


def _show(operation: OperationOptions, *, path: str, as_json: bool, opens: bool) -> int:
    if opens:
        opening.show([Path(path)])
    found = read_provenance(path)
    if found is None:
        say(f"Error: {shown_path(path)} holds no request that can be read.")
        return FAILED
    if as_json:
        print_json(asdict(found))
        return DONE
    # Names and values come from the file, which may be a stranger's.
    facts = [(one_line(name), one_line(str(value), VALUE_SHOWN)) for name, value in _facts(found).items()]
    print_facts([*facts, *(("warning", one_line(one["message"], VALUE_SHOWN)) for one in found.warnings)])
    if found.operation == operation.name:
        print_line(f"\n{generating(operation, _facts(found))}")
    return DONE


def _facts(found: Provenance) -> dict[str, Any]:
    further = {"seed": found.seed, "request_id": found.request_id, "created": found.created, "client": found.client}
    return {**found.request, **{name: value for name, value in further.items() if value is not None}}
