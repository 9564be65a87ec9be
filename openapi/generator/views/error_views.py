"""The exception classes of the document: one for each response of failure, and below it one for each of its causes."""

from collections.abc import Iterable

from attrs import frozen

from .headers import ON_EVERY_ERROR, HeaderView
from .operation_views import OperationView
from .response_views import CauseView, ResponseView


@frozen
class ErrorView:
    """An exception class.

    Args:
        name: Its name.
        statuses: The statuses that it stands for, as the document writes them.
        meaning: What the document says of them.
        body: Type of the body.
        headers: Headers that the document has for it, but for those that every error has read.
        causes: What its status can mean: each has a class below this one.
        imports: Imports that the type of the body needs.
    """

    name: str
    statuses: tuple[str, ...]
    meaning: str
    body: str
    headers: tuple[HeaderView, ...]
    causes: tuple[CauseView, ...]
    imports: tuple[str, ...]


def error_views(operations: Iterable[OperationView]) -> list[ErrorView]:
    """The exception classes, by status."""
    by_name: dict[str, list[ResponseView]] = {}
    failures = (one for view in operations for one in view.failures)
    for response in sorted(failures, key=lambda one: (one.status == "default", one.statuses)):
        by_name.setdefault(response.error or "", []).append(response)
    return [_view(name, responses) for name, responses in by_name.items()]


def _view(name: str, responses: list[ResponseView]) -> ErrorView:
    bodies = dict.fromkeys(one.type for one in responses if one.type != "None")
    return ErrorView(
        name=name,
        statuses=tuple(dict.fromkeys(one.status for one in responses)),
        meaning=" / ".join(dict.fromkeys(one.described["description"].strip() for one in responses)),
        body=" | ".join([*bodies, "None"]),
        headers=tuple(_headers(responses)),
        causes=tuple({cause.error: cause for one in responses for cause in one.causes}.values()),
        imports=tuple(sorted(set().union(*(one.imports for one in responses)))),
    )


def _headers(responses: list[ResponseView]) -> Iterable[HeaderView]:
    found = {header.name: header for one in responses for header in one.headers}
    return (header for name, header in found.items() if name not in ON_EVERY_ERROR)
