# @generated from openapi/runtime/cli/application.py by `make generate`. Do not edit: change that file.
"""The program: its commands, and how it ends."""

import sys
import warnings
from collections.abc import Iterator, Sequence

import click

from ..base.image_warnings import ImageWarning
from ..base.wording import reason
from . import balance, batch, collect, generate, plan, review, show
from .closed_terminal import drop
from .exit_codes import EXPLAINED, FAILED, INTERRUPTED, WRONG_USE
from .output import say
from .plugins import PluginGroup
from .program import OperationOptions, Program


def run(program: Program, operation: OperationOptions, arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    try:
        # Without `standalone_mode`, the code that a command returns is passed on.
        with warnings.catch_warnings():
            # The commands say what is odd about an image in words of their own.
            warnings.simplefilter("ignore", ImageWarning)
            code = application(program, operation).main(arguments, standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return WRONG_USE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except OSError as error:
        # The help does not fit onto a disk.
        drop(sys.stdout)
        say(f"Error: the standard output: {reason(error)}")
        return FAILED
    return code if isinstance(code, int) else 0


def application(program: Program, operation: OperationOptions) -> click.Group:
    """All commands."""
    service = program.service
    group = PluginGroup(
        entry_points=f"{service.package}.commands",
        help=f"{operation.summary} The key is read from {_variables(program)}.",
        epilog=EXPLAINED,
        context_settings={"help_option_names": ["-h", "--help"]},
        commands=list(_commands(program, operation)),
    )
    return click.version_option(service.version, package_name=service.project)(group)


def _commands(program: Program, operation: OperationOptions) -> Iterator[click.Command]:
    """The commands for which the document has operations."""
    for make in (generate.command, batch.command, plan.command, review.command, show.command):
        yield make(program, operation)
    if program.job is not None:
        yield collect.command(program, operation, program.job)
    if program.balance is not None:
        yield balance.command(program, program.balance)


def _variables(program: Program) -> str:
    return " or ".join(scheme.env for scheme in program.service.schemes if scheme.env) or "no variable"
