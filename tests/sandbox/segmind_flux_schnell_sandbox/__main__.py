"""Runs the sandbox in the foreground: `python -m segmind_flux_schnell_sandbox --port 8901`."""

import argparse
import sys
from collections.abc import Sequence

from segmind_flux_schnell_sandbox.requirements import missing

HOST = "127.0.0.1"
PORT = 8901
MAX_PORT = 65535


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted or terminated, and return the exit code."""
    options = _parser().parse_args(arguments)
    sentence = missing()
    if sentence is not None:
        return _complain(sentence)
    from segmind_flux_schnell_sandbox.foreground import CannotListen, serve

    try:
        serve(options.host, options.port)
    except CannotListen as error:
        return _complain(str(error))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m segmind_flux_schnell_sandbox", description=__doc__)
    parser.add_argument("--host", default=HOST, help="a loopback address")
    parser.add_argument("--port", type=_port, default=PORT, help="0 takes a free one")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to {MAX_PORT}")
    return int(text)


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
