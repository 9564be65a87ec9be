"""A queue that has faults: a relay in front of the sandbox and its image host, which keeps the books."""

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from attrs import define, evolve, field, frozen

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.faults.actions import Connection, Ended
from tests.client.faults.responses import JSON_TYPE, WHOLE, responding
from tests.client.faults.servers import FaultServer, fault_server, refusing_port
from tests.client.responding_server import Received, http_response, read_request

Kind = Literal["submit", "status", "result", "image", "other"]
"""What a request is for."""


@frozen
class Answer:
    """What the sandbox said, with its addresses replaced by those of the relay."""

    status: int
    content_type: str
    body: bytes = field(repr=lambda body: f"<{len(body)} bytes>")

    @property
    def document(self) -> dict[str, Any]:
        """The body."""
        document: dict[str, Any] = json.loads(self.body)
        return document

    def sent(self) -> bytes:
        """The bytes of the response."""
        return http_response(f"{self.status} OK", self.body, f"content-type: {self.content_type}")


@define
class Exchange:
    """One request at the relay."""

    kind: Kind
    received: Received
    connection: Connection
    relay: "Relay"
    forward: Callable[[], Answer]

    def send(self, response: bytes) -> None:
        """Send a response whole."""
        self.connection.peer.sendall(response)


class Step(Protocol):
    """What the relay does with a request; the connection is closed after it."""

    def __call__(self, exchange: Exchange) -> None:
        """Do it."""


def passed(exchange: Exchange) -> None:
    """Hand on what the sandbox says."""
    exchange.send(exchange.forward().sent())


def lost(exchange: Exchange) -> None:
    """Let the sandbox do its part, and say nothing of it."""
    exchange.forward()


@frozen
class Cut:
    """Hand on the start of what the sandbox says: up to a text, or half of it."""

    behind: bytes = b""

    def __call__(self, exchange: Exchange) -> None:
        """The connection then breaks off."""
        whole = exchange.forward().sent()
        end = whole.index(self.behind) + len(self.behind) if self.behind else len(whole) // 2
        exchange.send(whole[:end])


@frozen
class Edited:
    """Hand on what the sandbox says, with some members of the document replaced; None takes a member out."""

    members: Mapping[str, Any]
    status: int | None = None

    def __call__(self, exchange: Exchange) -> None:
        """The rest of the document stays."""
        answer = exchange.forward()
        document = {**answer.document, **self.members}
        body = json.dumps({name: value for name, value in document.items() if value is not None}).encode()
        exchange.send(evolve(answer, status=self.status or answer.status, body=body).sent())


@frozen
class At:
    """Hand on the result, with another address of its image; `{nobody}` is host and port where nobody listens."""

    address: str

    def __call__(self, exchange: Exchange) -> None:
        """The rest of the document stays."""
        answer = exchange.forward()
        document = answer.document
        document["images"] = [{"url": self.address.format(nobody=exchange.relay.nobody)} for _ in document["images"]]
        exchange.send(evolve(answer, body=json.dumps(document).encode()).sent())


@frozen
class Instead:
    """Say something else, and leave the sandbox out of it."""

    response: bytes = field(repr=False)

    def __call__(self, exchange: Exchange) -> None:
        """Whole."""
        exchange.send(self.response)


@frozen
class Redirected:
    """Send the client to another origin."""

    def __call__(self, exchange: Exchange) -> None:
        """With the path that leads to an image there."""
        exchange.send(http_response("302 Found", b"", f"location: {exchange.relay.elsewhere}/image.jpg"))


def closed(exchange: Exchange) -> None:
    """Close the connection without a word."""


def silent(exchange: Exchange) -> None:
    """Say nothing until the client has left."""
    while True:
        exchange.connection.wait()


def dripping(exchange: Exchange) -> None:
    """Send the head, and then one byte after another, much too slowly."""
    head, _, body = exchange.forward().sent().partition(b"\r\n\r\n")
    exchange.send(head + b"\r\n\r\n")
    for byte in body:
        exchange.send(bytes([byte]))
        exchange.connection.wait(0.05)


def collected_meanwhile(exchange: Exchange) -> None:
    """Another process waits for the same job, and gets its image first."""
    code = (
        "import sys, segmind_flux_schnell as package\n"
        "with package.Client(base_url=sys.argv[1]) as client:\n"
        "    client.image_job(sys.argv[2]).wait(timeout=50)\n"
    )
    job_id = exchange.received.line.split("/")[3]
    key = {"SEGMIND_API_KEY": exchange.received.headers["x-api-key"]}
    command = [sys.executable, "-c", code, exchange.relay.sandbox.url, job_id]
    subprocess.run(command, env={**os.environ, **key}, check=True, timeout=50, capture_output=True)
    passed(exchange)


def refusal(status: str, *headers: str, error: str = "so says the service") -> Instead:
    """A documented error."""
    return Instead(http_response(status, json.dumps({"error": error}).encode(), JSON_TYPE, *headers))


Steps = Mapping[Kind, Sequence[Step]]
"""What is done with the first request of a kind, with the second, and so on; the last step holds for all others."""


class Relay:
    """Stands between a client and a sandbox. It is an action of both of its servers.

    Attributes:
        sandbox: What stands behind it.
        requests: What came, and what it was for.
    """

    def __init__(self, sandbox: Sandbox, steps: Steps) -> None:
        self.requests: list[tuple[Kind, Received]] = []
        self.url = self.images_url = self.elsewhere = self.nobody = ""
        self.sandbox = sandbox
        self._steps = steps
        self._lock = Lock()

    def count(self, kind: Kind) -> int:
        """How many requests of a kind came."""
        return sum(one == kind for one, _ in self.requests)

    def heal(self) -> None:
        """From now on, hand on everything."""
        self._steps = {}

    def __call__(self, connection: Connection) -> None:
        """Serve one request, and close the connection."""
        # So that a connection which nobody uses ends with its server.
        readable, _, _ = select.select([connection.peer, connection.stopping], [], [])
        if connection.peer not in readable:
            raise Ended
        received = read_request(connection.peer)
        kind = _kind(received.line)
        with self._lock:
            number = self.count(kind)
            self.requests.append((kind, received))
        steps = self._steps.get(kind) or (passed,)
        step = steps[min(number, len(steps) - 1)]
        step(Exchange(kind, received, connection, self, lambda: self._forwarded(kind, received)))
        raise Ended

    def _forwarded(self, kind: Kind, received: Received) -> Answer:
        upstream = self.sandbox.images_url if kind == "image" else self.sandbox.url
        parts = urlsplit(upstream)
        with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
            connection.sendall(_request(received))
            # To its end, so that the sandbox has closed the connection too.
            whole = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _, body = whole.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        for theirs, ours in ((self.sandbox.images_url, self.images_url), (self.sandbox.url, self.url)):
            body = body if kind == "image" else body.replace(theirs.encode(), ours.encode())
        return Answer(int(status.split(" ")[1]), headers["content-type"], body)


def _request(received: Received) -> bytes:
    lines = [f"{name}: {value}" for name, value in received.headers.items() if name != "connection"]
    head = "\r\n".join((received.line, *lines, "connection: close", "", ""))
    return head.encode("latin-1") + received.body


def _kind(line: str) -> Kind:
    method, target, _ = line.split(" ")
    path = target.partition("?")[0]
    if path.endswith(".jpg"):
        return "image"
    if path == "/v2/flux-schnell" and method == "POST":
        return "submit"
    if path.startswith("/v2/requests/"):
        return "status" if path.endswith("/status") else "result"
    return "other"


@contextmanager
def relaying(sandbox: Sandbox, steps: Steps) -> Iterator[tuple[Relay, FaultServer]]:
    """A relay with its two addresses, and another origin, which nothing should ever come to."""
    relay = Relay(sandbox, steps)
    with (
        fault_server(responding(WHOLE)) as elsewhere,
        fault_server((relay,)) as service,
        fault_server((relay,)) as images,
        refusing_port() as nobody,
    ):
        relay.url, relay.images_url, relay.elsewhere, relay.nobody = service.url, images.url, elsewhere.url, nobody
        yield relay, elsewhere
