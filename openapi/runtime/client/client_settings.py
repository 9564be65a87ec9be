"""How a client is set up: its options, and views of it with other options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self

from ..base.errors import ConfigurationError
from ..base.unset import UNSET, Unset
from ..base.wording import shown
from .call_flow import CallPolicy
from .dispatcher import EventDispatcher, log_of, usable_hooks
from .results import OnMismatch, refuses_mismatches
from .retrying import RetryOption, usable_retry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import httpx

    from ..spec.service import Settings
    from ..transport.options import Certificates, Proxy, Timeout
    from ..transport.transport_options import TransportOptions
    from .budget import Budget
    from .events import Hook
    from .rate_limit import RateLimit

Route = Literal["direct", "queue"]
"""How a result is bought: by one call that returns it, or by a job of the queue that is waited for."""


class ClientSettings:
    """The options of a client of either kind, each checked."""

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
        rate_limit: RateLimit | str | None,
        route: Route = "direct",
        proxy: Proxy | None,
        ssl_context: Certificates | None,
        transport: httpx.BaseTransport | httpx.AsyncBaseTransport | str | None,
        http_client: httpx.Client | httpx.AsyncClient | None,
    ) -> None:
        from ..transport.transport_options import TransportOptions

        service = settings.service
        self._settings = settings
        self._timeout = _usable_timeout(timeout)
        self._refuses_mismatches = refuses_mismatches(on_mismatch)
        self._route = usable_route(route)
        dispatcher = EventDispatcher(log_of(service.package, service.log), usable_hooks(hooks))
        self._policy = CallPolicy(
            retry=usable_retry(retry),
            budget=_usable_budget(budget),
            dispatcher=dispatcher,
            rate_limit=_usable_rate_limit(rate_limit),
        )
        self._connection = self._connect(
            TransportOptions(settings.base_url, proxy, transport, http_client, ssl_context)
        )

    @staticmethod
    def _connect(options: TransportOptions) -> Any:
        """The connection that a client of this kind sends with."""
        raise NotImplementedError

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
            policy = policy._replace(budget=_usable_budget(budget))
        if not isinstance(rate_limit, Unset):
            policy = policy._replace(rate_limit=_usable_rate_limit(rate_limit))
        if not isinstance(hooks, Unset):
            policy = policy._replace(dispatcher=policy.dispatcher.with_hooks(usable_hooks(hooks)))
        return policy


def _usable_timeout(timeout: Timeout | Unset) -> Timeout | Unset:
    from ..transport.timeouts import limits_of

    limits_of(timeout, None)
    return timeout


def usable_route(route: object) -> Route:
    """The route of a client.

    Raises:
        ConfigurationError: It is neither "direct" nor "queue".
    """
    if route not in ("direct", "queue"):
        raise ConfigurationError(f"route is {shown(route)}: it takes 'direct' or 'queue'.")
    return route


def _usable_budget(budget: Budget | None) -> Budget | None:
    if budget is None:
        return None
    from .budget import usable_budget

    return usable_budget(budget)


def _usable_rate_limit(limit: object) -> RateLimit | None:
    if limit is None:
        return None
    from .rate_limit import usable_rate_limit

    return usable_rate_limit(limit)
