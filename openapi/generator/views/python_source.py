"""Rules, fields and texts as Python code."""

import textwrap
from typing import Any

from runtime.base.rules import Condition, Field, ObjectRule, Rule
from runtime.spec.forms import Part
from runtime.spec.parameter_styles import Parameter


def source(value: Any) -> str:
    """A rule, a field, a parameter or a plain value as Python code, without what it leaves at its default."""
    if isinstance(value, (Rule, ObjectRule, Condition, Field, Parameter, Part)):
        given = [(name, getattr(value, name), value._field_defaults.get(name, _MISSING)) for name in value._fields]
        arguments = [
            f"{name}={source(own)}" for name, own, default in given if own != default or type(own) is not type(default)
        ]
        return f"{_NAMES.get(type(value), type(value).__name__)}({', '.join(arguments)})"
    if isinstance(value, tuple):
        return f"({''.join(f'{source(member)}, ' for member in value)})"
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return f"({' '.join(repr(part) for part in _pieces(value))})"
    return repr(value)


def _pieces(text: str) -> list[str]:
    """A long text in pieces that each fit into a line. Put together, they are the text."""
    wrapper = textwrap.TextWrapper(_LONGEST_TEXT, expand_tabs=False, replace_whitespace=False, drop_whitespace=False)
    return wrapper.wrap(text)


_MISSING = object()

_NAMES: dict[type, str] = {Parameter: "_Parameter", Part: "_forms.Part"}
"""Names by which generated modules import a class, where a class of a document can have its own."""

_LONGEST_TEXT = 80
"""Characters of a text in one line of generated code."""
