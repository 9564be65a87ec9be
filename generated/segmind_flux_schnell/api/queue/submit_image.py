# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`POST /v2/flux-schnell`: Order an image from a text prompt, and collect it later."""

from __future__ import annotations

from decimal import Decimal
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
from ..._runtime.spec.json_objects import json_value as _json_value
from ..._runtime.spec.operation import Cause as _Cause
from ..._runtime.spec.operation import DocumentedResponse as _DocumentedResponse
from ..._runtime.spec.operation import Operation as _Operation
from ..._runtime.spec.parameter_styles import RequestTemplate as _RequestTemplate
from ..._runtime.validation.checking import check_fields

if TYPE_CHECKING:
    from ... import results
    from ...client import AsyncClient, Client
    from ...models.generate_image_request import GenerateImageRequest
    from ...models.queued_job import QueuedJob
else:
    results = _LazyModule(".results")

PARAMETERS: tuple[Field, ...] = ()
BODY: tuple[Field, ...] = (
    Field(name="body", api_name="body", required=True, rule=Rule(kind="object", model="GenerateImageRequest")),
)

_read_queued_job = _json.JsonReader(_json.ObjectOf(".models.queued_job", "QueuedJob"))
_read_error_body = _json.JsonReader(_json.ObjectOf(".models.error_body", "ErrorBody"))

OPERATION: _Operation[QueuedJob] = _Operation(
    name="submit_image",
    security=(("api_key",),),
    responses=(
        _DocumentedResponse(
            statuses=(200, 200),
            read=_read_queued_job,
            billed=True,
        ),
        _DocumentedResponse(
            statuses=(400, 400),
            read=_read_error_body,
            error=errors.BadRequestError,
            billed=False,
            message=("error", "error_description"),
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
            statuses=(403, 403),
            read=_read_error_body,
            error=errors.ModelNotPermittedError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
            causes=(
                _Cause(
                    error=errors.InsufficientScopeError,
                    pattern="\\binsufficient_scope\\b",
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
            statuses=(406, 406),
            read=_read_error_body,
            error=errors.NotAcceptableError,
            billed=False,
            message=("error", "error_description"),
            causes=(
                _Cause(
                    error=errors.InvalidContentTypeError,
                    pattern="^Invalid content type",
                ),
                _Cause(
                    error=errors.NotEnoughCreditsError,
                    pattern="^Insufficient credits",
                    stops_batch=True,
                ),
                _Cause(
                    error=errors.SpendLimitReachedError,
                    pattern="\\bspend(ing)? limit\\b|\\blimit of (the|your) team\\b|\\bteam('s)? limit\\b",
                    stops_batch=True,
                ),
                _Cause(
                    error=errors.ParameterRefusedError,
                    pattern=(
                        "\\bmust be\\b|\\b(not )?one of\\b|\\binvalid value\\b|\\bis not (a )?(valid|supported)\\b"
                    ),
                ),
            ),
        ),
        _DocumentedResponse(
            statuses=(410, 410),
            read=_read_error_body,
            error=errors.ModelRetiredError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
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
    semantics=results.SUBMIT_IMAGE_SEMANTICS,
    orders_images=True,
    buys=True,
    price=Decimal("0.008"),
    job_id="/request_id",
)


_TEMPLATE = _RequestTemplate(
    operation="submit_image",
    method="POST",
    path="/v2/flux-schnell",
)


def build_request(
    *,
    body: GenerateImageRequest,
) -> _Request:
    """Build the request of a call whose parameters have been checked."""
    _body: dict[str, Any] = {}
    _body["json"] = _json_value(body)
    _body["content_type"] = "application/json"

    return _TEMPLATE.request({}, **_body)


def _checked_request(
    *,
    body: GenerateImageRequest,
) -> _Request:
    check_fields(
        "submit_image",
        (*PARAMETERS, *BODY),
        {
            "body": body,
        },
    )
    return build_request(
        body=body,
    )


def _detailed(request: _Request, response: _Response) -> results.SubmitImageResponse:
    return results.SubmitImageResponse(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=OPERATION.parsed(request, response),
    )


def sync_detailed(
    *,
    client: Client,
    body: GenerateImageRequest,
) -> results.SubmitImageResponse:
    """Order an image from a text prompt, and collect it later.

    The service responds at once with a `request_id`, by which the image can be collected for about an hour. A job
    cannot be cancelled.

    Args:
        client: The client to send with.
        body: The body of the request.

    Raises:
        InvalidRequestError: An argument is not allowed; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
        NotSentError: No connection could be made; nothing was sent.
        OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
        RedirectRefusedError: The response is a redirect; redirects are not followed.
        GatewayError: The document does not explain this 5xx; the call may have been billed.
        UndocumentedStatusError: The response has an undocumented status.
        InvalidResponseError: The response is a success, but its body is not as documented.
    """
    _request = _checked_request(
        body=body,
    )
    return _detailed(_request, _send(_require_client(client), OPERATION, _request))


def sync(
    *,
    client: Client,
    body: GenerateImageRequest,
) -> QueuedJob:
    """Order an image from a text prompt, and collect it later.

    The service responds at once with a `request_id`, by which the image can be collected for about an hour. A job
    cannot be cancelled.

    Args:
        client: The client to send with.
        body: The body of the request.

    Raises:
        InvalidRequestError: An argument is not allowed; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
        NotSentError: No connection could be made; nothing was sent.
        OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
        BadRequestError: 400. The body is malformed, a field is missing, or the model does not support the
            operation.
        UnauthorizedError: 401. The API key is missing, wrong or expired.
        KeyNotReceivedError: … No key reached the service.
        KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
            bearer token.
        ModelNotPermittedError: 403. The model exists, but this account or team may not use it.
        InsufficientScopeError: … The key may not be used for this call.
        NotFoundError: 404. The requested URL does not exist.
        RequestExpiredError: … The record of a request has expired, or the service never had it.
        BalanceNotFoundError: … The account has no record of credits.
        ModelNotFoundError: … The service has no model of this name.
        MethodNotAllowedError: 405. The requested HTTP method is not allowed.
        NotAcceptableError: 406. The service refuses the request for its content type, a value, the credits or a
            spend limit.
        InvalidContentTypeError: … The content type of the request is missing, or not one that the service
            accepts.
        NotEnoughCreditsError: … The credits do not cover the call. The text names the balance, which may be above
            zero, and what the call needs.
        SpendLimitReachedError: … The team has reached its spend limit. The text names its period and its cap.
        ParameterRefusedError: … The service refuses the value of a parameter before the model runs.
        ModelRetiredError: 410. The model has been taken out of service.
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
        body=body,
    )
    return _call(_require_client(client), OPERATION, _request)


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: GenerateImageRequest,
) -> results.SubmitImageResponse:
    """Order an image from a text prompt, and collect it later.

    The service responds at once with a `request_id`, by which the image can be collected for about an hour. A job
    cannot be cancelled.

    Args:
        client: The client to send with.
        body: The body of the request.

    Raises:
        InvalidRequestError: An argument is not allowed; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
        NotSentError: No connection could be made; nothing was sent.
        OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
        RedirectRefusedError: The response is a redirect; redirects are not followed.
        GatewayError: The document does not explain this 5xx; the call may have been billed.
        UndocumentedStatusError: The response has an undocumented status.
        InvalidResponseError: The response is a success, but its body is not as documented.
    """
    _request = _checked_request(
        body=body,
    )
    return _detailed(_request, await _send_async(_require_async_client(client), OPERATION, _request))


async def asyncio(
    *,
    client: AsyncClient,
    body: GenerateImageRequest,
) -> QueuedJob:
    """Order an image from a text prompt, and collect it later.

    The service responds at once with a `request_id`, by which the image can be collected for about an hour. A job
    cannot be cancelled.

    Args:
        client: The client to send with.
        body: The body of the request.

    Raises:
        InvalidRequestError: An argument is not allowed; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        BudgetExhaustedError: The call would exceed the client's budget; nothing was sent.
        NotSentError: No connection could be made; nothing was sent.
        OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed.
        BadRequestError: 400. The body is malformed, a field is missing, or the model does not support the
            operation.
        UnauthorizedError: 401. The API key is missing, wrong or expired.
        KeyNotReceivedError: … No key reached the service.
        KeyRefusedError: … The key is wrong or has expired. The service also refuses a key that is sent as a
            bearer token.
        ModelNotPermittedError: 403. The model exists, but this account or team may not use it.
        InsufficientScopeError: … The key may not be used for this call.
        NotFoundError: 404. The requested URL does not exist.
        RequestExpiredError: … The record of a request has expired, or the service never had it.
        BalanceNotFoundError: … The account has no record of credits.
        ModelNotFoundError: … The service has no model of this name.
        MethodNotAllowedError: 405. The requested HTTP method is not allowed.
        NotAcceptableError: 406. The service refuses the request for its content type, a value, the credits or a
            spend limit.
        InvalidContentTypeError: … The content type of the request is missing, or not one that the service
            accepts.
        NotEnoughCreditsError: … The credits do not cover the call. The text names the balance, which may be above
            zero, and what the call needs.
        SpendLimitReachedError: … The team has reached its spend limit. The text names its period and its cap.
        ParameterRefusedError: … The service refuses the value of a parameter before the model runs.
        ModelRetiredError: 410. The model has been taken out of service.
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
        body=body,
    )
    return await _call_async(_require_async_client(client), OPERATION, _request)


__all__ = ["asyncio", "asyncio_detailed", "sync", "sync_detailed"]
