"""One server for many mutants in turn, since starting a server takes longer than using it."""

from starlette.types import Receive, Scope, Send

from segmind_flux_schnell_sandbox.ledger import Ledger
from segmind_flux_schnell_sandbox.server import Served
from segmind_flux_schnell_sandbox.service import create_app


class MutantServer:
    """An application that delegates to `app`, which can be replaced; at first, to a sandbox as documented."""

    def __init__(self) -> None:
        """Serve a sandbox that behaves as documented."""
        self.app: Served = create_app()

    @property
    def ledger(self) -> Ledger:
        """The ledger of the current application."""
        return self.app.ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the current application respond."""
        await self.app(scope, receive, send)
