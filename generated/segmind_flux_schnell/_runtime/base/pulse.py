# @generated from openapi/runtime/base/pulse.py by `make generate`. Do not edit: change that file.
"""Keeps the event loop of a notebook's kernel awake while something is awaited, so that it can be interrupted."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from .tunables import PULSE

if TYPE_CHECKING:
    import asyncio


class Pulse:
    """Wakes the event loop of a kernel from time to time while a block lasts; elsewhere it does nothing.

    ipykernel's handler of SIGINT asks the loop to cancel the cell, and does not wake it: the loop would sleep until the
    response is there. Blocks may overlap.
    """

    def __init__(self) -> None:
        self._blocks = 0
        self._timer: asyncio.TimerHandle | None = None

    def __enter__(self) -> None:
        self._blocks += 1
        if self._timer is None and "ipykernel" in sys.modules:
            self._beat()

    def __exit__(self, *_: object) -> None:
        self._blocks -= 1
        if self._timer is not None and not self._blocks:
            self._timer.cancel()
            self._timer = None

    def _beat(self) -> None:
        import asyncio

        # Another library than asyncio, such as trio, has no such loop.
        with suppress(RuntimeError):
            self._timer = asyncio.get_running_loop().call_later(PULSE, self._beat)
