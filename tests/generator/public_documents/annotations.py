"""Annotations of a generated package: what they mean, and whether a value is as annotated."""

import ast
import builtins
import datetime
import importlib
import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import attrs


class _Names(dict[str, Any]):
    """The names of a module, those that it imports only for type checkers included."""

    def __init__(self, module: types.ModuleType) -> None:
        super().__init__(vars(module))
        self._module = module
        self._imports = dict(_imported_names(module))

    def __missing__(self, name: str) -> Any:
        if name not in self._imports:
            return getattr(builtins, name) if hasattr(builtins, name) else self._attribute(name)
        home, original = self._imports[name]
        found = importlib.import_module(home)
        if original:
            found = (
                getattr(found, original) if hasattr(found, original) else importlib.import_module(f"{home}.{original}")
            )
        self[name] = found
        return found

    def _attribute(self, name: str) -> Any:
        try:
            return getattr(self._module, name)
        except AttributeError:
            raise NameError(f"{name} in {self._module.__name__}") from None


def _imported_names(module: types.ModuleType) -> Iterator[tuple[str, tuple[str, str]]]:
    tree = ast.parse(inspect.getsource(module))
    package = module.__name__ if hasattr(module, "__path__") else module.__name__.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = package.split(".")
            base = base[: len(base) - node.level + 1] if node.level else []
            home = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((alias.asname or alias.name, (home, alias.name)) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name.partition(".")[0], (alias.name, "")) for alias in node.names)


@cache
def _names(module: types.ModuleType) -> _Names:
    return _Names(module)


def meaning(annotation: object, module: str) -> Any:
    """The type that an annotation of a module means."""
    if isinstance(annotation, str):
        # The code is our own generator's, and is run by importing it too.
        return eval(annotation, {"__builtins__": {}}, _names(sys.modules[module]))
    return annotation


def field_types(cls: type) -> dict[str, Any]:
    """The types of the fields of an attrs class."""
    return _field_types(cls)


@cache
def _field_types(cls: type) -> dict[str, Any]:
    return {field.name: meaning(field.type, _owner(cls, field.name).__module__) for field in attrs.fields(cls)}


def _owner(cls: type, name: str) -> type:
    """The class that declares a field."""
    return next((one for one in cls.__mro__ if name in vars(one).get("__annotations__", ())), cls)


def flaws(value: object, kind: Any, at: str = "") -> Iterator[str]:
    """Where a value is not as its type says."""
    checker = _CHECKS.get(get_origin(kind) or kind)
    if checker is not None:
        yield from checker(value, kind, at)
    elif kind is Any or isinstance(kind, (typing.TypeVar, typing.ForwardRef)):
        return
    elif kind is None or kind is type(None):
        if value is not None:
            yield _wrong(value, "None", at)
    elif isinstance(kind, type) or isinstance(get_origin(kind), type):
        cls: Any = get_origin(kind) or kind
        if getattr(cls, "_is_protocol", False):
            return
        if not _is_instance(value, cls):
            yield _wrong(value, cls.__name__, at)
        elif attrs.has(type(value)):
            yield from _field_flaws(value, at)


def _field_flaws(value: Any, at: str) -> Iterator[str]:
    for name, kind in field_types(type(value)).items():
        try:
            held = getattr(value, name)
        except AttributeError:
            continue
        yield from flaws(held, kind, f"{at}.{name}")


def _is_instance(value: object, cls: type) -> bool:
    if cls is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if cls is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if cls is datetime.date:
        return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    return isinstance(value, cls)


def _wrong(value: object, expected: str, at: str) -> str:
    return f"{at or 'the value'} is {type(value).__name__} {str(value)[:60]!r}, annotated {expected}"


def _union(value: object, kind: Any, at: str) -> Iterator[str]:
    if all(any(True for _ in flaws(value, one, at)) for one in get_args(kind)):
        closest = [list(flaws(value, one, at)) for one in get_args(kind) if get_origin(one) or attrs.has(one)]
        deepest = max((found[0] for found in closest if found), key=len, default="")
        yield _wrong(value, f"{kind}; closest: {deepest}", at)


def _literal(value: object, kind: Any, at: str) -> Iterator[str]:
    if not any(value == one and type(value) is type(one) for one in get_args(kind)):
        yield _wrong(value, f"Literal{get_args(kind)!r:.80}", at)


def _sequence(value: object, kind: Any, at: str) -> Iterator[str]:
    origin: Any = get_origin(kind) or kind
    if not isinstance(value, origin) or isinstance(value, str):
        yield _wrong(value, str(kind), at)
    elif get_args(kind):
        for index, item in enumerate(typing.cast("Sequence[object]", value)):
            yield from flaws(item, get_args(kind)[0], f"{at}[{index}]")


def _mapping(value: object, kind: Any, at: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield _wrong(value, str(kind), at)
    elif get_args(kind):
        for key, item in value.items():
            yield from flaws(key, get_args(kind)[0], f"{at} key")
            yield from flaws(item, get_args(kind)[1], f"{at}[{key!r}]")


def _tuple(value: object, kind: Any, at: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield _wrong(value, str(kind), at)


_CHECKS: dict[Any, Callable[[object, Any, str], Iterator[str]]] = {
    Union: _union,
    types.UnionType: _union,
    Literal: _literal,
    list: _sequence,
    Sequence: _sequence,
    dict: _mapping,
    Mapping: _mapping,
    tuple: _tuple,
}
