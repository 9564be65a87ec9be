# @generated from openapi/runtime/clients.py by `make generate`. Do not edit: change that file.
"""What the generated clients inherit: opening and closing, and one call of one operation."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from .body import body_arguments, with_extra
from .errors import ConfigurationError
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from .exchange import Answer, Request
    from .http import Outgoing, Timeout
    from .operation import Operation
    from .service import Settings

T = TypeVar("T")


class ClientSettings:
    """What both kinds of client have in common."""

    _settings: Settings
    _timeout: Timeout | Unset

    @property
    def base_url(self) -> str:
        """Where the service lives."""
        return self._settings.base_url

    def __repr__(self) -> str:
        # A tool that shows local variables may ask a client that could not be made.
        made = hasattr(self, "_settings")
        return f"{type(self).__name__}(base_url={self.base_url!r})" if made else f"{type(self).__name__}(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A client holds connections and a key, and is not pickled: make one where it is needed.")

    def _outgoing(
        self,
        operation: Operation[Any],
        request: Request,
        timeout: Timeout | Unset,
    ) -> Outgoing:
        from .http import Outgoing, timeout_of

        body = body_arguments(request)
        asked = self._timeout if isinstance(timeout, Unset) else timeout
        return Outgoing(
            request=request,
            arguments={**self._settings.outgoing(operation, request), **body},
            timeout=timeout_of(asked, operation.timeout),
        )


class SyncClient(ClientSettings):
    """Base of the blocking client. It can be shared between threads."""

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: Timeout | Unset,
        proxy: str | httpx.Proxy | None,
        transport: httpx.BaseTransport | None,
        http_client: httpx.Client | None,
    ) -> None:
        import httpx

        from .http import opened, timeout_of

        timeout_of(timeout, None)
        self._settings = settings
        self._timeout = timeout
        self._owned = http_client is None
        self._http = opened(httpx.Client, http_client, proxy, transport)

    def close(self) -> None:
        """Close the connections. A client of `httpx` that was passed in stays open: it is its owner's."""
        if self._owned:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def call(
        self,
        operation: Operation[T],
        request: Request,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> T:
        """Call an operation and take its result from the answer. The methods of the client are built on this.

        Raises:
            ClientError: See the errors of the package; each failure has its own.
        """
        whole = with_extra(request, extra_body)
        return operation.result(whole, self.exchange(operation, whole, timeout=timeout))

    def exchange(
        self,
        operation: Operation[Any],
        request: Request,
        *,
        timeout: Timeout | Unset = UNSET,
    ) -> Answer:
        """Send a request and give back its answer, whatever it says.

        Raises:
            ClientError: The request cannot be sent, or no answer came.
        """
        from .http import send

        outgoing = self._outgoing(operation, request, timeout)
        _refuse_closed(self._http)
        return send(self._http, outgoing, self._settings.service.request_id_header)


class AsyncClient(ClientSettings):
    """Base of the asynchronous client."""

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: Timeout | Unset,
        proxy: str | httpx.Proxy | None,
        transport: httpx.AsyncBaseTransport | None,
        http_client: httpx.AsyncClient | None,
    ) -> None:
        import httpx

        from .http import opened, timeout_of

        timeout_of(timeout, None)
        self._settings = settings
        self._timeout = timeout
        self._owned = http_client is None
        self._http = opened(httpx.AsyncClient, http_client, proxy, transport)

    async def aclose(self) -> None:
        """Close the connections. A client of `httpx` that was passed in stays open: it is its owner's."""
        if self._owned:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def call(
        self,
        operation: Operation[T],
        request: Request,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> T:
        """Call an operation and take its result from the answer. The methods of the client are built on this.

        Raises:
            ClientError: See the errors of the package; each failure has its own.
        """
        whole = with_extra(request, extra_body)
        return operation.result(whole, await self.exchange(operation, whole, timeout=timeout))

    async def exchange(
        self,
        operation: Operation[Any],
        request: Request,
        *,
        timeout: Timeout | Unset = UNSET,
    ) -> Answer:
        """Send a request and give back its answer, whatever it says.

        Raises:
            ClientError: The request cannot be sent, or no answer came.
        """
        from .http import send_async

        outgoing = self._outgoing(operation, request, timeout)
        _refuse_closed(self._http)
        return await send_async(self._http, outgoing, self._settings.service.request_id_header)


def blocking(client: object) -> SyncClient:
    """The client, if it is one that blocks.

    Raises:
        TypeError: It is something else.
    """
    if not isinstance(client, SyncClient):
        raise TypeError(f"client is {type(client).__name__}: `sync` and `sync_detailed` take a Client")
    return client


def asynchronous(client: object) -> AsyncClient:
    """The client, if it is an asynchronous one.

    Raises:
        TypeError: It is something else.
    """
    if not isinstance(client, AsyncClient):
        raise TypeError(f"client is {type(client).__name__}: `asyncio` and `asyncio_detailed` take an AsyncClient")
    return client


def _refuse_closed(http: httpx.Client | httpx.AsyncClient) -> None:
    if http.is_closed:
        raise ConfigurationError("The client is closed. Nothing was sent.")
