"""Serves a sandbox on a loopback address: in the background of a test, or in the foreground."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from types import FrameType
from typing import Any, overload

import uvicorn

from segmind_flux_schnell_sandbox.addresses import BACKLOG, loopback_listener, url_of
from segmind_flux_schnell_sandbox.connections import WithConnections
from segmind_flux_schnell_sandbox.elsewhere import starts_at
from segmind_flux_schnell_sandbox.image_host import WithImageHost
from segmind_flux_schnell_sandbox.sandbox import FluxSchnellSandbox, ResettableApp, Sandbox, Served

__all__ = ["GRACE", "FluxSchnellSandbox", "Sandbox", "Served", "Server", "running_sandbox"]

# Seconds that a request in flight may still take when the sandbox stops.
GRACE = 1.0
# Those that a server and its event loop write to.
LOGGERS = ("asyncio", "uvicorn.access", "uvicorn.asgi", "uvicorn.error")
# Seconds between two looks at the clock, for the `date` header.
TICK = 1.0


class Server(uvicorn.Server):
    """Uvicorn on sockets that are already open, which stops at once and writes no log."""

    def __init__(self, app: Served, images_url: str, *, grace: float = GRACE) -> None:
        """Prepare to serve `app`, and its images at another address.

        Requests in flight may take `grace` seconds when the server stops; then their connections are aborted.
        """
        config = uvicorn.Config(
            WithConnections(WithImageHost(app, images_url), self._close),
            loop="asyncio",
            http="h11",
            log_config=None,
            server_header=False,
            lifespan="off",
            ws="none",
            backlog=BACKLOG,
        )
        super().__init__(config)
        self._grace = grace
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until the server is stopped."""
        with _silenced(threading.get_ident()):
            super().run(sockets)

    def stop(self) -> None:
        """Stop the server, from any thread. It is called again without harm."""
        self.should_exit = True
        if self._loop is not None:
            # The loop is closed if the server has stopped already.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stopping.set)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop the server on a signal."""
        super().handle_exit(sig, frame)
        self.stop()

    async def main_loop(self) -> None:
        """Wait until the server is stopped. Uvicorn looks only ten times a second whether it is."""
        # In this order: `stop` sets the flag before it looks for the loop.
        self._loop = asyncio.get_running_loop()
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), TICK)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, let the requests in flight finish, and abort the connections that are left.

        Uvicorn waits for at least a tenth of a second, and lets half-closed sockets outlive the event loop.
        """
        for server in self.servers:
            server.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        end = time.monotonic() + self._grace
        # A connection ends with the last byte of its response.
        while (state.tasks or state.connections) and time.monotonic() < end and not self.force_exit:
            await asyncio.sleep(0.001)
        for connection in list(state.connections):
            # Typed as always there, although a connection has none until it is made.
            if connection.transport is not None:  # pyright: ignore[reportUnnecessaryComparison]
                connection.transport.abort()
        # Transports are closed in the next iterations of the event loop.
        for _ in range(3):
            await asyncio.sleep(0)
        for task in list(state.tasks):
            task.cancel()
        for _ in range(3):
            await asyncio.sleep(0)

    def _close(self, address: object) -> None:
        """Close the connection of a client once all that was sent is on its way."""
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == address:
                connection.transport.close()


@overload
def running_sandbox(
    app: None = None, *, port: int = 0, grace: float = GRACE
) -> AbstractContextManager[FluxSchnellSandbox]: ...


@overload
def running_sandbox(app: Served, *, port: int = 0, grace: float = GRACE) -> AbstractContextManager[Sandbox]: ...


@contextmanager
def running_sandbox(app: Served | None = None, *, port: int = 0, grace: float = GRACE) -> Generator[Any, None, None]:
    """Serve a sandbox in the background while the context lasts.

    Args:
        app: What to serve; by default a sandbox that behaves as documented, whose behaviour a test can change.
        port: The port of 127.0.0.1; 0 takes a free one.
        grace: Seconds that requests in flight may take at the end.
    """
    listener, images = loopback_listener("127.0.0.1", port), loopback_listener("127.0.0.1", 0)
    sandbox = _sandbox(app, url_of(listener), url_of(images))
    server = Server(sandbox.app, sandbox.images_url, grace=grace)
    starts_at(sandbox.url)
    thread = threading.Thread(target=server.run, args=([listener, images],), name="sandbox", daemon=True)
    thread.start()
    try:
        # The socket is listening already: a request that is sent before Uvicorn is ready waits.
        yield sandbox
    finally:
        server.stop()
        thread.join()
        listener.close()
        images.close()


def _sandbox(app: Served | None, url: str, images_url: str) -> Sandbox:
    if app is not None:
        return Sandbox(url, app, images_url)
    service = ResettableApp()
    return FluxSchnellSandbox(url, service, images_url, service=service)


@contextmanager
def _silenced(thread: int) -> Generator[None, None, None]:
    """Drop what the server logs in one thread: the process may have others, whose log is wanted."""

    def elsewhere(record: logging.LogRecord) -> bool:
        return record.thread != thread

    loggers = [logging.getLogger(name) for name in LOGGERS]
    for logger in loggers:
        logger.addFilter(elsewhere)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(elsewhere)
