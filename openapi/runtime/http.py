"""The one place that knows the HTTP library: opening clients of it, sending, and naming what went wrong."""

from collections.abc import Mapping
from typing import Any, TypeVar

import httpx
from attrs import field, frozen

from .errors import ClientError, ConfigurationError, NotSentError, OutcomeUnknownError
from .exchange import Answer, Headers, Request
from .service import ANSWER_SECONDS, CONNECT_SECONDS, LONGEST_SECONDS
from .unset import Unset
from .wording import one_line, shown

Timeout = float | httpx.Timeout | None

HttpClient = TypeVar("HttpClient", httpx.Client, httpx.AsyncClient)

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


@frozen(kw_only=True)
class Outgoing:
    """A request as it is sent.

    Args:
        request: The request without its key.
        arguments: What the HTTP library gets, the key included: no repr shows it.
        timeout: The limits of the call.
    """

    request: Request
    arguments: Mapping[str, Any] = field(repr=False)
    timeout: httpx.Timeout

    @property
    def origin(self) -> str:
        """Where the service lives: scheme, host and port."""
        url = httpx.URL(self.arguments["url"])
        return f"{url.scheme}://{url.netloc.decode()}"


def timeout_of(asked: Timeout | Unset, documented: float | None) -> httpx.Timeout:
    """The limits of one call, in seconds.

    Args:
        asked: What the caller asked for: the wait for the answer, or limits for each phase; None is no limit at all.
        documented: How long an answer of the operation can take.

    Raises:
        ConfigurationError: The caller asked for something else.
    """
    if isinstance(asked, httpx.Timeout):
        limits: dict[str, Any] = asked.as_dict()
        for limit in limits.values():
            _check_seconds(limit)
        return asked
    wait = (documented or ANSWER_SECONDS) if isinstance(asked, Unset) else asked
    _check_seconds(wait)
    return httpx.Timeout(wait, connect=None if wait is None else min(wait, CONNECT_SECONDS))


def opened(kind: type[HttpClient], given: Any, proxy: Any, transport: Any) -> HttpClient:
    """The client of the HTTP library to send with: the given one, or a new one.

    Raises:
        ConfigurationError: Something of this cannot be used.
    """
    if given is not None:
        _check_own(kind, given, proxy, transport)
        own: HttpClient = given
        return own
    _check_parts(kind, proxy, transport)
    try:
        return kind(proxy=proxy, transport=transport)
    except Exception as error:
        # Of the environment's proxies and certificates too.
        flaw = _said(error)
    raise ConfigurationError(f"The proxy or the certificates cannot be used: {flaw}.{_UNSENT}")


def send(http: httpx.Client, outgoing: Outgoing, request_id_header: str | None) -> Answer:
    """Send a request and read its answer whole.

    Raises:
        ConfigurationError: The request cannot be built.
        NotSentError: No connection came about.
        OutcomeUnknownError: The request went out, and no whole answer came back.
    """
    built = _built(http, outgoing)
    try:
        return _answer(http.send(built, follow_redirects=False), request_id_header)
    except Exception as error:
        failure = _failure(outgoing, error)
    # Raised out here so that no exception of the HTTP library, which holds the request and its key, hangs on ours.
    raise failure


async def send_async(http: httpx.AsyncClient, outgoing: Outgoing, request_id_header: str | None) -> Answer:
    """`send` for an asynchronous client."""
    built = _built(http, outgoing)
    try:
        return _answer(await http.send(built, follow_redirects=False), request_id_header)
    except Exception as error:
        failure = _failure(outgoing, error)
    raise failure


def _check_own(kind: type[HttpClient], given: object, proxy: object, transport: object) -> None:
    if not isinstance(given, kind):
        raise ConfigurationError(f"http_client is {type(given).__name__}, not httpx.{kind.__name__}.{_UNSENT}")
    if proxy is not None or transport is not None:
        raise ConfigurationError(f"http_client has a transport and proxies of its own: pass it alone.{_UNSENT}")


def _check_parts(kind: type[HttpClient], proxy: object, transport: object) -> None:
    if not isinstance(proxy, (str, httpx.URL, httpx.Proxy, type(None))):
        raise ConfigurationError(f"proxy is {type(proxy).__name__}, not a URL.{_UNSENT}")
    handler = "handle_request" if kind is httpx.Client else "handle_async_request"
    if transport is not None and not hasattr(transport, handler):
        raise ConfigurationError(f"transport is {type(transport).__name__}, without {handler}.{_UNSENT}")


def _check_seconds(limit: object) -> None:
    if limit is None:
        return
    number = limit if isinstance(limit, (int, float)) and not isinstance(limit, bool) else 0
    if not 0 < number <= LONGEST_SECONDS:
        raise ConfigurationError(
            f"timeout is {shown(limit)}: it takes seconds above 0, a httpx.Timeout, or None for no limit.{_UNSENT}"
        )


def _built(http: httpx.Client | httpx.AsyncClient, outgoing: Outgoing) -> httpx.Request:
    try:
        return http.build_request(**outgoing.arguments, timeout=outgoing.timeout)
    except Exception as error:
        flaw = _said(error)
    raise ConfigurationError(f"{outgoing.request}: no request can be made of this: {flaw}.{_UNSENT}")


def _answer(response: httpx.Response, request_id_header: str | None) -> Answer:
    return Answer(
        status=response.status_code,
        headers=Headers(tuple(response.headers.multi_items())),
        content=response.content,
        request_id=response.headers.get(request_id_header) if request_id_header else None,
    )


def _failure(outgoing: Outgoing, error: Exception) -> ClientError:
    reason = _timed_out(outgoing, error) if isinstance(error, httpx.TimeoutException) else _said(error)
    if isinstance(error, _NEVER_SENT):
        return NotSentError(outgoing.request, f"no connection to {outgoing.origin}: {reason}")
    return OutcomeUnknownError(outgoing.request, reason)


def _timed_out(outgoing: Outgoing, error: httpx.TimeoutException) -> str:
    limit = getattr(outgoing.timeout, type(error).__name__.removesuffix("Timeout").lower(), None)
    return f"{type(error).__name__}: gave up after {limit:g} seconds" if limit is not None else _said(error)


def _said(error: Exception) -> str:
    sentence = one_line(str(error)).rstrip(".")
    return f"{type(error).__name__}: {sentence}" if sentence else type(error).__name__


_UNSENT = " Nothing was sent."
