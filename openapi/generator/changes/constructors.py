"""What the constructor of an attrs class takes. griffe reads it for dataclasses alone."""

import ast
from collections.abc import Iterator

import griffe
from griffe import ParameterKind

_DECORATORS = frozenset({"attrs.define", "attrs.frozen", "attrs.mutable"})

OF_ATTRS = "attrs"
"""The label of a constructor that was added here."""


def add_constructor(owner: griffe.Class) -> None:
    """Give an attrs class the `__init__` that attrs would, and leave any other class alone.

    Parameters of private fields are left out: nobody but the package gives them.
    """
    if _options(owner) is None or "__init__" in owner.members:
        return
    fields: dict[str, griffe.Parameter] = {}
    # As attrs orders them: those of bases first, and a field that is described again at its new place.
    for one in [*reversed(owner.mro()), owner]:
        for parameter in _fields(one):
            fields.pop(parameter.name, None)
            fields[parameter.name] = parameter
    parameters = griffe.Parameters(griffe.Parameter("self", kind=ParameterKind.positional_or_keyword))
    # Parameters by name alone stand behind the others.
    for parameter in sorted(fields.values(), key=lambda one: one.kind is ParameterKind.keyword_only):
        parameters.add(parameter)
    constructor = griffe.Function("__init__", parameters=parameters, parent=owner)
    constructor.labels.add(OF_ATTRS)
    owner.set_member("__init__", constructor)


def _options(owner: griffe.Class) -> str | None:
    """The decorator of an attrs class as it is written, or None for another class."""
    return next((str(one.value) for one in owner.decorators if one.callable_path in _DECORATORS), None)


def _fields(owner: griffe.Class) -> Iterator[griffe.Parameter]:
    options = _options(owner)
    if options is None:
        return
    functions = [member for member in owner.members.values() if isinstance(member, griffe.Function)]
    # `@size.default` above a method.
    computed = {str(one.value) for function in functions for one in function.decorators}
    for name, member in owner.members.items():
        if not isinstance(member, griffe.Attribute) or member.annotation is None or "property" in member.labels:
            continue
        said = said_of_field(str(member.value or ""))
        if name.startswith("_") or "ClassVar" in str(member.annotation) or said.get("init") == "False":
            continue
        default = "…" if f"{name}.default" in computed else said.get("default", said.get("factory"))
        by_name = said.get("kw_only", "True" if "kw_only=True" in options.replace(" ", "") else "") == "True"
        kind = ParameterKind.keyword_only if by_name else ParameterKind.positional_or_keyword
        yield griffe.Parameter(name, annotation=member.annotation, kind=kind, default=default)


def said_of_field(value: str) -> dict[str, str]:
    """What `field(…)` says of a field, by keyword; a value of another kind is its default."""
    tree = ast.parse(value, mode="eval").body if value else None
    if isinstance(tree, ast.Call) and ast.unparse(tree.func).rpartition(".")[2] in ("field", "_attrs_field"):
        return {one.arg: ast.unparse(one.value) for one in tree.keywords if one.arg is not None}
    return {} if tree is None else {"default": value}
