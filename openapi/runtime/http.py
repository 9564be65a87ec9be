"""The one place that knows the HTTP library: opening clients of it, sending, and naming what went wrong."""

from typing import Any

import httpx

from .errors import ClientError, ConfigurationError, NotSentError, OutcomeUnknownError
from .exchange import Answer, Headers, Request
from .service import ANSWER_SECONDS, CONNECT_SECONDS
from .unset import Unset

Timeout = float | httpx.Timeout | None

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


def timeout_of(asked: Timeout | Unset, documented: float | None) -> httpx.Timeout:
    """The limits of one call, in seconds.

    Args:
        asked: What the caller asked for: the wait for the answer, or limits for each phase; None is no limit at all.
        documented: How long an answer of the operation can take.
    """
    if isinstance(asked, httpx.Timeout):
        return asked
    if asked is None:
        return httpx.Timeout(None)
    wait = (documented or ANSWER_SECONDS) if isinstance(asked, Unset) else asked
    return httpx.Timeout(wait, connect=min(wait, CONNECT_SECONDS))


def send(http: httpx.Client, request: Request, outgoing: dict[str, Any], request_id_header: str | None) -> Answer:
    """Send a request and read its answer whole.

    Raises:
        NotSentError: No connection came about.
        OutcomeUnknownError: The request went out, and no whole answer came back.
    """
    try:
        response = http.send(_built(http, outgoing), follow_redirects=False)
        return _answer(response, request_id_header)
    except _FAILURES as error:
        failure = _failure(request, error)
    # Raised out here so that no exception of the HTTP library, which holds the request and its key, hangs on ours.
    raise failure


async def send_async(
    http: httpx.AsyncClient, request: Request, outgoing: dict[str, Any], request_id_header: str | None
) -> Answer:
    """`send` for an asynchronous client."""
    try:
        response = await http.send(_built(http, outgoing), follow_redirects=False)
        return _answer(response, request_id_header)
    except _FAILURES as error:
        failure = _failure(request, error)
    raise failure


class _UnusableRequestError(Exception):
    """The HTTP library could not even build the request."""


_FAILURES = (httpx.RequestError, httpx.InvalidURL, _UnusableRequestError)


def _built(http: httpx.Client | httpx.AsyncClient, outgoing: dict[str, Any]) -> httpx.Request:
    try:
        return http.build_request(**outgoing)
    except (TypeError, ValueError) as error:
        # The text of a UnicodeEncodeError would be harmless, its `object` is the header: keep the sentence alone.
        raise _UnusableRequestError(f"{type(error).__name__}: {error}") from None


def _answer(response: httpx.Response, request_id_header: str | None) -> Answer:
    return Answer(
        status=response.status_code,
        headers=Headers(tuple(response.headers.multi_items())),
        content=response.content,
        request_id=response.headers.get(request_id_header) if request_id_header else None,
    )


def _failure(request: Request, error: Exception) -> ClientError:
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, (httpx.InvalidURL, _UnusableRequestError)):
        return ConfigurationError(f"{request}: not sent: {error}")
    if isinstance(error, _NEVER_SENT):
        return NotSentError(request, reason)
    return OutcomeUnknownError(request, reason)
