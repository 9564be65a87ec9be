"""Ends connections as a service does that breaks: before a response, or halfway through it."""

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_SCOPE_KEY = "sandbox.close_connection"

Closing = Callable[[Any], None]
"""Closes the connection of a client, given by its address, once all that was sent is on its way."""


class WithConnections:
    """An application that can close the connection of a request, and whose tasks end quietly with the server."""

    def __init__(self, app: ASGIApp, close: Closing) -> None:
        """Stand between the server and `app`."""
        self._app = app
        self._close = close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, as ASGI defines it."""
        try:
            await self._app({**scope, _SCOPE_KEY: self._close}, receive, send)
        except asyncio.CancelledError:
            # The server stops, and has closed the connection: nobody is there whom the traceback would tell anything.
            return


class CutResponse(Response):
    """A response that does not arrive: the connection ends before it, or, with `begun`, halfway through its body."""

    def __init__(self, content: bytes, status_code: int, headers: dict[str, str], *, begun: bool) -> None:
        """Take what the response would have been."""
        super().__init__(content, status_code, headers)
        self._begun = begun

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close the connection, and wait until it is."""
        if self._begun:
            half = bytes(self.body[: len(self.body) // 2])
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": half, "more_body": True})
        close: Closing = scope[_SCOPE_KEY]
        close(scope["client"])
        while (await receive())["type"] != "http.disconnect":
            pass
