"""Rules, fields and options as Python code."""

from collections.abc import Iterator
from typing import Any

from attrs import NOTHING, fields

from runtime.base.rules import Field, Rule
from runtime.cli.program import Option


def source(value: Any) -> str:
    """A rule, a field or an option as Python code, without what it leaves at its default."""
    if isinstance(value, (Rule, Field, Option)):
        given = [(name, getattr(value, name), default) for name, default in _defaults(value)]
        arguments = [
            f"{name}={source(own)}" for name, own, default in given if own != default or type(own) is not type(default)
        ]
        return f"{type(value).__name__}({', '.join(arguments)})"
    if isinstance(value, tuple):
        return f"({''.join(f'{source(member)}, ' for member in value)})"
    return repr(value)


def _defaults(value: Rule | Field | Option) -> Iterator[tuple[str, Any]]:
    """The attributes of a rule, a field or an option, each with its default."""
    if isinstance(value, Option):
        yield from ((attribute.name, attribute.default) for attribute in fields(Option))
    else:
        yield from ((name, value._field_defaults.get(name, NOTHING)) for name in value._fields)
