"""One server for many mutants, one after the other: to start one for each would take longer than to use it."""

from starlette.types import Receive, Scope, Send

from tests.sandbox.ledger import Ledger
from tests.sandbox.server import Served
from tests.sandbox.service import create_app


class MutantServer:
    """An application that is whatever other one is put on it as `app`; at first, one that behaves as documented."""

    def __init__(self) -> None:
        """Put a documented sandbox on the server."""
        self.app: Served = create_app()

    @property
    def ledger(self) -> Ledger:
        """The books of the application that is on the server now."""
        return self.app.ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application that is on the server now response."""
        await self.app(scope, receive, send)
