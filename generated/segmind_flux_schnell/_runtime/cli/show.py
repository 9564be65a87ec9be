# @generated from openapi/runtime/cli/show.py by `make generate`. Do not edit: change that file.
"""`show`: the request inside an image."""

import shlex
from functools import partial
from typing import Any

import click
from attrs import asdict

from ..base.wording import one_line
from ..image.provenance import Provenance, read_provenance
from .exit_codes import DONE, EXPLAINED, FAILED
from .output import print_json, say
from .program import OperationOptions, Program
from .suggesting import Command

_LONGEST = 100_000


def command(program: Program, operation: OperationOptions) -> click.Command:
    """The command."""
    del program
    return Command(
        operation,
        name="show",
        help="Show the request that an image was made with, from the file itself, and the command that asks for it "
        "again.",
        short_help="Show the request inside an image.",
        epilog=EXPLAINED,
        params=[
            click.Argument(["path"], metavar="FILE", type=click.Path(exists=True, dir_okay=False)),
            click.Option(["--json", "as_json"], is_flag=True, help="Write the request to the output, as JSON."),
        ],
        callback=partial(_show, operation),
    )


def _show(operation: OperationOptions, *, path: str, as_json: bool) -> int:
    found = read_provenance(path)
    if found is None:
        say(f"Error: {path} holds no request that can be read.")
        return FAILED
    if as_json:
        print_json(asdict(found))
        return DONE
    for name, value in _told(found):
        click.echo(f"{name:<14}{one_line(str(value), _LONGEST)}")
    if found.operation == operation.name:
        click.echo(f"\n{_again(operation, found)}")
    return DONE


def _told(found: Provenance) -> list[tuple[str, Any]]:
    further = {"seed": found.seed, "request_id": found.request_id, "created": found.created, "client": found.client}
    told = {**found.request, **{name: value for name, value in further.items() if value is not None}}
    return list(told.items())


def _quoted(text: str) -> str:
    """A text for a shell. Control characters are escaped as bash and zsh know it, so that nothing acts on them."""
    if text.isprintable():
        return shlex.quote(text)
    plain = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"$'{''.join(one if one.isprintable() else _escaped(one) for one in plain)}'"


def _escaped(character: str) -> str:
    return f"\\U{ord(character):08x}"


def _again(operation: OperationOptions, found: Provenance) -> str:
    """The command that asks for the same image."""
    told = dict(_told(found))
    parts = [click.get_current_context().find_root().info_name or "", "generate"]
    for option in operation.options:
        value = told.get(option.field.api_name, option.default)
        if option.field.required or value != option.default:
            text = _quoted(str(value))
            parts.append(text if option.field.required else f"{option.flag} {text}")
    return " ".join(parts)
