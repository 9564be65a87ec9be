# @generated from openapi/runtime/cli/reading.py by `make generate`. Do not edit: change that file.
"""What the commands share that read a file of requests."""

from collections.abc import Mapping
from typing import Any

import click

from ..wording import one_line
from .program import OperationOptions
from .prompt_files import FORMATS

IN_FLIGHT = 8
"""How many requests are on their way at once, unless told otherwise."""


def parameters() -> list[click.Parameter]:
    """The file, and how it is written."""
    return [
        click.Argument(["path"], metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True)),
        click.Option(
            ["--format", "form"],
            type=click.Choice(FORMATS),
            help="How FILE is written, if its name does not tell: JSON objects or strings, CSV with the names of the "
            "fields in its first line, or a prompt a line. FILE can be - for the standard input.",
        ),
    ]


def in_flight() -> click.Option:
    """How many requests are on their way at once."""
    return click.Option(
        ["--in-flight"], type=click.IntRange(1, 1000), default=IN_FLIGHT, show_default=True, help="Requests at once."
    )


def told(operation: OperationOptions, request: Mapping[str, Any]) -> tuple[str, str]:
    """The prompt of a request, and its parameters that are not the defaults, each in one line."""
    prompt = str(request.get(operation.prompt or "", ""))
    others = [
        f"{option.field.name} {request[option.field.wire]}"
        for option in operation.options
        if option.field.name != operation.prompt and request.get(option.field.wire, option.default) != option.default
    ]
    return one_line(" ".join(prompt.split())), one_line(", ".join(others))
