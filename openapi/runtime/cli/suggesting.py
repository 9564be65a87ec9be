"""Commands that suggest what was probably meant, and that turn errors into messages and exit codes."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import click

from ..base.errors import APIError
from ..base.suggestions import nearest, spellings_of
from ..base.wording import one_line, reason
from . import failures
from .completion import completion
from .exit_codes import FAILED
from .output import say
from .program import OperationOptions


class Command(click.Command):
    """A command. Its `--json` keeps everything but JSON off the standard output, errors included.

    Args:
        operation: The operation whose options may be given other names by mistake.
        params: Its arguments and options. With headings, they are listed below those in the help.
        examples: Arguments of the command that its help shows.
        options: The options of `click.Command`.
    """

    def __init__(
        self,
        operation: OperationOptions,
        params: Sequence[click.Parameter] | Mapping[str, Sequence[click.Parameter]],
        examples: Sequence[str] = (),
        **options: Any,
    ) -> None:
        self._sections = params if isinstance(params, Mapping) else {"Options": params}
        super().__init__(
            **options,
            params=list(chain.from_iterable(self._sections.values())),
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        self.operation = operation
        self._examples = examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, the one for this help last."""
        for title, params in self._sections.items():
            is_last = title == list(self._sections)[-1]
            listed = [*params, self.get_help_option(ctx)] if is_last else params
            records = [option.get_help_record(ctx) for option in listed if isinstance(option, click.Option)]
            with formatter.section(title):
                formatter.write_dl(list(filter(None, records)))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, whole, so that they can be copied, and what else stands at the end of the help."""
        if self._examples:
            with formatter.section("Examples"):
                for example in self._examples:
                    formatter.write(f"{'':{formatter.current_indent}}{ctx.command_path} {example}\n")
        super().format_epilog(ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments.

        Raises:
            click.UsageError: They are wrong.
        """
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            unknown = error.option_name
        raise click.UsageError(f"No such option {unknown!r}.{_hint(self._meant(unknown))}", ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and return its exit code."""
        as_json = bool(ctx.params.get("as_json"))
        try:
            return super().invoke(ctx)
        except APIError as error:
            return failures.report(error, self.operation, as_json=as_json)
        except BrokenPipeError:
            # The reader has gone: `click` ends quietly.
            raise
        except OSError as error:
            where = f"{one_line(str(error.filename))}: " if error.filename is not None else ""
            say(f"Error: {where}{reason(error)}")
            return FAILED

    def _meant(self, unknown: str) -> str | None:
        flags = {
            flag.lstrip("-"): flag for param in self.params if isinstance(param, click.Option) for flag in param.opts
        }
        by_field = {option.field.name: option.flag for option in self.operation.options}
        of_fields = {name: by_field[field] for name, field in spellings_of(self.operation.fields).items()}
        word, known = unknown.lstrip("-").replace("-", "_"), {**of_fields, **flags}
        meant = known.get(word) or known.get(nearest(word, known) or "")
        # PROMPT is not an option, and `plan` has no options of the operation.
        return meant if meant in flags.values() or not (meant or "-").startswith("-") else None


class Group(click.Group):
    """The program. It suggests its commands in place of misspelt ones, and its help says how a shell completes them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which people need them."""
        return list(self.commands)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands at the end of the help."""
        super().format_epilog(ctx, formatter)
        text = completion(ctx.info_name or "")
        if text:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(text)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command.

        Raises:
            click.UsageError: There is no command of this name.
        """
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            known = self.list_commands(ctx)
            raise click.UsageError(f"No such command {args[0]!r}.{_hint(nearest(args[0], known))}", ctx)
        return super().resolve_command(ctx, args)


def _hint(meant: str | None) -> str:
    return f" Did you mean {meant}?" if meant else ""
