"""The signatures of API.md: what they show has to be what the clients take."""

import ast
import inspect

from segmind_flux_schnell import AsyncClient, Client
from tests.readmes.blocks import UncoveredError


def check_signature(text: str) -> None:
    """Compare a method's shown parameters and defaults with those of both clients.

    Raises:
        UncoveredError: The block is not `client.method(…) -> type`.
        AssertionError: The method takes something else.
    """
    start, bracket, rest = text.partition("(")
    if not start.startswith("client.") or not bracket:
        raise UncoveredError("a Python block of API.md is the signature of a method of `client`")
    name = start.removeprefix("client.")
    # What is shown leaves `self` out, and the star before parameters where all of them are passed by name.
    (shown,) = ast.parse(f"def {name}({rest}: ...").body
    assert isinstance(shown, ast.FunctionDef), text
    for kind in (Client, AsyncClient):
        actual = list(inspect.signature(getattr(kind, name)).parameters.values())[1:]
        assert _shown(shown.args) == [(one.name, _default(one)) for one in actual]


def _shown(arguments: ast.arguments) -> list[tuple[str, object]]:
    defaults = [None] * (len(arguments.args) - len(arguments.defaults)) + arguments.defaults
    pairs = [
        *zip(arguments.args, defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return [(argument.arg, default and ast.unparse(default)) for argument, default in pairs]


def _default(parameter: inspect.Parameter) -> str | None:
    if parameter.default is inspect.Parameter.empty:
        return None
    return "UNSET" if type(parameter.default).__name__ == "Unset" else repr(parameter.default)
