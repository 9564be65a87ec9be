# @generated from openapi/runtime/cli/shell_commands.py by `make generate`. Do not edit: change that file.
"""The command that makes an image again, quoted for a shell."""

import json
import shlex
from collections.abc import Mapping
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
    return " ".join([program_name(), "generate", *parts])


def program_name() -> str:
    """The program as it was started: `flux-schnell`, or `python -m` and its package."""
    return click.get_current_context().find_root().info_name or ""


def as_started(message: str) -> str:
    """A message of the package whose commands are those of the program that runs: `python -m` finds no package that
    pipx or uvx has installed."""
    return message.replace(f"`python -m {__name__.partition('.')[0]} ", f"`{program_name()} ")


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
