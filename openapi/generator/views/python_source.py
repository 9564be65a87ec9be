"""Rules, fields and options as Python code."""

from typing import Any

from attrs import fields

from runtime.base.rules import Field, Rule
from runtime.cli.program import Option


def source(value: Any) -> str:
    """A rule, a field or an option as Python code, without what it leaves at its default."""
    if isinstance(value, (Rule, Field, Option)):
        given = [(at.name, getattr(value, at.name), at.default) for at in fields(type(value))]
        arguments = [
            f"{name}={source(own)}" for name, own, default in given if own != default or type(own) is not type(default)
        ]
        return f"{type(value).__name__}({', '.join(arguments)})"
    if isinstance(value, tuple):
        return f"({''.join(f'{source(member)}, ' for member in value)})"
    return repr(value)
