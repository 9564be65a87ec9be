# @generated from openapi/runtime/cli/shell_commands.py by `make generate`. Do not edit: change that file.
"""The command that makes an image again, quoted for a shell."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import click

from .program import OperationOptions


def generating(operation: OperationOptions, values: Mapping[str, Any]) -> str:
    """The command that requests an image with these values, for sh, bash, zsh or fish.

    Values that are the defaults of the document are left out.

    Args:
        operation: The operation that `generate` calls.
        values: The values of its fields, by the names in the API. Others are left out.
    """
    prompts, options = list[str](), list[str]()
    for option in operation.options:
        value = values.get(option.field.api_name, option.default)
        if option.field.required:
            prompts.append(_text(value))
        elif value != option.default:
            options.append(f"{option.flag} {_quoted(_text(value))}")
    quoted = [_quoted(prompt) for prompt in prompts]
    # A prompt that starts like an option stands behind `--`, and so behind all options.
    is_plain = not any(prompt.startswith("-") for prompt in prompts)
    parts = [*quoted, *options] if is_plain else [*options, "--", *quoted]
    return " ".join([click.get_current_context().find_root().info_name or "", "generate", *parts])


def as_started(message: str) -> str:
    """A message of the package, in which the program is called as it was started: pipx and uvx install a script, and no
    package that `python -m` would find. In threads other than the main one, the message is left as it is."""
    context = click.get_current_context(silent=True)
    name = context.find_root().info_name if context is not None else None
    return message.replace(f"`python -m {_PACKAGE} ", f"`{name} ") if name in _scripts() else message


_PACKAGE = __name__.partition(".")[0]


@cache
def _scripts() -> frozenset[str]:
    """The names under which the program is installed."""
    from importlib.metadata import entry_points

    installed = entry_points(group="console_scripts")
    return frozenset(one.name for one in installed if one.module.partition(".")[0] == _PACKAGE)


def _text(value: Any) -> str:
    """A value as an option takes it."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return str(value)


def _quoted(text: str) -> str:
    """A text as one word of sh, bash, zsh or fish, which quote alike as far as this goes.

    A backslash stands in double quotes, since fish reads some of those in single quotes. What no printer prints is
    escaped for `printf`, so that no terminal acts upon it, as the octets of UTF-8, which no locale changes.

    Also on Windows: its shells quote in ways of their own, and PowerShell agrees on texts without quotes.
    """
    if _PLAIN.fullmatch(text):
        return text
    if not text.isprintable():
        # `$(…)` drops line breaks at the end.
        body = text.rstrip("\n")
        return f"\"$(printf '{_format(body)}')\"" + (f"'{text[len(body) :]}'" if body != text else "")
    parts = _BOTH_QUOTES.split(text)
    words = [f'"{part}"'.replace("\\", "\\\\") if place % 2 else f"'{part}'" for place, part in enumerate(parts)]
    return "".join(word for word in words if word != "''") or "''"


_PLAIN = re.compile(r"[\w/.:@+-][\w/.:@+,=%-]*", re.ASCII)
"""Texts that mean themselves in each shell. To zsh, a word that starts with `=` is a path, as `~` is to all."""

_BOTH_QUOTES = re.compile(r"(['\\]+)")

_SPECIAL = re.compile(r"\A-|['\\%!]")
"""What an option, a format of `printf` or, in bash, the history would take for its own."""


def _format(text: str) -> str:
    """A text as a format of `printf` that has no special character."""
    plain = _SPECIAL.sub(lambda found: _escaped(found[0]), text)
    return "".join(one if one.isprintable() else _escaped(one) for one in plain)


def _escaped(character: str) -> str:
    return "".join(f"\\{octet:03o}" for octet in character.encode(errors="surrogatepass"))
