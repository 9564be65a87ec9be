"""Whatever a public signature, annotation or alias mentions can be imported from the package, and is documented."""

import ast
import builtins
import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

import pytest
from attrs import frozen

PACKAGE = "segmind_flux_schnell"
SUBMODULES = ("batch", "errors", "models", "results", "types")
"""The submodules that a user may import from."""

FUNCTIONS = "api.images.generate_image"
"""The module of the conventional functions."""


@frozen
class Source:
    """The source of a module of the package.

    Args:
        name: Full name of the module.
        tree: Its syntax tree.
        homes: Module and name of what it imports, by the name that it has here. So also under `TYPE_CHECKING`.
    """

    name: str
    tree: ast.Module
    homes: dict[str, tuple[str, str]]

    def definition(self, name: str) -> ast.stmt | None:
        """Where the module defines a class, a function or an alias."""
        return next((node for node in self.tree.body if name in _defined(node)), None)


@cache
def source_of(name: str) -> Source:
    """The source of a module."""
    module = importlib.import_module(name)
    tree = ast.parse(inspect.getsource(module))
    return Source(name, tree, dict(_imports(module, tree)))


def public_names() -> dict[tuple[str, str], str]:
    """All public names: what they are called by users, by the module and the name of their definition."""
    found: dict[tuple[str, str], str] = {}
    for module in (f"{PACKAGE}.{FUNCTIONS}", *(f"{PACKAGE}.{name}" for name in SUBMODULES), PACKAGE):
        for name in importlib.import_module(module).__all__:
            found[defined_at(module, name)] = f"{module}.{name}"
    return found


def defined_at(module: str, name: str) -> tuple[str, str]:
    """Module and name of the definition behind a name, however often it is imported and exported again."""
    while True:
        home = source_of(module).homes.get(name)
        if home is None or not home[0].startswith(PACKAGE):
            return home or (module, name)
        module, name = home


def mentions(at: tuple[str, str], public: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """What a public name mentions: where, the name, and where that is defined."""
    value: Any = getattr(importlib.import_module(at[0]), at[1])
    if not inspect.isclass(value):
        yield from _mentioned_by(source_of(at[0]), at[1], public, set())
        return
    for base in value.__mro__:
        if base.__module__.startswith(PACKAGE):
            overridden = {name for one in value.__mro__[: value.__mro__.index(base)] for name in vars(one)}
            module, name = defined_at(base.__module__, base.__name__)
            yield from _mentioned_by(source_of(module), name, public, overridden)


def _mentioned_by(
    source: Source, name: str, public: str, overridden: set[str]
) -> Iterator[tuple[str, str, tuple[str, str]]]:
    node = source.definition(name)
    assert node is not None, f"{source.name} does not define {name}"
    for where, annotation in _annotations(node, public, overridden):
        for mentioned in _names(annotation):
            yield where, mentioned, source.homes.get(mentioned, (source.name, mentioned))


def _annotations(node: ast.AST, where: str, overridden: set[str]) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            arguments = node.args
            for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                if one.annotation is not None:
                    yield f"{where}({one.arg})", one.annotation
            if node.returns is not None:
                yield f"{where}()", node.returns
        case ast.ClassDef():
            # Users catch errors, and never make one.
            is_error = any("Error" in ast.unparse(base) for base in node.bases) or node.name == "APIError"
            for member in node.body:
                for name in set(_defined(member)) - overridden:
                    if not name.startswith("_") or (name.startswith("__") and not is_error):
                        yield from _annotations(member, f"{where}.{name}", set())
        case ast.AnnAssign():
            yield where, node.annotation
        case ast.Assign(targets=[ast.Name(id=name)]) if not isinstance(node.value, ast.Call | ast.Constant | ast.Tuple):
            # An alias.
            yield name, node.value
        case _:
            return


def _defined(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
            return (node.name,)
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return (name,)
        case _:
            return ()


def _names(annotation: ast.expr) -> Iterator[str]:
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not _is_in_literal(node, annotation):
            yield from _names(ast.parse(node.value, mode="eval").body)


def _is_in_literal(constant: ast.Constant, annotation: ast.expr) -> bool:
    literals = [node for node in ast.walk(annotation) if isinstance(node, ast.Subscript)]
    return any(ast.unparse(node.value) == "Literal" and constant in ast.walk(node) for node in literals)


def _is_reachable(module: str, name: str) -> bool:
    if not module.startswith(PACKAGE):
        return True
    at = defined_at(module, name)
    if at in PUBLIC or not at[0].startswith(PACKAGE) or at[1] in SUBMODULES or hasattr(builtins, name):
        return True
    # A user writes a variable of types of their own.
    return isinstance(getattr(importlib.import_module(at[0]), at[1]), TypeVar)


def _imports(module: Any, tree: ast.Module) -> Iterator[tuple[str, tuple[str, str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            origin = _absolute(module, node) if isinstance(node, ast.ImportFrom) else ""
            yield from ((alias.asname or alias.name, (origin, alias.name)) for alias in node.names)


def _absolute(module: Any, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    is_package = hasattr(module, "__path__")
    parts = module.__name__.split(".")
    parents = parts[: len(parts) - node.level + is_package]
    return ".".join([*parents, *([node.module] if node.module else [])])


PUBLIC = public_names()


@pytest.mark.parametrize(("at", "public"), PUBLIC.items(), ids=PUBLIC.values())
def test_each_name_that_is_mentioned_can_be_imported(at: tuple[str, str], public: str) -> None:
    """Parameters, results, attributes and properties are of types that a user can import, or of other libraries."""
    hidden = {f"{where}: {name}" for where, name, home in mentions(at, public) if not _is_reachable(*home)}
    assert not hidden


@pytest.mark.parametrize(("at", "public"), PUBLIC.items(), ids=PUBLIC.values())
def test_each_public_name_is_documented(at: tuple[str, str], public: str) -> None:
    """Classes and functions have a docstring, aliases and constants a string below them; editors show both."""
    if public.startswith(f"{PACKAGE}.models.") or at[1] in ("UNSET", "__version__"):
        # Lists of values, and what explains itself.
        return
    source = source_of(at[0])
    node = source.definition(at[1])
    assert node is not None
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        assert ast.get_docstring(node)
        return
    following = source.tree.body[source.tree.body.index(node) + 1]
    assert isinstance(following, ast.Expr), f"{public} has no docstring"
