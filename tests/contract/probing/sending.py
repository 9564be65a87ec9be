"""Sends probes through the generated client, past its checks, the way that users' requests take."""

import time
from types import TracebackType
from typing import Any, Self

from attrs import define, field

from segmind_flux_schnell import APIError, Budget, Client, OutcomeUnknownError
from segmind_flux_schnell._runtime.base.messages import Request, Response
from segmind_flux_schnell._runtime.base.paths import escaped
from segmind_flux_schnell._runtime.client.client_access import send
from segmind_flux_schnell._runtime.spec.operation import Operation
from segmind_flux_schnell._service import SERVICE
from tests.contract.model.generated_client import generated_operation
from tests.contract.model.interactions import Interaction, ProbeRequest
from tests.contract.probing.target import Target

WRONG_KEY = "a-key-that-no-account-has"

NO_RESPONSE = 0
"""Status of an interaction whose response broke off, or of one with a host that does not respond."""

_LIMITED_STATUS = 429
_PAUSE_SECONDS = 15.0
_ATTEMPTS = 8


@define
class Sender:
    """Sends probes to one service.

    Args:
        target: The service.
        budget: What all requests together may spend, or None for no limit.
        requests: How many requests went out to the service itself.
        images: How many requests succeeded, and so may have been billed.
    """

    target: Target
    budget: Budget | None = None
    requests: int = 0
    images: int = 0
    _is_held: bool = field(default=False, init=False)
    _clients: dict[tuple[str, str], Client] = field(factory=dict[tuple[str, str], Client], init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for client in self._clients.values():
            client.close()

    def send(self, probe: str, request: ProbeRequest) -> Interaction:
        """Send a request and return the interaction. Waits out a rate limit, unless the probe is about one.

        Raises:
            NotSentError: The service cannot be reached.
            BudgetExhaustedError: The request could cost more than is left of the budget.
        """
        response = self._responded(request)
        for _ in range(_ATTEMPTS):
            if response.status_code != _LIMITED_STATUS or request.account != "main" or self.target.is_local:
                break
            time.sleep(_PAUSE_SECONDS)
            response = self._responded(request)
        keyed = set() if request.account == "none" else {self.key_header}
        typed = {"content-type"} if request.body else set()
        return Interaction(probe, request, response, frozenset(keyed | typed))

    def give_back(self, request: ProbeRequest) -> None:
        """Note that an order was not bought after all: its job has failed, which is free.

        Args:
            request: The order.
        """
        self.images -= 1
        self._raise_limits(request)

    def settle_refusal(self, request: ProbeRequest) -> None:
        """Note that the last request was refused, where the budget still holds what it might have cost.

        The client cannot know what a status costs that the document does not have. A run asks for the balance instead.

        Args:
            request: The last request.
        """
        if self._is_held:
            self._raise_limits(request)
            self._is_held = False

    def _raise_limits(self, request: ProbeRequest) -> None:
        """Let so much more be bought as the budget has counted for a request."""
        if self.budget is None:
            return
        operation = operation_of(request)
        if self.budget.max_images is not None:
            self.budget.max_images += operation.images(as_request(request))
        if self.budget.max_credits is not None:
            self.budget.max_credits += operation.price or 0

    @property
    def key_header(self) -> str:
        """Name of the header in which the client sends its key, in lower case."""
        return SERVICE.schemes[0].api_name.lower() if SERVICE.schemes else ""

    def _responded(self, request: ProbeRequest) -> Response:
        """The response. One that broke off becomes a response with NO_RESPONSE as status, and does not end the run.

        Neither does a host that the service has named: if it does not respond, that is a fact of the service.
        """
        try:
            return self._once(request)
        except APIError as error:
            if not (request.origin or isinstance(error, OutcomeUnknownError)):
                raise
            return Response(status_code=NO_RESPONSE, content=str(error).encode())

    def _once(self, request: ProbeRequest) -> Response:
        operation = operation_of(request)
        if request.account == "none":
            operation = operation._replace(security=())
        self.requests += not request.origin
        held = self._held
        response = send(self._client(request), operation, as_request(request))
        self._is_held = self._held > held
        self.images += operation.buys and 200 <= response.status_code <= 299
        return response

    @property
    def _held(self) -> int:
        return 0 if self.budget is None else self.budget.reserved_images

    def _client(self, request: ProbeRequest) -> Client:
        account, base_url = request.account, request.origin or self.target.base_url
        if (account, base_url) not in self._clients:
            key = WRONG_KEY if request.origin else self.target.keys.get(account, WRONG_KEY)
            self._clients[account, base_url] = Client(
                api_key=key, base_url=base_url, retry=None, budget=self.budget, allow_http=self.target.is_local
            )
        return self._clients[account, base_url]


def operation_of(request: ProbeRequest) -> Operation[Any]:
    """The generated operation that a request is for; one that takes any key where the package has none of this name."""
    keys = tuple((scheme.name,) for scheme in SERVICE.schemes)
    return generated_operation(request.operation) or Operation(request.operation, keys, ())


def as_request(request: ProbeRequest) -> Request:
    """A probe's request in the form that the client sends."""
    typed = {"content-type": request.content_type} if request.body else {}
    return Request(
        operation=operation_of(request).name,
        method=request.method,
        path=request.path,
        query=tuple((escaped(name), escaped(value)) for name, value in request.query),
        headers={**typed, **dict(request.headers)},
        content=request.body or None,
    )
