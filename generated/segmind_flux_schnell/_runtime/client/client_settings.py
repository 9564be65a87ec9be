# @generated from openapi/runtime/client/client_settings.py by `make generate`. Do not edit: change that file.
"""What both kinds of client have in common: how they are set up, and what they start a call with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self, TypeVar

from ..base.errors import ConfigurationError
from ..base.unset import UNSET, Unset
from ..base.wording import shown
from .call_flow import Call, CallPolicy
from .dispatcher import EventDispatcher, log_of, usable_hooks
from .results import OnMismatch, finished, refuses_mismatches
from .retrying import RetryOption, usable_retry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..base.messages import Request, Response
    from ..base.spool import Spool
    from ..spec.job import JobSpec
    from ..spec.operation import Operation
    from ..spec.service import Settings
    from ..transport.connection import Connection
    from ..transport.open_body import StreamRequest
    from ..transport.options import Timeout
    from .budget import Budget
    from .call_flow import CallFlow
    from .events import Hook
    from .job_flow import JobFlow
    from .job_handle import J, Job
    from .rate_limit import RateLimit

T = TypeVar("T")

Route = Literal["direct", "queue"]
"""How a result is bought: by one call that returns it, or by a job of the queue that is waited for."""


class ClientSettings:
    """What both kinds of client have in common."""

    _settings: Settings
    _timeout: Timeout | Unset
    _policy: CallPolicy
    _connection: Any
    _is_view = False

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
    ) -> None:
        service = settings.service
        self._settings = settings
        self._timeout = _usable_timeout(timeout)
        self._refuses_mismatches = refuses_mismatches(on_mismatch)
        self._route = usable_route(route)
        dispatcher = EventDispatcher(log_of(service.package, service.log), usable_hooks(hooks))
        self._policy = CallPolicy(
            retry=usable_retry(retry),
            budget=_usable(budget),
            dispatcher=dispatcher,
            rate_limit=_usable_rate_limit(rate_limit),
        )

    @property
    def base_url(self) -> str:
        """Where the service lives."""
        return self._settings.base_url

    @property
    def budget(self) -> Budget | None:
        """What this client may spend, and has spent; None for no limit."""
        return self._policy.budget

    def __repr__(self) -> str:
        # A tool that shows local variables may ask a client that could not be made.
        made = hasattr(self, "_settings")
        if not made:
            return f"{type(self).__name__}(…)"
        source = f" from {self._settings.base_url_env}" if self._settings.base_url_env else ""
        view = ".with_options(…)" if self._is_view else ""
        return f"{type(self).__name__}(base_url={self.base_url!r}{source}){view}"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A client holds connections and a key, and is not pickled: make one where it is needed.")

    def _view(
        self,
        *,
        timeout: Timeout | Unset,
        retry: RetryOption | Unset,
        budget: Budget | Unset | None,
        on_mismatch: OnMismatch | Unset,
        rate_limit: RateLimit | str | Unset | None,
        hooks: Sequence[Hook] | Unset,
        headers: Mapping[str, str] | Unset | None,
        provenance: bool | Unset,
        max_response_bytes: int | Unset | None,
        route: Route | Unset = UNSET,
    ) -> Self:
        """This client with other options, over the same connections. Whatever is not given is shared, not copied.

        Raises:
            ConfigurationError: An option cannot be used.
        """
        # Neither the constructor, which opens connections, nor `copy`, which goes the way of pickles.
        view = object.__new__(type(self))
        view.__dict__.update(self.__dict__)
        view._is_view = True
        view._settings = self._settings.changed(
            headers=headers, provenance=provenance, max_response_bytes=max_response_bytes
        )
        view._policy = self._policy_with(retry, budget, rate_limit, hooks)
        if not isinstance(timeout, Unset):
            view._timeout = _usable_timeout(timeout)
        if not isinstance(on_mismatch, Unset):
            view._refuses_mismatches = refuses_mismatches(on_mismatch)
        if not isinstance(route, Unset):
            view._route = usable_route(route)
        return view

    def _policy_with(
        self,
        retry: RetryOption | Unset,
        budget: Budget | Unset | None,
        rate_limit: RateLimit | str | Unset | None,
        hooks: Sequence[Hook] | Unset,
    ) -> CallPolicy:
        policy = self._policy
        if not isinstance(retry, Unset):
            policy = policy._replace(retry=usable_retry(retry))
        if not isinstance(budget, Unset):
            policy = policy._replace(budget=_usable(budget))
        if not isinstance(rate_limit, Unset):
            policy = policy._replace(rate_limit=_usable_rate_limit(rate_limit))
        if not isinstance(hooks, Unset):
            policy = policy._replace(dispatcher=policy.dispatcher.with_hooks(usable_hooks(hooks)))
        return policy

    def _routes(self) -> Mapping[str, type[Job]]:
        """The handles of the operations that have another route, each under the name of its operation."""
        return {}

    def _handle_kind(self, operation: Operation[Any], route: Route | Unset = UNSET) -> type[Job] | None:
        chosen = self._route if isinstance(route, Unset) else usable_route(route)
        return self._routes().get(operation.name) if chosen == "queue" else None

    def _job(self, kind: type[J], job: object) -> J:
        """A handle of a job that is known by its id, or by another handle. It makes no request.

        Raises:
            InvalidRequestError: It is neither.
        """
        from .job_handle import handle_of

        return handle_of(kind, self, job)

    def _job_flow(
        self, spec: JobSpec, timeout: Timeout | Unset, default: float, policy: CallPolicy | None = None
    ) -> JobFlow:
        from .job_flow import JobFlow

        if self._connection.is_closed:
            raise ConfigurationError("The client is closed.")
        limit = self._timeout if isinstance(timeout, Unset) else timeout
        return JobFlow(spec, self._settings, policy or self._policy, timeout=limit, default=default)

    def _refuses(self, on_mismatch: OnMismatch | Unset) -> bool:
        return self._refuses_mismatches if isinstance(on_mismatch, Unset) else refuses_mismatches(on_mismatch)

    def _flow(
        self,
        connection: Connection,
        operation: Operation[Any],
        request: Request,
        timeout: Timeout | Unset,
        spool: Spool | None = None,
        policy: CallPolicy | None = None,
    ) -> CallFlow:
        limit = self._timeout if isinstance(timeout, Unset) else timeout
        prepared = connection.prepare(self._settings, operation, request, limit)
        if connection.is_closed:
            raise ConfigurationError("The client is closed.")
        return Call(prepared, policy or self._policy, spool).flow()

    def _finished(self, operation: Operation[T], request: Request, response: Response) -> T:
        return finished(operation, request, response, self._settings.provenance, self._refuses_mismatches)

    def _stream_flow(
        self, operation: Operation[Any], request: Request, timeout: Timeout | Unset, media_types: tuple[str, ...]
    ) -> tuple[StreamRequest, CallFlow]:
        from ..transport.open_body import StreamRequest
        from ..transport.timeouts import limits_of

        limit = self._timeout if isinstance(timeout, Unset) else timeout
        limits = limits_of(limit, operation.timeout)
        prepared = StreamRequest(self._settings, operation, request, limits, media_types)
        if self._connection.is_closed:
            raise ConfigurationError("The client is closed.")
        return prepared, Call(prepared, self._policy, None).flow()


def _usable_timeout(timeout: Timeout | Unset) -> Timeout | Unset:
    from ..transport.timeouts import limits_of

    limits_of(timeout, None)
    return timeout


def settings_of(client: ClientSettings) -> Settings:
    """How a client is set up."""
    return client._settings  # pyright: ignore[reportPrivateUsage]


def usable_route(route: object) -> Route:
    """The route of a client.

    Raises:
        ConfigurationError: It is neither "direct" nor "queue".
    """
    if route not in ("direct", "queue"):
        raise ConfigurationError(f"route is {shown(route)}: it takes 'direct' or 'queue'.")
    return route


def _usable(budget: Budget | None) -> Budget | None:
    if budget is None:
        return None
    from .budget import usable_budget

    return usable_budget(budget)


def _usable_rate_limit(limit: object) -> RateLimit | None:
    if limit is None:
        return None
    from .rate_limit import usable_rate_limit

    return usable_rate_limit(limit)
