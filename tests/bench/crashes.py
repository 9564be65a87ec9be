"""Processes that end before their time: a peer that crashes costs its figure, and its row says so."""

import signal


class Crashed(Exception):
    """A process that measures a peer has ended; the text says how."""


def ending(status: int) -> str:
    """How a process ended, in words for a row of the table."""
    if status >= 0:
        return f"ended with status {status}"
    return f"crashed: {signal.Signals(-status).name}"
