"""Observations: what of the responses to a trigger can be compared between two services."""

import hashlib
import re
from collections.abc import Callable

import httpx
from attrs import define, evolve, field, frozen

from segmind_flux_schnell_sandbox.queueing import SUFFIX
from segmind_flux_schnell_sandbox.server import Served
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract.mutants.mutant import ServiceMutant
from tests.contract.mutants.mutant_server import MutantServer
from tests.contract.mutants.rewiring import Request
from tests.contract.mutants.triggers import ENDED, FILE_PATH, RUNNING

# Headers whose values differ between requests to the same service, while their form does not.
VOLATILE = ("date", "x-request-id", "x-generation-time", "x-rate-limit-reset-at-utc")
# With a random seed, these differ too.
RANDOM = (*VOLATILE, "x-seed-value", "content-length")

_JOB = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Responses = tuple[httpx.Response | None, ...]


@frozen
class Observation:
    """What of a response does not depend on when and how often it was requested.

    `body` is the hash of the body, without the ids of jobs, or, with a random seed, the number
    of the first response with the same body. `named` is whether no other response has the same `x-request-id`.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    named: bool


@define
class Observer:
    """A running mutant server, its host of images, and a client that talks to both. `end_jobs` lets every job end."""

    server: MutantServer
    client: httpx.Client
    images_url: str
    end_jobs: Callable[[], None]
    _job: str = field(default="no-job", init=False)

    def responses(self, app: Served, requests: tuple[Request, ...]) -> Responses:
        """Serve an application, and send requests to it in order.

        A response is None if the connection was closed in the middle of it.
        """
        self.server.app = app
        return tuple(self._response(request) for request in requests)

    def observations(self, mutant: ServiceMutant) -> tuple[Observation | None, ...]:
        """Return what the trigger shows with a fresh mutant."""
        return _observations(mutant.trigger, self.responses(mutant.make(), mutant.trigger))

    def documented_observations(self, trigger: tuple[Request, ...]) -> tuple[Observation | None, ...]:
        """Return what a trigger shows with a fresh service as documented."""
        return _observations(trigger, self.responses(create_app(), trigger))

    def _response(self, request: Request) -> httpx.Response | None:
        sent = self._about_the_job(request)
        headers = list(sent.headers)
        try:
            response = self.client.request(sent.method, sent.path, headers=headers, content=sent.body)
        except httpx.RemoteProtocolError:
            return None
        found = _JOB.search(response.text) if sent.method == "POST" and response.is_success else None
        self._job = found[0] if found else self._job
        return response

    def _about_the_job(self, request: Request) -> Request:
        """Fill the id of the job that was submitted last into a path."""
        if ENDED in request.path or request.path == FILE_PATH:
            self.end_jobs()
        if request.path == FILE_PATH:
            return evolve(request, path=f"{self.images_url}/{self._job}{SUFFIX}")
        return evolve(request, path=request.path.replace(RUNNING, self._job).replace(ENDED, self._job))


def _observations(requests: tuple[Request, ...], responses: Responses) -> tuple[Observation | None, ...]:
    pairs = zip(requests, responses, strict=True)
    return tuple(
        None if response is None else _observation(request, response, responses) for request, response in pairs
    )


def _observation(request: Request, response: httpx.Response, among: Responses) -> Observation:
    random = request.fields.get("seed") == -1
    volatile = RANDOM if random else VOLATILE
    raw = ((name.decode(), value.decode()) for name, value in response.headers.raw)
    names = [other.headers.get("x-request-id") for other in among if other is not None]
    return Observation(
        status=response.status_code,
        headers=tuple((name, _shape(value) if name in volatile else value) for name, value in raw),
        body=_twin(response, among) if random else hashlib.sha256(_without_jobs(response, among)).hexdigest(),
        named=names.count(response.headers.get("x-request-id")) == 1,
    )


def _without_jobs(response: httpx.Response, among: Responses) -> bytes:
    """A body in which the ids of the jobs that were submitted are left out."""
    if "json" not in response.headers.get("content-type", ""):
        return response.content
    submits = [other.text for other in among if other is not None and other.request.method == "POST"]
    return _JOB.sub(lambda found: "" if any(found[0] in text for text in submits) else found[0], response.text).encode()


def _twin(response: httpx.Response, among: Responses) -> str:
    """Name the first response with the same body."""
    bodies = [other and other.content for other in among]
    return f"like number {bodies.index(response.content)}"


def _shape(value: str) -> str:
    """Replace any number of digits, hexadecimal ones included, by one: random values differ in length."""
    return re.sub("[0-9a-f]+", "0", value)
