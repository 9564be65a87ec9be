"""What the generated clients inherit: how the blocking and the asynchronous one carry out what `BaseClient` plans."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ..base.body import with_extra
from ..base.errors import APIError
from ..base.unset import UNSET, Unset
from .base_client import BaseClient
from .call_flow import Pause
from .results import spool_for, warn_of

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from ..base.messages import Request, Response
    from ..image.media import SavedFile
    from ..image.result_spec import ResultSpec
    from ..spec.operation import Operation
    from ..transport.attempt import Attempt
    from ..transport.connection import AsyncConnection, SyncConnection
    from ..transport.options import Timeout
    from ..transport.transport_options import TransportOptions
    from .call_flow import CallPolicy, Flow
    from .client_settings import Route
    from .job_handle import J
    from .results import OnMismatch

T = TypeVar("T")
F = TypeVar("F", bound="SavedFile")


class SyncClient(BaseClient):
    """Base of the blocking client. It can be shared between threads."""

    _connection: SyncConnection

    @staticmethod
    def _connect(options: TransportOptions) -> SyncConnection:
        from ..transport.connection import SyncConnection

        return SyncConnection(options)

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
        return self._driven(self._result_flow(operation, whole, timeout, refuses, policy, route))

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
            NotSavedError: It could not be written. The error has the bytes, which were paid for.
            APIError: See the errors of the package; each failure has its own.
        """
        whole, refuses = with_extra(request, extra_body), self._refuses(on_mismatch)
        with spool_for(operation.name, path, spec) as spool:
            store = self._driven(self._file_flow(operation, whole, kind, spec, path, spool, timeout, refuses))
            saved = store()
        warn_of(saved)
        return saved

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
        return kind(self._driven(self._submit_flow(kind, with_extra(request, extra_body), timeout, policy)), self)

    def _send(self, operation: Operation[Any], request: Request) -> Response:
        """Send a request, with retries, and give back its response, whatever it says.

        Raises:
            APIError: The request cannot be sent, or no response was received.
        """
        return self._driven(self._flow(operation, request, UNSET))

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


class AsyncClient(BaseClient):
    """Base of the asynchronous client."""

    _connection: AsyncConnection

    @staticmethod
    def _connect(options: TransportOptions) -> AsyncConnection:
        from ..transport.connection import AsyncConnection

        return AsyncConnection(options)

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
        """As `SyncClient._call`."""
        whole, refuses = with_extra(request, extra_body), self._refuses(on_mismatch)
        return await self._driven(self._result_flow(operation, whole, timeout, refuses, policy, route))

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
        """As `SyncClient._call_to_file`."""
        import anyio.to_thread

        whole, refuses = with_extra(request, extra_body), self._refuses(on_mismatch)
        with spool_for(operation.name, path, spec) as spool:
            store = await self._driven(self._file_flow(operation, whole, kind, spec, path, spool, timeout, refuses))
            # Waiting for the disk would hold up all other tasks.
            saved = await anyio.to_thread.run_sync(store)
        warn_of(saved)
        return saved

    async def _submit(
        self,
        kind: type[J],
        request: Request,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        policy: CallPolicy | None = None,
    ) -> J:
        """As `SyncClient._submit`."""
        return kind(await self._driven(self._submit_flow(kind, with_extra(request, extra_body), timeout, policy)), self)

    async def _send(self, operation: Operation[Any], request: Request) -> Response:
        """As `SyncClient._send`."""
        return await self._driven(self._flow(operation, request, UNSET))

    async def _driven(self, flow: Flow[T]) -> T:
        result: Response | APIError | None = None
        try:
            while True:
                step = flow.send(result)
                try:
                    with self._connection.pulse:
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
