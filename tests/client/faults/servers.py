"""Services on loopback addresses that do what a script says, and count what may be billed."""

import select
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.client.faults.actions import Connection, Ended, Script
from tests.client.responding_server import Received

_LONGEST = 20.0
"""Seconds that a step may wait for the network: no test should come near."""

SELF_SIGNED = Path(__file__).parent / "self_signed_for_tests_only.pem"


class FaultServer:
    """Does with each request what its script says; every connection has a thread of its own.

    Args:
        listener: The socket that it listens on.
        scripts: What to do with the first request, with the second, and so on; the last one holds for all others.
        tls: What connections are wrapped in.

    Attributes:
        elsewhere: Where its redirects point to: the URL of another server.
        connections: How many connections came.
        received: The requests whose head and body came whole.
    """

    def __init__(self, listener: socket.socket, scripts: Sequence[Script], tls: ssl.SSLContext | None) -> None:
        self.elsewhere = ""
        self.connections = 0
        self.received: list[Received] = []
        self._listener = listener
        self._tls = tls
        self._lock = threading.Lock()
        self._stopping = socket.socketpair()
        self._threads: list[threading.Thread] = []
        self.begin(*scripts)

    # Hypothesis prints it with each example that fails.
    def __repr__(self) -> str:
        return f"FaultServer({self.url})"

    @property
    def origin(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"{'https' if self._tls else 'http'}://{self.origin}"

    @property
    def posts(self) -> int:
        """How many POSTs came whole, and may be billed."""
        return sum(request.line.startswith("POST ") for request in self.received)

    def begin(self, *scripts: Script) -> None:
        """Response the next requests with these scripts."""
        with self._lock:
            self._scripts, self._taken = scripts, 0

    def accept_all(self) -> None:
        """Take connections until the server is told to stop, and those too that have been made by then."""
        while self._listener in select.select([self._listener, self._stopping[0]], [], [])[0]:
            accepted, _ = self._listener.accept()
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(accepted,))
            self._threads.append(thread)
            thread.start()

    def finish(self) -> None:
        """Wait until every connection so far has ended of itself."""
        for thread in self._threads:
            thread.join()

    def stop(self) -> None:
        """Take no more connections, and tell those that there are to end."""
        self._stopping[1].close()

    def close(self) -> None:
        """Wait until every connection has ended."""
        self.finish()
        self._stopping[0].close()

    def _serve(self, accepted: socket.socket) -> None:
        accepted.settimeout(_LONGEST)
        with accepted, suppress(OSError, Ended):
            wrapped = self._tls.wrap_socket(accepted, server_side=True) if self._tls else accepted
            with wrapped:
                connection = Connection(wrapped, self._stopping[0], self.elsewhere, self.received.append)
                while True:
                    for action in self._next_script():
                        action(connection)

    def _next_script(self) -> Script:
        with self._lock:
            script = self._scripts[min(self._taken, len(self._scripts) - 1)]
            self._taken += 1
            return script


@contextmanager
def fault_server(*scripts: Script, certificate: Path | None = None) -> Iterator[FaultServer]:
    """Run a server in the background while the context lasts; with a certificate and its key, it speaks TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = FaultServer(listener, scripts, _speaking_tls(certificate) if certificate else None)
        thread = threading.Thread(target=server.accept_all)
        thread.start()
        try:
            yield server
        finally:
            server.stop()
            thread.join()
            server.close()


def _speaking_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@contextmanager
def refusing_port() -> Iterator[str]:
    """Host and port where nobody listens: the port is bound, so that nobody else takes it meanwhile."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{bound.getsockname()[1]}"


@contextmanager
def full_backlog() -> Iterator[str]:
    """Host and port of a listener whose queue is full: the kernel leaves further connections unanswered."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [_started(listener.getsockname()) for _ in range(4)]
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            for connection in waiting:
                connection.close()


def _started(address: tuple[str, int]) -> socket.socket:
    connection = socket.socket()
    connection.setblocking(False)
    connection.connect_ex(address)
    return connection
