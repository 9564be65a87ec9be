"""From the table of options to the options of a command, and from typed texts to values."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from ..base.rules import Field, Rule, described
from ..base.unset import UNSET
from .program import OperationOptions, Option

if TYPE_CHECKING:
    _ParamType = click.ParamType[Any]
else:
    # In older releases it is not generic.
    _ParamType = click.ParamType


class FieldType(_ParamType):
    """The type of an option. A text that cannot be read stays as it is: the client says what is wrong with it."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.name = rule.kind or "value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value that a text stands for."""
        return read(self.rule, value) if isinstance(value, str) else value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The allowed values that start like this."""
        members = [str(member) for member in self.rule.enum or ()]
        return [CompletionItem(member) for member in members if member.startswith(incomplete)]


def parameters(operation: OperationOptions) -> list[click.Parameter]:
    """The arguments and options of a command that calls an operation."""
    required = [option for option in operation.options if option.field.required]
    others = [option for option in operation.options if not option.field.required]
    return [*map(_argument, required), *map(_option, others)]


def given(operation: OperationOptions, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The values that were given, by the names of their fields. The client has defaults for the others."""
    found = {option.field.name: parameters[option.parameter] for option in operation.options}
    return {name: value for name, value in found.items() if value is not None}


def read(rule: Rule, text: str) -> Any:
    """The value that a text stands for by a rule; a text that stands for none is returned as it is."""
    reader = _READERS.get(rule.kind or "string")
    if reader is None:
        return text
    try:
        return reader(text.strip())
    except (ValueError, RecursionError):
        return text


def _argument(option: Option) -> click.Parameter:
    return click.Argument([option.parameter], type=FieldType(option.field.rule), metavar=option.flag)


def _option(option: Option) -> click.Parameter:
    return click.Option(
        [option.flag, option.parameter],
        type=FieldType(option.field.rule),
        metavar=_metavar(option.field),
        help="  ".join(filter(None, [option.help, f"[{'; '.join(_facts(option))}]"])),
    )


def _metavar(field: Field) -> str:
    return {"integer": "N", "number": "X", "boolean": "true|false"}.get(field.rule.kind or "", "NAME")


def _facts(option: Option) -> Iterator[str]:
    yield described(option.field.rule)
    if option.default is not UNSET:
        yield f"default: {option.default}"


def _boolean(text: str) -> bool | str:
    return {"true": True, "false": False}.get(text.lower(), text)


def _integer(text: str) -> int | float:
    number = _number(text)
    # Spreadsheets write 4 as 4.0.
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _number(text: str) -> int | float:
    # 1 stays an int, so that it is written to JSON as it was typed.
    try:
        return int(text)
    except ValueError:
        return float(text)


_READERS: dict[str, Callable[[str], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "array": json.loads,
    "object": json.loads,
}
