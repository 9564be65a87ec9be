"""What the generated clients inherit: opening and closing, and one call of one operation."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from ..base.body import body_arguments, with_extra
from ..base.deadlines import Deadline
from ..base.errors import ClientError, ConfigurationError
from ..base.unset import UNSET, Unset
from ..transport.bounded_body import LARGEST_ANSWER
from .budget import Budget, usable_budget
from .call_flow import Call, Guards, Pause
from .events import Hook, Journalist, log_of, usable_hooks
from .results import finished, spool_for
from .retrying import RetryOption, policy

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    import httpx

    from ..base.messages import Answer, Request
    from ..base.spool import Spool
    from ..image.media import KeptFile
    from ..spec.operation import Operation
    from ..spec.service import Settings
    from ..transport.connection import AsyncLine, Line, Proxy, SyncLine
    from ..transport.timeouts import Timeout
    from .call_flow import Steps

T = TypeVar("T")
F = TypeVar("F", bound="KeptFile")


class ClientSettings:
    """What both kinds of client have in common."""

    _settings: Settings
    _timeout: Timeout | Unset
    _guards: Guards

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: Timeout | Unset,
        retry: RetryOption,
        budget: Budget | None,
        hooks: Sequence[Hook],
    ) -> None:
        from ..transport.timeouts import limits_of

        limits_of(timeout, None)
        service = settings.service
        self._settings = settings
        self._timeout = timeout
        journalist = Journalist(log_of(service.package, service.log), usable_hooks(hooks))
        self._guards = Guards(retry=policy(retry), budget=usable_budget(budget), journalist=journalist)

    @property
    def base_url(self) -> str:
        """Where the service lives."""
        return self._settings.base_url

    @property
    def budget(self) -> Budget | None:
        """What this client may spend, and has spent; None for no limit."""
        return self._guards.budget

    def __repr__(self) -> str:
        # A tool that shows local variables may ask a client that could not be made.
        made = hasattr(self, "_settings")
        return f"{type(self).__name__}(base_url={self.base_url!r})" if made else f"{type(self).__name__}(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A client holds connections and a key, and is not pickled: make one where it is needed.")

    def _steps(
        self,
        line: Line,
        operation: Operation[Any],
        request: Request,
        timeout: Timeout | Unset,
        spool: Spool | None = None,
    ) -> Steps:
        from ..transport.attempt import Outgoing, Reception
        from ..transport.timeouts import limits_of

        settings, service = self._settings, self._settings.service
        outgoing = Outgoing(
            request=request,
            arguments={**settings.outgoing(operation, request), **body_arguments(request)},
            base_url=settings.base_url,
            limits=limits_of(self._timeout if isinstance(timeout, Unset) else timeout, operation.timeout),
            keyring=settings.keyring,
            largest=settings.largest or operation.largest or LARGEST_ANSWER,
            is_success=operation.is_success,
            request_id_header=service.request_id_header,
            cost_header=service.cost_header,
            reset_header=service.reset_header,
        )
        if line.is_closed:
            raise ConfigurationError("The client is closed. Nothing was sent.")
        deadline = Deadline.after(outgoing.limits.total)
        return Call(
            operation=operation,
            request=request,
            service=service,
            guards=self._guards,
            deadline=deadline,
            reception=lambda: Reception(outgoing, deadline, spool),
        ).steps()


class SyncClient(ClientSettings):
    """Base of the blocking client. It can be shared between threads."""

    _line: SyncLine

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: Timeout | Unset,
        retry: RetryOption,
        budget: Budget | None,
        hooks: Sequence[Hook],
        proxy: Proxy | None,
        transport: httpx.BaseTransport | None,
        http_client: httpx.Client | None,
    ) -> None:
        from ..transport.connection import Means, SyncLine

        super().__init__(settings, timeout=timeout, retry=retry, budget=budget, hooks=hooks)
        self._line = SyncLine.of(
            Means(base_url=settings.base_url, proxy=proxy, transport=transport, http_client=http_client)
        )

    def close(self) -> None:
        """Close the connections. A client of `httpx` that was passed in stays open: it is its owner's."""
        self._line.close()

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
        answer = self.exchange(operation, whole, timeout=timeout)
        return finished(operation.result(whole, answer), self._settings.provenance)

    def call_to_file(
        self,
        operation: Operation[Any],
        request: Request,
        kind: type[F],
        path: str | os.PathLike[str],
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> F:
        """Call an operation and write its result to a file while it comes in: the file is whole or absent.

        Raises:
            NotSavedError: The disk did not take it. The error has the bytes: they were paid for.
            ClientError: See the errors of the package; each failure has its own.
        """
        whole = with_extra(request, extra_body)
        with spool_for(operation.name, path) as spool:
            answer = self._driven(self._steps(self._line, operation, whole, timeout, spool))
            return kind.keep(operation, whole, answer, path, self._settings.provenance)

    def exchange(self, operation: Operation[Any], request: Request, *, timeout: Timeout | Unset = UNSET) -> Answer:
        """Send a request, with retries, and give back its answer, whatever it says.

        Raises:
            ClientError: The request cannot be sent, or no answer came.
        """
        return self._driven(self._steps(self._line, operation, request, timeout))

    def _driven(self, steps: Steps) -> Answer:
        import time

        from ..transport.attempt import send

        came: Answer | ClientError | None = None
        try:
            while True:
                step = steps.send(came)
                try:
                    if isinstance(step, Pause):
                        time.sleep(step.seconds)
                        came = None
                    else:
                        came = send(self._line, step)
                except BaseException as error:
                    steps.throw(error)
        except StopIteration as end:
            answer: Answer = end.value
            return answer


class AsyncClient(ClientSettings):
    """Base of the asynchronous client."""

    _line: AsyncLine

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: Timeout | Unset,
        retry: RetryOption,
        budget: Budget | None,
        hooks: Sequence[Hook],
        proxy: Proxy | None,
        transport: httpx.AsyncBaseTransport | str | None,
        http_client: httpx.AsyncClient | None,
    ) -> None:
        from ..transport.connection import AsyncLine, Means

        super().__init__(settings, timeout=timeout, retry=retry, budget=budget, hooks=hooks)
        self._line = AsyncLine.of(
            Means(base_url=settings.base_url, proxy=proxy, transport=transport, http_client=http_client)
        )

    async def aclose(self) -> None:
        """Close the connections. A client of `httpx` that was passed in stays open: it is its owner's."""
        await self._line.close()

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
        answer = await self.exchange(operation, whole, timeout=timeout)
        return finished(operation.result(whole, answer), self._settings.provenance)

    async def call_to_file(
        self,
        operation: Operation[Any],
        request: Request,
        kind: type[F],
        path: str | os.PathLike[str],
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> F:
        """Call an operation and write its result to a file while it comes in: the file is whole or absent.

        Raises:
            NotSavedError: The disk did not take it. The error has the bytes: they were paid for.
            ClientError: See the errors of the package; each failure has its own.
        """
        import anyio.to_thread

        whole = with_extra(request, extra_body)
        with spool_for(operation.name, path) as spool:
            answer = await self._driven(self._steps(self._line, operation, whole, timeout, spool))
            # Waiting for the disk would hold up all other tasks.
            return await anyio.to_thread.run_sync(kind.keep, operation, whole, answer, path, self._settings.provenance)

    async def exchange(
        self, operation: Operation[Any], request: Request, *, timeout: Timeout | Unset = UNSET
    ) -> Answer:
        """Send a request, with retries, and give back its answer, whatever it says.

        Raises:
            ClientError: The request cannot be sent, or no answer came.
        """
        return await self._driven(self._steps(self._line, operation, request, timeout))

    async def _driven(self, steps: Steps) -> Answer:
        import anyio

        from ..transport.attempt import send_async

        came: Answer | ClientError | None = None
        try:
            while True:
                step = steps.send(came)
                try:
                    if isinstance(step, Pause):
                        await anyio.sleep(step.seconds)
                        came = None
                    else:
                        came = await send_async(self._line, step)
                except BaseException as error:
                    steps.throw(error)
        except StopIteration as end:
            answer: Answer = end.value
            return answer


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
