"""Probes are sent through the generated client, past its checks: it is the way that users' requests take."""

import time
from types import TracebackType
from typing import Any, Self

from attrs import define, evolve, field

from segmind_flux_schnell import Client, OutcomeUnknownError
from segmind_flux_schnell._runtime.base.messages import Answer, Request
from segmind_flux_schnell.api.images.generate_image import OPERATION
from tests.contract.model.interactions import Exchange, Sent
from tests.contract.probing.target import Target

WRONG_KEY = "a-key-that-no-account-has"

NO_ANSWER = 0
"""Status of an answer that broke off."""

_LIMITED_STATUS = 429
_PAUSE_SECONDS = 15.0
_ATTEMPTS = 8


@define
class Sender:
    """Sends probes to one service.

    Args:
        target: The service.
        sent: How many requests went out.
        pictures: How many of them were answered with success, and so may have been billed.
    """

    target: Target
    sent: int = 0
    pictures: int = 0
    _clients: dict[str, Client] = field(factory=dict[str, Client], init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for client in self._clients.values():
            client.close()

    def send(self, probe: str, sent: Sent) -> Exchange:
        """Send a request and give back the exchange. A rate limit that the probe is not about is waited for.

        Raises:
            NotSentError: The service cannot be reached.
        """
        answer = self._answered(sent)
        for _ in range(_ATTEMPTS):
            if answer.status != _LIMITED_STATUS or sent.account != "main" or self.target.is_local:
                break
            time.sleep(_PAUSE_SECONDS)
            answer = self._answered(sent)
        keyed = set() if sent.account == "none" else {self.key_header}
        return Exchange(probe, sent, answer, frozenset(keyed | {"content-type"}))

    @property
    def key_header(self) -> str:
        """Name of the header that the client puts its key in, in lower case."""
        from segmind_flux_schnell._service import SERVICE

        return SERVICE.schemes[0].wire.lower() if SERVICE.schemes else ""

    def _answered(self, sent: Sent) -> Answer:
        """The answer; one that was cut off counts as an answer without a status, and is not the end of the run."""
        try:
            return self._once(sent)
        except OutcomeUnknownError as error:
            return Answer(status=NO_ANSWER, content=str(error).encode())

    def _once(self, sent: Sent) -> Answer:
        operation: Any = evolve(OPERATION, security=()) if sent.account == "none" else OPERATION
        answer = self._client(sent.account).exchange(operation, as_request(sent))
        self.sent += 1
        self.pictures += 200 <= answer.status <= 299
        return answer

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
