"""Jobs beside each other and beside other operations: names, routes, and keys that go to another host."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from ..document.document import Document, Problem, child
from ..document.jobs import JobPlace, operation_by_id, parameters, successes
from ..document.media_types import IMAGES, plain_type
from ..document.paths import path_of
from ..document.servers import server_url
from .links import unknown_operation


def unusable_routes(document: Document, jobs: Sequence[JobPlace]) -> Iterator[Problem]:
    """Jobs that get in each other's way, or that cannot stand in for the operation that they name."""
    names: dict[str, JobPlace] = {}
    routes: dict[str, JobPlace] = {}
    for job in jobs:
        name, instead_of = job.described["name"], job.described.get("instead-of")
        first = names.setdefault(name.lower(), job)
        if first is not job:
            text = f"the job {name!r} is described twice: {_id(first)} starts one, and {_id(job)}"
            yield Problem(text, child(job.pointer, "name"))
        if instead_of is not None:
            other = routes.setdefault(instead_of, job)
            if other is not job:
                text = f"{_id(other)} is another route of {instead_of} already"
                yield Problem(text, child(job.pointer, "instead-of"))
            yield from _not_instead_of(document, job, instead_of, child(job.pointer, "instead-of"))
        yield from _exposed_key(document, job)


def _not_instead_of(document: Document, job: JobPlace, name: str, place: str) -> Iterator[Problem]:
    other = operation_by_id(document, name)
    if other is None:
        yield unknown_operation(document, name, place)
    elif any("x-job" in document.at(response) for response in successes(document, other.pointer)):
        yield Problem(f"{name} starts a job itself", place)
    else:
        if not _gives_image(document, other.pointer):
            yield Problem(f"{name} does not give an image, which the job does", place)
        if _request(document, other.pointer) != _request(document, job.operation.pointer):
            yield Problem(
                f"{name} takes another request than {_id(job)}: both need the same parameters, and a body with a "
                "reference to the same schema",
                place,
            )
        if any(kind == "path" for kind, _ in parameters(document, other.pointer)):
            yield Problem(
                f"{name} has parameters in its path, so its requests cannot go to {_path(job)} as they are", place
            )


def _gives_image(document: Document, operation: str) -> bool:
    contents = [document.at(response).get("content", {}) for response in successes(document, operation)]
    return len(contents) == 1 and bool(contents[0]) and all(plain_type(name) in IMAGES for name in contents[0])


def _request(document: Document, operation: str) -> Any:
    """What a request consists of: equal for two operations if one object of Python serves both."""
    body = document.at(operation).get("requestBody")
    place = document.resolved(child(operation, "requestBody")) if body is not None else None
    content = document.at(place).get("content", {}) if place is not None else {}
    schemas = {name: document.resolved(child(place or "", "content", name, "schema")) for name in content}
    return parameters(document, operation), schemas


def _exposed_key(document: Document, job: JobPlace) -> Iterator[Problem]:
    if job.described.get("image-key") is True:
        for server in document.root.get("servers") or []:
            if urlsplit(server_url(server)).scheme != "https":
                place = child(job.pointer, "image-key")
                yield Problem(f"the key would go to the image without TLS: {server_url(server)!r} is not https", place)


def _path(job: JobPlace) -> str:
    return path_of(job.operation.pointer)


def _id(job: JobPlace) -> str:
    return str(job.operation.value.get("operationId") or job.operation.pointer)
