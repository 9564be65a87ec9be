"""Probes are sent through the generated client, past its checks: it is the way that users' requests take."""

import time
from types import TracebackType
from typing import Any, Self

from attrs import define, evolve, field

from segmind_flux_schnell import Client, OutcomeUnknownError
from segmind_flux_schnell._runtime.base.messages import Request, Response
from segmind_flux_schnell.api.images.generate_image import OPERATION
from tests.contract.model.interactions import Interaction, Sent
from tests.contract.probing.target import Target

WRONG_KEY = "a-key-that-no-account-has"

NO_RESPONSE = 0
"""Status of a response that broke off."""

_LIMITED_STATUS = 429
_PAUSE_SECONDS = 15.0
_ATTEMPTS = 8


@define
class Sender:
    """Sends probes to one service.

    Args:
        target: The service.
        sent: How many requests went out.
        images: How many of them were answered with success, and so may have been billed.
    """

    target: Target
    sent: int = 0
    images: int = 0
    _clients: dict[str, Client] = field(factory=dict[str, Client], init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for client in self._clients.values():
            client.close()

    def send(self, probe: str, sent: Sent) -> Interaction:
        """Send a request and give back the interaction. A rate limit that the probe is not about is waited for.

        Raises:
            NotSentError: The service cannot be reached.
        """
        response = self._responded(sent)
        for _ in range(_ATTEMPTS):
            if response.status_code != _LIMITED_STATUS or sent.account != "main" or self.target.is_local:
                break
            time.sleep(_PAUSE_SECONDS)
            response = self._responded(sent)
        keyed = set() if sent.account == "none" else {self.key_header}
        return Interaction(probe, sent, response, frozenset(keyed | {"content-type"}))

    @property
    def key_header(self) -> str:
        """Name of the header that the client puts its key in, in lower case."""
        from segmind_flux_schnell._service import SERVICE

        return SERVICE.schemes[0].api_name.lower() if SERVICE.schemes else ""

    def _responded(self, sent: Sent) -> Response:
        """The response; one that was cut off counts as a response without a status, and is not the end of the run."""
        try:
            return self._once(sent)
        except OutcomeUnknownError as error:
            return Response(status_code=NO_RESPONSE, content=str(error).encode())

    def _once(self, sent: Sent) -> Response:
        operation: Any = evolve(OPERATION, security=()) if sent.account == "none" else OPERATION
        response = self._client(sent.account).send(operation, as_request(sent))
        self.sent += 1
        self.images += 200 <= response.status_code <= 299
        return response

    def _client(self, account: str) -> Client:
        if account not in self._clients:
            key = self.target.keys.get(account, WRONG_KEY)
            self._clients[account] = Client(api_key=key, base_url=self.target.base_url, retry=None)
        return self._clients[account]


def as_request(sent: Sent) -> Request:
    """A request as the client takes it."""
    return Request(
        operation=OPERATION.name,
        method=sent.method,
        path=sent.path,
        headers={"content-type": sent.content_type} if sent.body else {},
        content=sent.body or None,
    )
