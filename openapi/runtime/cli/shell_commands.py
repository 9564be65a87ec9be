"""The command that makes an image again, quoted for a shell."""

import json
import shlex
from collections.abc import Mapping
from functools import cache
from typing import Any

import click

from .program import OperationOptions


def generating(operation: OperationOptions, values: Mapping[str, Any]) -> str:
    """The command that requests an image with these values, for bash or zsh.

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
    """A text for bash or zsh, control characters escaped, so that no terminal acts upon them.

    They are escaped as the octets of UTF-8, since `\\u` would depend on the locale.

    Also on Windows: its shells quote in ways of their own, and PowerShell agrees on texts without quotes.
    """
    if text.isprintable():
        return shlex.quote(text)
    plain = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"$'{''.join(one if one.isprintable() else _escaped(one) for one in plain)}'"


def _escaped(character: str) -> str:
    return "".join(f"\\{octet:03o}" for octet in character.encode(errors="surrogatepass"))
