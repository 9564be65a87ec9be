"""Serves a sandbox until the process is interrupted or terminated."""

import os
import signal
import sys
from types import FrameType

from segmind_flux_schnell_sandbox.addresses import NotLoopback, loopback_listener, url_of
from segmind_flux_schnell_sandbox.server import Server
from segmind_flux_schnell_sandbox.service import create_app


class CannotListen(Exception):
    """The sandbox cannot listen at the address; the message says why."""


def serve(host: str, port: int) -> None:
    """Print where the sandbox is, which keys it takes, and what to set for it, and serve.

    On SIGINT and SIGTERM, the process exits with code 0.

    Raises:
        CannotListen: The host is not this machine, or the port is taken.
    """
    try:
        listener, images = loopback_listener(host, port), loopback_listener(host, 0)
    except NotLoopback as error:
        raise CannotListen(str(error)) from error
    except OSError as error:
        # `socket.create_server` adds the address to what the system says.
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        advice = "choose another with --port (make: PORT=)"
        raise CannotListen(f"Port {port} of {host} cannot be used: {why}; {advice}") from error
    app = create_app()
    keys = [account.key for account in app.behaviour.accounts]
    print(f"Sandbox, not the real service, at {url_of(listener)} with the keys {', '.join(keys)}")
    print(f"export SEGMIND_BASE_URL={url_of(listener)}")
    print(f"export SEGMIND_API_KEY={keys[0]}", flush=True)
    _exit_cleanly_on_signals()
    Server(app, url_of(images)).run([listener, images])


def _exit_cleanly_on_signals() -> None:
    """Leave with code 0 when Uvicorn, once shut down, raises the signal again that stopped it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
