"""The calls of the queue and of the account: which of them a request is, and changes of their responses alone."""

import json
from collections.abc import Callable
from typing import Any

from attrs import evolve

from segmind_flux_schnell_sandbox.jobs import Queue
from segmind_flux_schnell_sandbox.queueing import SUFFIX
from tests.contract.mutants.rewiring import Intercepted, Request, Response, ResponseChange
from tests.contract.mutants.triggers import CREDITS_PATH, SUBMIT_PATH

Call = Callable[[Request], bool]
Fields = dict[str, Any]

_ADDRESSES = Queue()


def submit(request: Request) -> bool:
    """Whether a request submits a job."""
    return request.path == SUBMIT_PATH


def job_status(request: Request) -> bool:
    """Whether a request asks for the state of a job."""
    found = _ADDRESSES.request_id(request.path)
    return found is not None and found[1]


def job_result(request: Request) -> bool:
    """Whether a request asks for the result of a job."""
    found = _ADDRESSES.request_id(request.path)
    return found is not None and not found[1]


def job(request: Request) -> bool:
    """Whether a request asks for the state or for the result of a job."""
    return job_status(request) or job_result(request)


def any_job(request: Request) -> bool:
    """Whether a request submits a job, or asks for its state or for its result."""
    return submit(request) or job(request)


def file(request: Request) -> bool:
    """Whether a request downloads the image of a job."""
    return request.path.endswith(SUFFIX)


def balance(request: Request) -> bool:
    """Whether a request asks for the balance of an account."""
    return request.path == CREDITS_PATH


def of(call: Call, change: Callable[[Response], Response], *statuses: int) -> ResponseChange:
    """Apply `change` to the responses of one call, with one of these statuses; by default to those of success."""

    def changed(intercepted: Intercepted) -> Response:
        response = intercepted.response
        meant = response.status in statuses if statuses else response.status < 300
        return change(response) if meant and call(intercepted.request) else response

    return changed


def fields_of(call: Call, change: Callable[[Fields], object], *statuses: int) -> ResponseChange:
    """Apply `change` to the JSON object in the responses of one call; by default in those of success."""
    return of(call, lambda response: with_fields(response, change), *statuses)


def with_fields(response: Response, change: Callable[[Fields], object]) -> Response:
    """Return a copy in which the JSON object of the body has changed."""
    if response.header("content-type") != "application/json":
        return response
    return response.with_body(json.dumps(change(json.loads(response.body))).encode())


def with_status(status: int) -> Callable[[Response], Response]:
    """Return a change of the status alone."""
    return lambda response: evolve(response, status=status)


def setting(value: object, *path: str | int) -> Callable[[Fields], Fields]:
    """Return a change that sets a field; fields that are not there stay away."""
    return changing(lambda _: value, *path)


def changing(change: Callable[[Any], Any], *path: str | int) -> Callable[[Fields], Fields]:
    """Return a change of the value of a field; fields that are not there stay away."""

    def changed(document: Any, steps: tuple[str | int, ...] = path) -> Any:
        if not steps:
            return change(document)
        first, *rest = steps
        if isinstance(document, list) and isinstance(first, int) and first < len(document):
            return [*document[:first], changed(document[first], tuple(rest)), *document[first + 1 :]]
        if isinstance(document, dict) and first in document:
            return {**document, first: changed(document[first], tuple(rest))}
        return document

    return changed


def without(name: str) -> Callable[[Fields], Fields]:
    """Return a change that leaves a field out."""
    return lambda document: {known: value for known, value in document.items() if known != name}


def renamed(name: str, to: str) -> Callable[[Fields], Fields]:
    """Return a change of the name of a field."""
    return lambda document: {to if known == name else known: value for known, value in document.items()}


def stated(**states: object) -> Callable[[Fields], Fields]:
    """Return a change of the names of states; those that are not given keep theirs."""
    return changing(lambda state: states.get(state, state), "status")


def is_in(state: str, change: Callable[[Fields], object]) -> Callable[[Fields], object]:
    """Apply `change` to jobs in one state."""
    return lambda document: change(document) if document.get("status") == state else document


def unless_done(change: Callable[[Response], Response]) -> Callable[[Response], Response]:
    """Apply `change` to responses that say that a job has not ended yet."""

    def changed(response: Response) -> Response:
        state = json.loads(response.body).get("status")
        return change(response) if state in ("QUEUED", "PROCESSING") else response

    return changed
