# @generated from openapi/runtime/client/client_access.py by `make generate`. Do not edit: change that file.
"""What the code of this package does with a client that it is handed. Users have the methods of the client instead."""

# The members behind these functions are private, so that an editor shows users what is theirs.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ..base.unset import UNSET, Unset
from .clients import AsyncClient, SyncClient

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from ..base.messages import Request, Response
    from ..spec.job import JobSpec
    from ..spec.operation import Operation
    from ..spec.service import Settings
    from ..transport.open_body import StreamRequest
    from ..transport.options import Timeout
    from .base_client import BaseClient
    from .call_flow import CallFlow, CallPolicy, Flow
    from .client_settings import Route
    from .job_flow import JobFlow
    from .job_handle import J, Job
    from .results import OnMismatch

T = TypeVar("T")


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


def settings_of(client: BaseClient) -> Settings:
    """How a client is set up."""
    return client._settings


def policy_of(client: BaseClient) -> CallPolicy:
    """The rules for the calls of a client."""
    return client._policy


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
    return client._call(operation, request, timeout=timeout, policy=policy, on_mismatch=on_mismatch, route=route)


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
    return client._call(operation, request, timeout=timeout, policy=policy, on_mismatch=on_mismatch, route=route)


def send(client: SyncClient, operation: Operation[Any], request: Request) -> Response:
    """Send a request, with retries, and give back its response, whatever it says.

    Raises:
        APIError: The request cannot be sent, or no response was received.
    """
    return client._send(operation, request)


def send_async(client: AsyncClient, operation: Operation[Any], request: Request) -> Coroutine[Any, Any, Response]:
    """`send` for an asynchronous client."""
    return client._send(operation, request)


def submit(
    client: SyncClient,
    kind: type[J],
    request: Request,
    *,
    timeout: Timeout | Unset = UNSET,
    policy: CallPolicy | None = None,
) -> J:
    """Order a job, as the method of a client does.

    Args:
        client: The client.
        kind: The class of the handle, such as `handle_kind(client, operation)` gives.
        request: What is ordered: the request of the submit.
        timeout: As in the methods of the client, for the submit alone.
        policy: Other rules than those of the client, or None.

    Raises:
        APIError: As for any call. An outcome that is unknown is not tried again, unless the client's `retry` says so.
    """
    return client._submit(kind, request, timeout=timeout, policy=policy)


def submit_async(
    client: AsyncClient,
    kind: type[J],
    request: Request,
    *,
    timeout: Timeout | Unset = UNSET,
    policy: CallPolicy | None = None,
) -> Coroutine[Any, Any, J]:
    """`submit` for an asynchronous client."""
    return client._submit(kind, request, timeout=timeout, policy=policy)


def handle_kind(client: BaseClient, operation: Operation[Any], route: Route | Unset = UNSET) -> type[Job] | None:
    """The class of the handles of the jobs by which a client makes the calls of an operation, or None for direct calls.

    Args:
        client: The client.
        operation: What is called.
        route: Another route than the client's.
    """
    return client._handle_kind(operation, route)


def timeout_of(client: BaseClient, timeout: Timeout | Unset) -> Timeout | Unset:
    """The timeout of a call: its own, or else that of its client."""
    return client._limit(timeout)


def flow_of(client: BaseClient, operation: Operation[Any], request: Request, timeout: Timeout | Unset) -> CallFlow:
    """What is to be done for a call.

    Raises:
        ConfigurationError: The client is closed, or the timeout is not usable.
        InvalidRequestError: The request cannot be written.
        MissingKeyError: The operation needs a key that is not there.
    """
    return client._flow(operation, request, timeout)


def finish(client: BaseClient, operation: Operation[T], request: Request, response: Response) -> T:
    """The result of a call by the settings of its client.

    Raises:
        ResponseError: The response is not a success, or not what was requested.
    """
    return client._finished(operation, request, response)


def stream_flow(
    client: BaseClient,
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
    return client._stream_flow(operation, request, timeout, media_types)


def job_flow(
    client: BaseClient,
    spec: JobSpec,
    timeout: Timeout | Unset,
    default: float,
    policy: CallPolicy | None = None,
) -> JobFlow:
    """What is sent for a job over a client, step by step.

    Raises:
        ConfigurationError: The client is closed, or the timeout is not usable.
    """
    return client._job_flow(spec, timeout, default, policy)


def driven(client: SyncClient, flow: Flow[T]) -> T:
    """What a flow comes to, over a client."""
    return client._driven(flow)


def driven_async(client: AsyncClient, flow: Flow[T]) -> Coroutine[Any, Any, T]:
    """`driven` for an asynchronous client."""
    return client._driven(flow)


def refuses(client: BaseClient, on_mismatch: OnMismatch | Unset) -> bool:
    """Whether an image other than requested is an error, by a call or else by its client."""
    return client._refuses(on_mismatch)
