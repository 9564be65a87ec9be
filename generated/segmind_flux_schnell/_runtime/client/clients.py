# @generated from openapi/runtime/client/clients.py by `make generate`. Do not edit: change that file.
"""What the generated clients inherit: opening and closing, and one call of one operation."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from ..base.body import with_extra
from ..base.errors import APIError
from ..base.pulse import Pulse
from ..base.unset import UNSET, Unset
from ..image.media import store_result
from ..spec.tunables import RESPONSE_SECONDS
from .call_flow import Pause
from .client_settings import ClientSettings, Route
from .results import OnMismatch, finished, spool_for, warn_of
from .retrying import RetryOption

if TYPE_CHECKING:
    import os
    from collections.abc import Coroutine, Mapping, Sequence

    import httpx

    from ..base.messages import Request, Response
    from ..image.media import SavedFile
    from ..image.result_spec import ResultSpec
    from ..spec.job import JobSpec
    from ..spec.operation import Operation
    from ..spec.service import Settings
    from ..transport.attempt import Attempt
    from ..transport.connection import AsyncConnection, SyncConnection
    from ..transport.open_body import StreamRequest
    from ..transport.options import Certificates, Proxy, Timeout
    from .budget import Budget
    from .call_flow import CallFlow, CallPolicy, Flow
    from .events import Hook
    from .job_flow import JobFlow
    from .job_handle import J, Job
    from .rate_limit import RateLimit

T = TypeVar("T")
F = TypeVar("F", bound="SavedFile")


class SyncClient(ClientSettings):
    """Base of the blocking client. It can be shared between threads."""

    _connection: SyncConnection

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: Timeout | Unset,
        retry: RetryOption,
        budget: Budget | None,
        on_mismatch: OnMismatch,
        hooks: Sequence[Hook],
        rate_limit: RateLimit | str | None = None,
        route: Route = "direct",
        proxy: Proxy | None,
        ssl_context: Certificates | None,
        transport: httpx.BaseTransport | None,
        http_client: httpx.Client | None,
    ) -> None:
        from ..transport.connection import SyncConnection
        from ..transport.transport_options import TransportOptions

        super().__init__(
            settings,
            timeout=timeout,
            retry=retry,
            budget=budget,
            on_mismatch=on_mismatch,
            hooks=hooks,
            rate_limit=rate_limit,
            route=route,
        )
        self._connection = SyncConnection(
            TransportOptions(settings.base_url, proxy, transport, http_client, ssl_context)
        )

    def close(self) -> None:
        """Close the connections. A client of `httpx` that was passed in stays open: it is its owner's.

        Of a view made by `with_options`, this closes nothing: the connections are those of the client itself.
        """
        if not self._is_view:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _call(
        self,
        operation: Operation[T],
        request: Request,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        on_mismatch: OnMismatch | Unset = UNSET,
        policy: CallPolicy | None = None,
        route: Route | Unset = UNSET,
    ) -> T:
        """Call an operation and take its result from the response.

        Raises:
            APIError: See the errors of the package; each failure has its own.
        """
        whole, refuses = with_extra(request, extra_body), self._refuses(on_mismatch)
        kind = self._handle_kind(operation, route)
        if kind is not None:
            return cast("T", self._call_by_queue(kind, whole, timeout, refuses, policy))
        response = self._send(operation, whole, timeout=timeout, policy=policy)
        return finished(operation, whole, response, self._settings.provenance, refuses)

    def _call_by_queue(
        self, kind: type[Job], request: Request, timeout: Timeout | Unset, refuses: bool, policy: CallPolicy | None
    ) -> Any:
        """Order a job, and wait for its result."""
        from .job_handle import ordering, spec_of

        flow = self._job_flow(spec_of(kind), timeout, spec_of(kind).timeout, policy)
        record, download = self._driven(flow.bought(ordering(kind, request)))
        return flow.finished(record, download, refuses)

    def _submit(
        self,
        kind: type[J],
        request: Request,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        policy: CallPolicy | None = None,
    ) -> J:
        """Order a job.

        Raises:
            APIError: As for any call: an outcome that is unknown is not tried again.
        """
        from .job_handle import spec_of

        spec = spec_of(kind)
        flow = self._job_flow(spec, timeout, spec.submit.timeout or RESPONSE_SECONDS, policy)
        return kind(self._driven(flow.submitted(with_extra(request, extra_body))), self)

    def _call_to_file(
        self,
        operation: Operation[Any],
        request: Request,
        kind: type[F],
        spec: ResultSpec,
        path: str | os.PathLike[str],
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        on_mismatch: OnMismatch | Unset = UNSET,
    ) -> F:
        """Call an operation and write its result to a file while it comes in: the file is whole or absent.

        Raises:
            NotSavedError: The disk did not take it. The error has the bytes: they were paid for.
            APIError: See the errors of the package; each failure has its own.
        """
        whole, refuses = with_extra(request, extra_body), self._refuses(on_mismatch)
        handle = self._handle_kind(operation)
        with spool_for(operation.name, path, spec) as spool:
            if handle is not None:
                from .job_handle import ordering, spec_of

                flow = self._job_flow(spec_of(handle), timeout, spec_of(handle).timeout)
                record, download = self._driven(flow.bought(ordering(handle, whole), spool))
                saved = cast("F", flow.stored(record, download, path, refuses))
            else:
                response = self._driven(self._flow(self._connection, operation, whole, timeout, spool))
                saved = store_result(kind, spec, operation, whole, response, path, self._settings.provenance, refuses)
        warn_of(saved)
        return saved

    def _send(
        self,
        operation: Operation[Any],
        request: Request,
        *,
        timeout: Timeout | Unset = UNSET,
        policy: CallPolicy | None = None,
    ) -> Response:
        """Send a request, with retries, and give back its response, whatever it says.

        Raises:
            APIError: The request cannot be sent, or no response was received.
        """
        return self._driven(self._flow(self._connection, operation, request, timeout, policy=policy))

    def _driven(self, flow: Flow[T]) -> T:
        result: Response | APIError | None = None
        try:
            while True:
                step = flow.send(result)
                try:
                    if isinstance(step, Pause):
                        time.sleep(step.seconds)
                        result = None
                    else:
                        result = self._connection.send(step)
                except BaseException as error:
                    flow.throw(error)
        except StopIteration as end:
            ended: T = end.value
            return ended


class AsyncClient(ClientSettings):
    """Base of the asynchronous client."""

    _connection: AsyncConnection

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: Timeout | Unset,
        retry: RetryOption,
        budget: Budget | None,
        on_mismatch: OnMismatch,
        hooks: Sequence[Hook],
        rate_limit: RateLimit | str | None = None,
        route: Route = "direct",
        proxy: Proxy | None,
        ssl_context: Certificates | None,
        transport: httpx.AsyncBaseTransport | str | None,
        http_client: httpx.AsyncClient | None,
    ) -> None:
        from ..transport.connection import AsyncConnection
        from ..transport.transport_options import TransportOptions

        super().__init__(
            settings,
            timeout=timeout,
            retry=retry,
            budget=budget,
            on_mismatch=on_mismatch,
            hooks=hooks,
            rate_limit=rate_limit,
            route=route,
        )
        self._connection = AsyncConnection(
            TransportOptions(settings.base_url, proxy, transport, http_client, ssl_context)
        )
        self._pulse = Pulse()

    async def aclose(self) -> None:
        """Close the connections. A client of `httpx` that was passed in stays open: it is its owner's.

        Of a view made by `with_options`, this closes nothing: the connections are those of the client itself.
        """
        if not self._is_view:
            await self._connection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _call(
        self,
        operation: Operation[T],
        request: Request,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        on_mismatch: OnMismatch | Unset = UNSET,
        policy: CallPolicy | None = None,
        route: Route | Unset = UNSET,
    ) -> T:
        """Call an operation and take its result from the response.

        Raises:
            APIError: See the errors of the package; each failure has its own.
        """
        whole, refuses = with_extra(request, extra_body), self._refuses(on_mismatch)
        handle = self._handle_kind(operation, route)
        if handle is not None:
            return cast("T", await self._call_by_queue(handle, whole, timeout, refuses, policy))
        response = await self._send(operation, whole, timeout=timeout, policy=policy)
        return finished(operation, whole, response, self._settings.provenance, refuses)

    async def _call_by_queue(
        self, kind: type[Job], request: Request, timeout: Timeout | Unset, refuses: bool, policy: CallPolicy | None
    ) -> Any:
        """Order a job, and wait for its result."""
        from .job_handle import ordering, spec_of

        flow = self._job_flow(spec_of(kind), timeout, spec_of(kind).timeout, policy)
        record, download = await self._driven(flow.bought(ordering(kind, request)))
        return flow.finished(record, download, refuses)

    async def _submit(
        self,
        kind: type[J],
        request: Request,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        policy: CallPolicy | None = None,
    ) -> J:
        """Order a job.

        Raises:
            APIError: As for any call: an outcome that is unknown is not tried again.
        """
        from .job_handle import spec_of

        spec = spec_of(kind)
        flow = self._job_flow(spec, timeout, spec.submit.timeout or RESPONSE_SECONDS, policy)
        return kind(await self._driven(flow.submitted(with_extra(request, extra_body))), self)

    async def _call_to_file(
        self,
        operation: Operation[Any],
        request: Request,
        kind: type[F],
        spec: ResultSpec,
        path: str | os.PathLike[str],
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        on_mismatch: OnMismatch | Unset = UNSET,
    ) -> F:
        """Call an operation and write its result to a file while it comes in: the file is whole or absent.

        Raises:
            NotSavedError: The disk did not take it. The error has the bytes: they were paid for.
            APIError: See the errors of the package; each failure has its own.
        """
        import anyio.to_thread

        whole, refuses = with_extra(request, extra_body), self._refuses(on_mismatch)
        handle = self._handle_kind(operation)
        with spool_for(operation.name, path, spec) as spool:
            # Waiting for the disk would hold up all other tasks.
            if handle is not None:
                from .job_handle import ordering, spec_of

                flow = self._job_flow(spec_of(handle), timeout, spec_of(handle).timeout)
                record, download = await self._driven(flow.bought(ordering(handle, whole), spool))
                saved = cast("F", await anyio.to_thread.run_sync(flow.stored, record, download, path, refuses))
            else:
                response = await self._driven(self._flow(self._connection, operation, whole, timeout, spool))
                saved = await anyio.to_thread.run_sync(
                    store_result, kind, spec, operation, whole, response, path, self._settings.provenance, refuses
                )
        warn_of(saved)
        return saved

    async def _send(
        self,
        operation: Operation[Any],
        request: Request,
        *,
        timeout: Timeout | Unset = UNSET,
        policy: CallPolicy | None = None,
    ) -> Response:
        """Send a request, with retries, and give back its response, whatever it says.

        Raises:
            APIError: The request cannot be sent, or no response was received.
        """
        return await self._driven(self._flow(self._connection, operation, request, timeout, policy=policy))

    async def _driven(self, flow: Flow[T]) -> T:
        result: Response | APIError | None = None
        try:
            while True:
                step = flow.send(result)
                try:
                    with self._pulse:
                        result = await self._done(step)
                except BaseException as error:
                    flow.throw(error)
        except StopIteration as end:
            ended: T = end.value
            return ended

    async def _done(self, step: Attempt | Pause) -> Response | APIError | None:
        if not isinstance(step, Pause):
            return await self._connection.send(step)
        import anyio

        await anyio.sleep(step.seconds)
        return None


def require_client(client: object) -> SyncClient:
    """The client, if it is one that blocks.

    Raises:
        TypeError: It is something else.
    """
    if not isinstance(client, SyncClient):
        raise TypeError(f"client is {type(client).__name__}: `sync` and `sync_detailed` take a Client")
    return client


def require_async_client(client: object) -> AsyncClient:
    """The client, if it is an asynchronous one.

    Raises:
        TypeError: It is something else.
    """
    if not isinstance(client, AsyncClient):
        raise TypeError(f"client is {type(client).__name__}: `asyncio` and `asyncio_detailed` take an AsyncClient")
    return client


# For code that is handed a client. Users of a client have its methods, and nothing else to choose from.


def policy_of(client: ClientSettings) -> CallPolicy:
    """The rules for the calls of a client."""
    return client._policy  # pyright: ignore[reportPrivateUsage]


def call(
    client: SyncClient,
    operation: Operation[T],
    request: Request,
    *,
    timeout: Timeout | Unset = UNSET,
    on_mismatch: OnMismatch | Unset = UNSET,
    policy: CallPolicy | None = None,
    route: Route | Unset = UNSET,
) -> T:
    """Call an operation as a client's own methods do, and take its result from the response.

    Args:
        client: The client.
        operation: What is called.
        request: What is sent.
        timeout: As in the methods of the client.
        policy: Other rules than those of the client, or None.
        route: Another route than the client's.

    Raises:
        APIError: See the errors of the package; each failure has its own.
    """
    return client._call(  # pyright: ignore[reportPrivateUsage]
        operation, request, timeout=timeout, policy=policy, on_mismatch=on_mismatch, route=route
    )


def call_async(
    client: AsyncClient,
    operation: Operation[T],
    request: Request,
    *,
    timeout: Timeout | Unset = UNSET,
    policy: CallPolicy | None = None,
    on_mismatch: OnMismatch | Unset = UNSET,
    route: Route | Unset = UNSET,
) -> Coroutine[Any, Any, T]:
    """`call` for an asynchronous client."""
    return client._call(  # pyright: ignore[reportPrivateUsage]
        operation, request, timeout=timeout, policy=policy, on_mismatch=on_mismatch, route=route
    )


def send(client: SyncClient, operation: Operation[Any], request: Request) -> Response:
    """Send a request, with retries, and give back its response, whatever it says.

    Raises:
        APIError: The request cannot be sent, or no response was received.
    """
    return client._send(operation, request)  # pyright: ignore[reportPrivateUsage]


def send_async(client: AsyncClient, operation: Operation[Any], request: Request) -> Coroutine[Any, Any, Response]:
    """`send` for an asynchronous client."""
    return client._send(operation, request)  # pyright: ignore[reportPrivateUsage]


def handle_kind(client: ClientSettings, operation: Operation[Any], route: Route | Unset = UNSET) -> type[Job] | None:
    """The class of the handles of the jobs by which a client makes the calls of an operation, or None for direct calls.

    Args:
        client: The client.
        operation: What is called.
        route: Another route than the client's.
    """
    return client._handle_kind(operation, route)  # pyright: ignore[reportPrivateUsage]


def timeout_of(client: ClientSettings, timeout: Timeout | Unset) -> Timeout | Unset:
    """The timeout of a call: its own, or else that of its client."""
    return client._timeout if isinstance(timeout, Unset) else timeout  # pyright: ignore[reportPrivateUsage]


def flow_of(client: ClientSettings, operation: Operation[Any], request: Request, timeout: Timeout | Unset) -> CallFlow:
    """What is to be done for a call.

    Raises:
        ConfigurationError: The client is closed, or the timeout is not usable.
        InvalidRequestError: The request cannot be written.
        MissingKeyError: The operation needs a key that is not there.
    """
    return client._flow(client._connection, operation, request, timeout)  # pyright: ignore[reportPrivateUsage]


def finish(client: ClientSettings, operation: Operation[T], request: Request, response: Response) -> T:
    """The result of a call by the settings of its client.

    Raises:
        ResponseError: The response is not a success, or not what was requested.
    """
    return client._finished(operation, request, response)  # pyright: ignore[reportPrivateUsage]


def stream_flow(
    client: ClientSettings,
    operation: Operation[Any],
    request: Request,
    timeout: Timeout | Unset,
    media_types: tuple[str, ...],
) -> tuple[StreamRequest, CallFlow]:
    """A call whose response of success stays open, and what is to be done for it.

    Raises:
        ConfigurationError: The client is closed, or the timeout is not usable.
        InvalidRequestError: The request cannot be written.
        MissingKeyError: The operation needs a key that is not there.
    """
    return client._stream_flow(operation, request, timeout, media_types)  # pyright: ignore[reportPrivateUsage]


def job_flow(
    client: ClientSettings,
    spec: JobSpec,
    timeout: Timeout | Unset,
    default: float,
    policy: CallPolicy | None = None,
) -> JobFlow:
    """What is sent for a job over a client, step by step.

    Raises:
        ConfigurationError: The client is closed, or the timeout is not usable.
    """
    return client._job_flow(spec, timeout, default, policy)  # pyright: ignore[reportPrivateUsage]


def driven(client: SyncClient, flow: Flow[T]) -> T:
    """What a flow comes to, over a client."""
    return client._driven(flow)  # pyright: ignore[reportPrivateUsage]


def driven_async(client: AsyncClient, flow: Flow[T]) -> Coroutine[Any, Any, T]:
    """`driven` for an asynchronous client."""
    return client._driven(flow)  # pyright: ignore[reportPrivateUsage]


def refuses(client: ClientSettings, on_mismatch: OnMismatch | Unset) -> bool:
    """Whether an image other than requested is an error, by a call or else by its client."""
    return client._refuses(on_mismatch)  # pyright: ignore[reportPrivateUsage]
