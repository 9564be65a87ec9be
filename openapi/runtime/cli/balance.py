"""`credits`: what is left in the account."""

from functools import partial
from typing import Any

import click

from ..base.wording import one_line
from . import connecting
from .exit_codes import DONE, EXPLAINED
from .output import print_json
from .program import OperationOptions, Program
from .suggesting import Command
from .tables import print_facts
from .tunables import VALUE_SHOWN


def command(program: Program, balance: OperationOptions) -> click.Command:
    """The command, for the operation that tells the credits."""
    return Command(
        balance,
        name="credits",
        help=f"{balance.summary}\n\n{balance.description}",
        short_help="Show the credits of the account.",
        epilog=EXPLAINED,
        params=[
            click.Option(["--json", "as_json"], is_flag=True, help="Write the result to the output, as JSON."),
            *connecting.parameters(program, "Time limit for the response."),
        ],
        callback=partial(_credits, program, balance),
    )


def _credits(program: Program, balance: OperationOptions, *, as_json: bool, **options: Any) -> int:
    with connecting.opened(program, program.client, options) as client:
        connecting.name_destination(program, client, options)
        found: dict[str, Any] = getattr(client, balance.name)().to_dict()
    if as_json:
        print_json(found)
        return DONE
    print_facts([(one_line(name), one_line(str(value), VALUE_SHOWN)) for name, value in found.items()])
    return DONE
