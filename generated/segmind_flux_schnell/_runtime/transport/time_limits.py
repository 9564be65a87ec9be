# @generated from openapi/runtime/transport/time_limits.py by `make generate`. Do not edit: change that file.
"""The end of an asynchronous call at its deadline: whatever it waits for is cancelled."""

from __future__ import annotations

import asyncio
from typing import Any


class _AnyioTimeout:
    """What `asyncio.timeout` is, for event loops of other libraries."""

    def __init__(self, seconds: float | None) -> None:
        import anyio

        self._context = anyio.fail_after(seconds)
        self._scope: Any = None

    async def __aenter__(self) -> _AnyioTimeout:
        self._scope = self._context.__enter__()
        return self

    async def __aexit__(self, *raised: Any) -> bool | None:
        return self._context.__exit__(*raised)

    def expired(self) -> bool:
        """Whether it has cancelled what went on within."""
        return bool(self._scope.cancelled_caught)


def time_limit(seconds: float | None) -> asyncio.Timeout | _AnyioTimeout:
    """A context that raises `TimeoutError` after that many seconds; None is no limit."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _AnyioTimeout(seconds)
    return asyncio.timeout(seconds)
