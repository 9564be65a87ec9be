"""Names that differ in the document and would be the same in Python."""

import builtins
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from ..document.document import Problem, child, tokens
from ..upstream.internals import GeneratorData, ModelProperty
from ..upstream.naming import RESERVED_CLASSES, RESERVED_METHODS, identifier
from ..upstream.properties import model_pointer
from .job_views import JobView
from .many_views import many_views
from .operation_views import OperationView


def name_clashes(views: Iterable[OperationView], data: GeneratorData) -> Iterator[Problem]:
    """Operations and classes that would replace each other."""
    yield from _operations(views)
    yield from _modules(data)


def job_clashes(
    jobs: Iterable[JobView], operations: Sequence[OperationView], classes: Collection[str]
) -> Iterator[Problem]:
    """Handles of jobs that would replace something else.

    Args:
        jobs: The jobs.
        operations: All operations.
        classes: Names of all classes that the document gives rise to besides.
    """
    taken_classes = {*classes, *RESERVED_CLASSES, *dir(builtins)}
    taken_methods = {*RESERVED_METHODS, *(many.name for many in many_views(operations))}
    taken_methods |= {name for view in operations for name in (view.name, view.file_method)}
    for job in jobs:
        place = child(job.place.pointer, "name")
        yield from _keys(job)
        for name in job.classes:
            if name in taken_classes:
                yield Problem(f"the job {job.name!r} needs a class {name}, and the package has one already", place)
        if job.method in taken_methods:
            yield Problem(f"the job {job.name!r} needs a method {job.method}, and the clients have one already", place)
        taken_classes.update(job.classes)
        taken_methods.add(job.method)


def _keys(job: JobView) -> Iterator[Problem]:
    """Keys with the name of the parameter that a client has where a job is another route."""
    described = job.submit.package.document.root.get("components", {}).get("securitySchemes", {})
    for name in described:
        if job.instead_of is not None and identifier(name) == "route":
            place = child("/components/securitySchemes", name)
            yield Problem(f"the key {name!r} has the name of the clients' parameter for the route of a job", place)


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
