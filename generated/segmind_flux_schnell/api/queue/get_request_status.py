# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`GET /v2/requests/{request_id}/status`: Get the state of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import errors
from ..._runtime.base.lazy_modules import LazyModule as _LazyModule
from ..._runtime.base.messages import Request as _Request
from ..._runtime.base.messages import Response as _Response
from ..._runtime.base.rules import Field, Rule
from ..._runtime.client.client_access import call as _call
from ..._runtime.client.client_access import call_async as _call_async
from ..._runtime.client.client_access import require_async_client as _require_async_client
from ..._runtime.client.client_access import require_client as _require_client
from ..._runtime.client.client_access import send as _send
from ..._runtime.client.client_access import send_async as _send_async
from ..._runtime.spec import json_types as _json
from ..._runtime.spec.operation import Cause as _Cause
from ..._runtime.spec.operation import DocumentedResponse as _DocumentedResponse
from ..._runtime.spec.operation import Operation as _Operation
from ..._runtime.spec.parameter_styles import Parameter as _Parameter
from ..._runtime.spec.parameter_styles import RequestTemplate as _RequestTemplate
from ..._runtime.validation.checking import check_fields

if TYPE_CHECKING:
    from ... import results
    from ...client import AsyncClient, Client
    from ...models.job_status import JobStatus
else:
    results = _LazyModule(".results")

PARAMETERS: tuple[Field, ...] = (
    Field(
        name="request_id",
        api_name="request_id",
        required=True,
        rule=Rule(kind="string", min_length=1),
        description="The id in the response to the order.",
    ),
)
BODY: tuple[Field, ...] = ()

_read_job_status = _json.JsonReader(_json.ObjectOf(".models.job_status", "JobStatus"))
_read_error_body = _json.JsonReader(_json.ObjectOf(".models.error_body", "ErrorBody"))
_read_failed_job = _json.JsonReader(_json.ObjectOf(".models.failed_job", "FailedJob"))

OPERATION: _Operation[JobStatus] = _Operation(
    name="get_request_status",
    security=(("api_key",),),
    responses=(
        _DocumentedResponse(
            statuses=(200, 200),
            read=_read_job_status,
            billed=False,
        ),
        _DocumentedResponse(
            statuses=(401, 401),
            read=_read_error_body,
            error=errors.UnauthorizedError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
            causes=(
                _Cause(
                    error=errors.KeyNotReceivedError,
                    pattern="^Missing Authorization or x-api-key",
                    stops_batch=True,
                ),
                _Cause(
                    error=errors.KeyRefusedError,
                    pattern="^Unauthorized",
                    stops_batch=True,
                ),
            ),
        ),
        _DocumentedResponse(
            statuses=(404, 404),
            read=_read_error_body,
            error=errors.NotFoundError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
            causes=(
                _Cause(
                    error=errors.RequestExpiredError,
                    pattern="\\brequest[ _-]?id\\b|\\brequest\\b.*\\b(expired|not found)\\b",
                ),
                _Cause(
                    error=errors.BalanceNotFoundError,
                    pattern="^No credits found",
                    stops_batch=True,
                ),
                _Cause(
                    error=errors.ModelNotFoundError,
                    pattern="\\b(no such|unknown) model\\b|\\bmodel\\b.*\\b(not found|unknown|does not exist)\\b",
                    stops_batch=True,
                ),
            ),
        ),
        _DocumentedResponse(
            statuses=(405, 405),
            read=_read_error_body,
            error=errors.MethodNotAllowedError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
        ),
        _DocumentedResponse(
            statuses=(422, 422),
            read=_read_failed_job,
            error=errors.UnprocessableError,
            billed=False,
            message=("error",),
        ),
        _DocumentedResponse(
            statuses=(429, 429),
            read=_read_error_body,
            error=errors.RateLimitedError,
            billed=False,
            temporary=True,
            message=("error", "error_description"),
        ),
        _DocumentedResponse(
            statuses=(500, 500),
            read=_read_error_body,
            error=errors.ServerError,
            billed=False,
            message=("error", "error_description"),
        ),
        _DocumentedResponse(
            statuses=(503, 503),
            read=_read_error_body,
            error=errors.ServiceUnavailableError,
            billed=False,
            temporary=True,
            message=("error", "error_description"),
        ),
    ),
    timeout=60.0,
)


_TEMPLATE = _RequestTemplate(
    operation="get_request_status",
    method="GET",
    path="/v2/requests/{request_id}/status",
    parameters=(_Parameter(name="request_id", api_name="request_id", location="path", style="simple"),),
)


def build_request(
    request_id: str,
) -> _Request:
    """Build the request of a call whose parameters have been checked."""
    _body: dict[str, Any] = {}

    return _TEMPLATE.request(
        {
            "request_id": request_id,
        },
        **_body,
    )


def _checked_request(
    request_id: str,
) -> _Request:
    check_fields(
        "get_request_status",
        (*PARAMETERS, *BODY),
        {
            "request_id": request_id,
        },
    )
    return build_request(
        request_id=request_id,
    )


def _detailed(request: _Request, response: _Response) -> results.GetRequestStatusResponse:
    return results.GetRequestStatusResponse(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=OPERATION.parsed(request, response),
    )


def sync_detailed(
    request_id: str,
    *,
    client: Client,
) -> results.GetRequestStatusResponse:
    """Get the state of a job.

    Args:
        request_id: The id in the response to the order. (str, at least 1 character)
        client: The client to send with.

    Raises:
        InvalidRequestError: An argument is not allowed; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        NotSentError: No connection could be made; nothing was sent.
        OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
        RedirectRefusedError: The response is a redirect; redirects are not followed.
        GatewayError: The document does not explain this 5xx; the call may have been billed.
        UndocumentedStatusError: The response has an undocumented status.
        InvalidResponseError: The response is a success, but its body is not as documented.
    """
    _request = _checked_request(
        request_id=request_id,
    )
    return _detailed(_request, _send(_require_client(client), OPERATION, _request))


def sync(
    request_id: str,
    *,
    client: Client,
) -> JobStatus:
    """Get the state of a job.

    Args:
        request_id: The id in the response to the order. (str, at least 1 character)
        client: The client to send with.

    Raises:
        InvalidRequestError: An argument is not allowed; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        NotSentError: No connection could be made; nothing was sent.
        OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
        UnauthorizedError: 401. The API key is missing, wrong or expired.
        KeyNotReceivedError: … No key reached the service.
        KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
            bearer token.
        NotFoundError: 404. The requested URL does not exist.
        RequestExpiredError: … The record of a request has expired, or the service never had it.
        BalanceNotFoundError: … The account has no record of credits.
        ModelNotFoundError: … The service has no model of this name.
        MethodNotAllowedError: 405. The requested HTTP method is not allowed.
        UnprocessableError: 422. The job ran and failed.
        RateLimitedError: 429. Too many requests in too short a time.
        ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
            reason is a number out of its range, which fails in the model.
        ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
        RedirectRefusedError: The response is a redirect; redirects are not followed.
        GatewayError: The document does not explain this 5xx; the call may have been billed.
        UndocumentedStatusError: The response has an undocumented status.
        InvalidResponseError: The response is a success, but its body is not as documented.
    """
    _request = _checked_request(
        request_id=request_id,
    )
    return _call(_require_client(client), OPERATION, _request)


async def asyncio_detailed(
    request_id: str,
    *,
    client: AsyncClient,
) -> results.GetRequestStatusResponse:
    """Get the state of a job.

    Args:
        request_id: The id in the response to the order. (str, at least 1 character)
        client: The client to send with.

    Raises:
        InvalidRequestError: An argument is not allowed; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        NotSentError: No connection could be made; nothing was sent.
        OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
        RedirectRefusedError: The response is a redirect; redirects are not followed.
        GatewayError: The document does not explain this 5xx; the call may have been billed.
        UndocumentedStatusError: The response has an undocumented status.
        InvalidResponseError: The response is a success, but its body is not as documented.
    """
    _request = _checked_request(
        request_id=request_id,
    )
    return _detailed(_request, await _send_async(_require_async_client(client), OPERATION, _request))


async def asyncio(
    request_id: str,
    *,
    client: AsyncClient,
) -> JobStatus:
    """Get the state of a job.

    Args:
        request_id: The id in the response to the order. (str, at least 1 character)
        client: The client to send with.

    Raises:
        InvalidRequestError: An argument is not allowed; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        NotSentError: No connection could be made; nothing was sent.
        OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
        UnauthorizedError: 401. The API key is missing, wrong or expired.
        KeyNotReceivedError: … No key reached the service.
        KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
            bearer token.
        NotFoundError: 404. The requested URL does not exist.
        RequestExpiredError: … The record of a request has expired, or the service never had it.
        BalanceNotFoundError: … The account has no record of credits.
        ModelNotFoundError: … The service has no model of this name.
        MethodNotAllowedError: 405. The requested HTTP method is not allowed.
        UnprocessableError: 422. The job ran and failed.
        RateLimitedError: 429. Too many requests in too short a time.
        ServerError: 500. The service failed to process the request. If the parameters are new, the likeliest
            reason is a number out of its range, which fails in the model.
        ServiceUnavailableError: 503. The model may be starting; the service cannot take the request yet.
        RedirectRefusedError: The response is a redirect; redirects are not followed.
        GatewayError: The document does not explain this 5xx; the call may have been billed.
        UndocumentedStatusError: The response has an undocumented status.
        InvalidResponseError: The response is a success, but its body is not as documented.
    """
    _request = _checked_request(
        request_id=request_id,
    )
    return await _call_async(_require_async_client(client), OPERATION, _request)


__all__ = ["asyncio", "asyncio_detailed", "sync", "sync_detailed"]
