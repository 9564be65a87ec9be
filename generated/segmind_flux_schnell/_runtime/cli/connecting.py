# @generated from openapi/runtime/cli/connecting.py by `make generate`. Do not edit: change that file.
"""How a command gets a client of the service: the options for it, and what is said if there is no key."""

import os
from collections.abc import Callable
from typing import Any, get_args

import click

from ..base.errors import MissingKeyError
from ..base.messages import Request
from ..client.client_access import settings_of
from ..client.results import OnMismatch
from .output import say
from .program import Program


def parameters(program: Program, longest: str) -> list[click.Parameter]:
    """The options of a command that sends something. The key is not one of them: other users could see it.

    Args:
        program: What the document says.
        longest: What the timeout limits, as a sentence.
    """
    variable, has_server = program.service.base_url_env, bool(program.service.servers)
    fallback = ", or else the URL in the document" if has_server else ""
    default = f" Default: {variable}{fallback}." if variable else ""
    is_required = not (variable or has_server)
    return [
        click.Option(["--base-url"], metavar="URL", required=is_required, help=f"URL of the service.{default}"),
        click.Option(["--timeout"], type=float, metavar="SECONDS", help=longest),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            help="After a failure, show the whole text of the response, such as the service's stack trace.",
        ),
    ]


def image_parameters(program: Program, longest: str | None = None) -> list[click.Parameter]:
    """`parameters` for a command that gets images; by default the timeout limits each image."""
    return [
        *parameters(program, longest or f"Time limit for an image{_by_default(program)}."),
        click.Option(
            ["--on-mismatch"],
            type=click.Choice(get_args(OnMismatch)),
            help="What to do with a whole image whose size, seed or format is not the requested one: `accept`, the "
            "default, keeps it, with a warning; `raise` makes it a failure. You pay for it in both cases.",
        ),
    ]


def _by_default(program: Program) -> str:
    """The timeouts of the document, as the end of a sentence."""
    direct = program.operation.operation.timeout if program.operation is not None else None
    times = [f"{direct:g} by default" if direct else "", f"{program.job.timeout:g} with --queue" if program.job else ""]
    return "".join(f"{sign} {text}" for sign, text in zip((";", ","), filter(None, times), strict=False))


def queue_parameters(program: Program) -> list[click.Parameter]:
    """The option of a command that buys images over the queue; none if the document has no such way."""
    if program.job is None:
        return []
    text = "Submit to the queue and collect the result: nothing gets lost once it is submitted."
    return [click.Option(["--queue"], is_flag=True, help=text)]


def name_destination(program: Program, client: Any, options: dict[str, Any]) -> None:
    """Say where a client sends to, if only the environment says so: a sandbox, or a host that is not the vendor's.

    That of the document needs no line, nor does one that the command line itself names.
    """
    is_usual = any(client.base_url == server.url.rstrip("/") for server in program.service.servers[:1])
    if options["base_url"] is None and not is_usual:
        say(f"Sending to {client.base_url} ({program.service.base_url_env})")


def unconnected(program: Program, options: dict[str, Any]) -> Any:
    """A client that checks its options and sends nothing: where there is no key, it does without.

    Raises:
        ConfigurationError: One of the options cannot be used.
    """
    try:
        return opened(program, program.client, options)
    except MissingKeyError:
        keys = {scheme.name: _NO_KEY for scheme in program.service.schemes}
        return opened(program, program.client, options, **keys)


_NO_KEY = "no-key"
"""What stands for the key of a client that sends nothing."""


def base_url_for(client: Any, request: Request) -> str:
    """Where a client would send a request, whose operation may have a server of its own."""
    url: str = settings_of(client).at_server_of(request).base_url
    return url


def key_found(program: Program) -> str:
    """Where the key comes from, without showing it; empty if the service needs none."""
    variables = [scheme.env for scheme in program.service.schemes if scheme.env]
    found = next((name for name in variables if os.environ.get(name, "").strip()), None)
    if found:
        return f"from {found}"
    return f"none yet, {variables[0]} is not set" if variables else ""


def opened(program: Program, kind: Callable[..., Any], options: dict[str, Any], **further: Any) -> Any:
    """A client with its key from the environment.

    Args:
        program: What the document says.
        kind: The class of the client.
        options: The values of `parameters`, by name; None for those that were not given.
        further: Further arguments of the client.

    Raises:
        MissingKeyError: There is no key. The error says where to put it.
        ConfigurationError: One of the options cannot be used.
    """
    given = {name: options[name] for name in ("base_url", "timeout", "on_mismatch") if options.get(name) is not None}
    try:
        return kind(**given, **further)
    except MissingKeyError:
        variables = [scheme.env for scheme in program.service.schemes if scheme.env]
    if not variables:
        raise MissingKeyError("The service needs a key, and the document names no variable to put it in.")
    raise MissingKeyError(
        f"There is no key: put it in the environment variable {variables[0]} (export {variables[0]}=…)."
    )
