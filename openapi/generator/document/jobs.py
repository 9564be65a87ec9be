"""The jobs of a document: responses with `x-job`, and the links that lead to their states and results."""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from .document import Document, child
from .memory import remembered
from .parameters import parameter_pointers
from .traversal import Node, operations


@frozen
class JobPlace:
    """An operation that starts a job.

    Args:
        operation: The operation.
        response: Where the response stands that says so.
        described: Its `x-job`.
    """

    operation: Node
    response: str
    described: dict[str, Any]

    @property
    def pointer(self) -> str:
        """Where the `x-job` stands."""
        return child(self.response, "x-job")

    def link(self, role: str) -> str:
        """Where the link stands that gives the state (`status`), or the result."""
        return child(self.response, "links", str(self.described[role]))


def job_places(document: Document) -> Sequence[JobPlace]:
    """The operations that start a job, in document order: one for each response that says so."""
    return _job_places(document)


@remembered
def _job_places(document: Document) -> tuple[JobPlace, ...]:
    return tuple(_found_jobs(document))


def _found_jobs(document: Document) -> Iterator[JobPlace]:
    for operation in operations(document):
        for response in successes(document, operation.pointer):
            described = document.at(response).get("x-job")
            if isinstance(described, dict):
                yield JobPlace(operation, response, described)


def successes(document: Document, operation: str) -> list[str]:
    """Where the responses of success of an operation stand. Without any, that of all statuses describes it."""
    described = document.at(operation).get("responses", {})
    statuses = [status for status in described if status.startswith("2")] or [
        one for one in described if one == "default"
    ]
    return [document.resolved(child(operation, "responses", status)) for status in statuses]


def operation_by_id(document: Document, name: object) -> Node | None:
    """The operation with an operationId."""
    return next((node for node in operations(document) if node.value.get("operationId") == name), None)


def parameters(document: Document, operation: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The parameters of an operation and of its path, by place and name."""
    return {key: document.at(pointer) for key, pointer in parameter_pointers(document, operation).items()}
