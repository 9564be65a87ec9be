"""What the trigger of a mutant shows: responses, as far as they can be compared between two services."""

import hashlib
import re

import httpx
from attrs import frozen

from tests.contract.mutants.mutant import ServiceMutant
from tests.contract.mutants.mutant_server import MutantServer
from tests.contract.mutants.rewiring import Request
from tests.sandbox.server import Served
from tests.sandbox.service import create_app

# Headers whose values differ with each request to one and the same service; what they look like does not.
VOLATILE = ("date", "x-request-id", "x-generation-time", "x-rate-limit-reset-at-utc")
# With a random seed, these do too.
RANDOM = (*VOLATILE, "x-seed-value", "content-length")

Responses = tuple[httpx.Response | None, ...]


@frozen
class Observation:
    """What can be told of a response without knowing when and how often it was asked for.

    `body` is its hash, or which of the responses has the same where the seed is random. `named` tells
    whether its `x-request-id` is that of no other response.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    named: bool


@frozen
class Observer:
    """A server that is being served, and a client that sees what is on it."""

    server: MutantServer
    client: httpx.Client

    def responses(self, app: Served, requests: tuple[Request, ...]) -> Responses:
        """Put an application on the server, and send it requests in their order.

        A response is None where the connection was closed in the middle of it.
        """
        self.server.app = app
        return tuple(self._response(request) for request in requests)

    def observations(self, mutant: ServiceMutant) -> tuple[Observation | None, ...]:
        """Return what the trigger of a fresh mutant shows."""
        return _observations(mutant.trigger, self.responses(mutant.make(), mutant.trigger))

    def documented_observations(self, trigger: tuple[Request, ...]) -> tuple[Observation | None, ...]:
        """Return what a trigger shows with a fresh documented service."""
        return _observations(trigger, self.responses(create_app(), trigger))

    def _response(self, request: Request) -> httpx.Response | None:
        headers = list(request.headers)
        try:
            return self.client.request(request.method, request.path, headers=headers, content=request.body)
        except httpx.RemoteProtocolError:
            return None


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
        body=_twin(response, among) if random else hashlib.sha256(response.content).hexdigest(),
        named=names.count(response.headers.get("x-request-id")) == 1,
    )


def _twin(response: httpx.Response, among: Responses) -> str:
    """Say which response is the first with the same body."""
    bodies = [other and other.content for other in among]
    return f"like number {bodies.index(response.content)}"


def _shape(value: str) -> str:
    """Write any number of digits, hexadecimal ones too, as one: a random seed has more of them or less."""
    return re.sub("[0-9a-f]+", "0", value)
