"""What the witness of a mutant shows: answers, as far as they can be compared between two services."""

import hashlib
import re

import httpx
from attrs import frozen

from tests.contract.mutants.mutant import ServiceMutant
from tests.contract.mutants.mutant_server import Stage
from tests.contract.mutants.wire import Request
from tests.sandbox.server import Served
from tests.sandbox.service import create_app

# Headers whose values differ with each request to one and the same service; what they look like does not.
VOLATILE = ("date", "x-request-id", "x-generation-time", "x-rate-limit-reset-at-utc")
# With a random seed, these do too.
RANDOM = (*VOLATILE, "x-seed-value", "content-length")

Answers = tuple[httpx.Response | None, ...]


@frozen
class Look:
    """What can be told of an answer without knowing when and how often it was asked for.

    `body` is its hash, or which of the answers has the same where the seed is random. `named` tells
    whether its `x-request-id` is that of no other answer.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    named: bool


@frozen
class Theatre:
    """A stage that is being served, and a client that sees what is on it."""

    stage: Stage
    client: httpx.Client

    def answers(self, app: Served, requests: tuple[Request, ...]) -> Answers:
        """Put an application on the stage, and send it requests in their order.

        An answer is None where the connection was closed in the middle of it.
        """
        self.stage.app = app
        return tuple(self._answer(request) for request in requests)

    def shown_by(self, mutant: ServiceMutant) -> tuple[Look | None, ...]:
        """Return what the witness of a fresh mutant shows."""
        return _looks(mutant.witness, self.answers(mutant.make(), mutant.witness))

    def shown_by_documented(self, witness: tuple[Request, ...]) -> tuple[Look | None, ...]:
        """Return what a witness shows with a fresh documented service."""
        return _looks(witness, self.answers(create_app(), witness))

    def _answer(self, request: Request) -> httpx.Response | None:
        headers = list(request.headers)
        try:
            return self.client.request(request.method, request.path, headers=headers, content=request.body)
        except httpx.RemoteProtocolError:
            return None


def _looks(requests: tuple[Request, ...], answers: Answers) -> tuple[Look | None, ...]:
    pairs = zip(requests, answers, strict=True)
    return tuple(None if answer is None else _look(request, answer, answers) for request, answer in pairs)


def _look(request: Request, answer: httpx.Response, among: Answers) -> Look:
    random = request.fields.get("seed") == -1
    volatile = RANDOM if random else VOLATILE
    raw = ((name.decode(), value.decode()) for name, value in answer.headers.raw)
    names = [other.headers.get("x-request-id") for other in among if other is not None]
    return Look(
        status=answer.status_code,
        headers=tuple((name, _shape(value) if name in volatile else value) for name, value in raw),
        body=_twin(answer, among) if random else hashlib.sha256(answer.content).hexdigest(),
        named=names.count(answer.headers.get("x-request-id")) == 1,
    )


def _twin(answer: httpx.Response, among: Answers) -> str:
    """Say which answer is the first with the same body."""
    bodies = [other and other.content for other in among]
    return f"like number {bodies.index(answer.content)}"


def _shape(value: str) -> str:
    """Write any number of digits, hexadecimal ones too, as one: a random seed has more of them or less."""
    return re.sub("[0-9a-f]+", "0", value)
