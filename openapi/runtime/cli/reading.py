"""What the commands that read a file of requests share."""

from collections.abc import Mapping
from typing import Any

import click

from ..base.wording import one_line
from .exit_codes import EXPLAINED
from .program import OperationOptions
from .prompt_files import COMMENT, FORMATS
from .tunables import IN_FLIGHT, MOST_IN_FLIGHT, VALUE_SHOWN


def parameters() -> list[click.Parameter]:
    """The file, its format, and which of its requests to take."""
    return [
        click.Argument(["path"], metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True)),
        click.Option(
            ["--format", "form"],
            type=click.Choice(FORMATS),
            help="Format of FILE, if its name does not say: JSON objects or strings, CSV with the names of the fields "
            "in its first line, or a prompt a line. FILE can be - for the standard input. In a file of prompts, blank "
            f"lines and lines that start with {COMMENT} are skipped; \\{COMMENT} starts a prompt with {COMMENT}. CSV "
            "and JSON lines have no comments.",
        ),
        click.Option(
            ["--shard"],
            default="1/1",
            callback=_shard,
            metavar="N/OF",
            help="Take only this part of the requests: 2/8 is the second of eight.",
        ),
        click.Option(
            ["--in-flight"],
            type=click.IntRange(1, MOST_IN_FLIGHT),
            default=IN_FLIGHT,
            metavar="N",
            show_default=True,
            help="Most requests in flight at once.",
        ),
        click.Option(
            ["--retry-unknown"],
            is_flag=True,
            help="Send requests again whose outcome an earlier run never learned. Some may be paid for twice.",
        ),
        click.Option(
            ["--retry-rejected"],
            is_flag=True,
            help="Send requests again that were paid for in an earlier run and brought no image.",
        ),
        click.Option(
            ["--retry-missing"],
            is_flag=True,
            help="Buy images again that were moved, changed or deleted, or whose jobs expired. They may be paid for "
            "twice.",
        ),
    ]


def epilog(operation: OperationOptions) -> str:
    """What stands below the options: what a file of requests cannot hold, and the exit codes."""
    drawn = " or ".join(f'`{field.name}: "random"`' for field in operation.fields if field.rule.random)
    if not drawn:
        return EXPLAINED
    return (
        f"{drawn} cannot be used in files of requests: a batch that runs again recognizes its images by their "
        f"requests, so give each request a number.\n\n{EXPLAINED}"
    )


def _shard(context: click.Context, parameter: click.Parameter, value: str) -> tuple[int, int]:
    number, _, count = value.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise click.BadParameter(f"{value!r} is not a shard: write 2/8 for the second of eight.", context, parameter)
    return int(number), int(count)


def summary_of(operation: OperationOptions, request: Mapping[str, Any]) -> tuple[str, str]:
    """The prompt of a request, and its parameters that are not defaults, each whole and in one line."""
    prompt = str(request.get(operation.prompt or "", ""))
    others = [
        f"{option.field.name} {request[option.field.api_name]}"
        for option in operation.options
        if option.field.name != operation.prompt
        and request.get(option.field.api_name, option.default) != option.default
    ]
    return one_line(" ".join(prompt.split()), VALUE_SHOWN), one_line(", ".join(others), VALUE_SHOWN)
