"""Runs the sandbox in the foreground: `python -m segmind_flux_schnell_sandbox --port 8901`."""

import argparse
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from segmind_flux_schnell_sandbox.server import NotLoopback, Server, loopback_listener, url_of
from segmind_flux_schnell_sandbox.service import create_app


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted or terminated, and return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        listener, images = loopback_listener(options.host, options.port), loopback_listener(options.host, 0)
    except NotLoopback as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"Port {options.port} of {options.host} cannot be used: {error.strerror}")
    app = create_app()
    keys = ", ".join(account.key for account in app.behaviour.accounts)
    print(f"Sandbox, not the real service, at {url_of(listener)} with the keys {keys}", flush=True)
    _exit_cleanly_on_signals()
    Server(app, url_of(images)).run([listener, images])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m segmind_flux_schnell_sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=8901, help="0 takes a free one")
    return parser


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _exit_cleanly_on_signals() -> None:
    """Leave with code 0 when Uvicorn, once shut down, raises the signal again that stopped it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
