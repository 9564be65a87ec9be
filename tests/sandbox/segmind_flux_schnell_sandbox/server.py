"""Serves a sandbox on a loopback address: in the background of a test, or in the foreground."""

import asyncio
import socket
import threading
from abc import abstractmethod
from collections.abc import Generator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Protocol

import uvicorn
from attrs import frozen
from starlette.types import Receive, Scope, Send

from segmind_flux_schnell_sandbox.image_host import WithImageHost
from segmind_flux_schnell_sandbox.ledger import Ledger
from segmind_flux_schnell_sandbox.service import create_app

# Room for a thousand clients that connect at once.
BACKLOG = 2048
# Seconds that a request in flight may still take when the sandbox stops.
GRACE = 1


class NotLoopback(ValueError):
    """The sandbox was to listen where other machines could reach it."""


class Served(Protocol):
    """What can be served: a sandbox, or an application around one that exposes its ledger."""

    @property
    @abstractmethod
    def ledger(self) -> Ledger:
        """The requests that the sandbox received, its responses, and what it billed."""

    @abstractmethod
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, as ASGI defines it."""


@frozen
class Sandbox:
    """A running sandbox; its URLs have neither a path nor a trailing slash. Images of jobs are at `images_url`."""

    url: str
    app: Served
    images_url: str = ""

    @property
    def v1_url(self) -> str:
        """The base URL of version 1, which the official SDK calls `base_url`."""
        return f"{self.url}/v1"

    @property
    def ledger(self) -> Ledger:
        """The requests that the sandbox received, its responses, and what it billed."""
        return self.app.ledger


class Server(uvicorn.Server):
    """Uvicorn without logging, on sockets that are already open."""

    def __init__(self, app: Served, images_url: str) -> None:
        """Prepare to serve `app`, and its images at another address, without touching the logging of the process."""
        config = uvicorn.Config(
            WithImageHost(app, images_url),
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            backlog=BACKLOG,
            timeout_graceful_shutdown=GRACE,
        )
        super().__init__(config)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving and abort all connections: a half-closed socket would outlive the event loop."""
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            # Typed as always there, although a connection has none until it is made.
            if connection.transport is not None:  # pyright: ignore[reportUnnecessaryComparison]
                connection.transport.abort()
        # Transports are closed in the next iterations of the event loop.
        for _ in range(3):
            await asyncio.sleep(0)


@contextmanager
def running_sandbox(app: Served | None = None, *, port: int = 0) -> Generator[Sandbox, None, None]:
    """Serve `app`, or one that behaves as documented, while the context lasts; port 0 takes a free one."""
    app = app or create_app()
    listener, images = loopback_listener("127.0.0.1", port), loopback_listener("127.0.0.1", 0)
    server = Server(app, url_of(images))
    thread = threading.Thread(target=server.run, args=([listener, images],), name="sandbox", daemon=True)
    thread.start()
    try:
        # The socket is listening already: a request that is sent before Uvicorn is ready waits.
        yield Sandbox(url_of(listener), app, url_of(images))
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
        images.close()


def loopback_listener(host: str, port: int) -> socket.socket:
    """Return a listening socket, for port 0 on a free one; raise `NotLoopback` for any other host."""
    if not _is_loopback(host):
        raise NotLoopback(
            f"The sandbox does not listen on {host}: its keys are public, so it serves this "
            "machine only. Use 127.0.0.1, ::1 or localhost."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    # asyncio does not set this on a socket that it did not open, and without it the kernel delays
    # the second half of every response by 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
