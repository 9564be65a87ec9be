"""Names that differ in the document and would be the same in Python."""

from collections.abc import Iterable, Iterator
from itertools import chain

from ..document.document import Problem, tokens
from ..upstream.internals import GeneratorData, ModelProperty
from ..upstream.properties import model_pointer
from .operation_views import OperationView


def name_clashes(views: Iterable[OperationView], data: GeneratorData) -> Iterator[Problem]:
    """Operations and classes that would replace each other."""
    yield from _operations(views)
    yield from _modules(data)


def _operations(views: Iterable[OperationView]) -> Iterator[Problem]:
    named: dict[str, str] = {}
    for view in views:
        first = named.setdefault(view.class_name.lower(), view.pointer)
        if first != view.pointer:
            _, path, method = tokens(first)
            yield Problem(
                f"in Python this operation has the same name as {method.upper()} {path}: {view.name}", view.pointer
            )


def _modules(data: GeneratorData) -> Iterator[Problem]:
    named: dict[str, str] = {}
    for one in chain(data.models, data.enums):
        name = str(one.class_info.name)
        first = named.setdefault(str(one.class_info.module_name), name)
        if first != name:
            pointer = model_pointer(one) if isinstance(one, ModelProperty) else ""
            yield Problem(f"in Python {name} would be in the same module as {first}", pointer)
