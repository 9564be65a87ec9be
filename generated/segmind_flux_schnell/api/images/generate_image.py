# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`POST /v1/flux-schnell`: Generate an image from a text prompt."""

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
from ..._runtime.image.response_files import read_result as _file_result
from ..._runtime.spec import json_types as _json
from ..._runtime.spec.json_objects import json_value as _json_value
from ..._runtime.spec.operation import Cause as _Cause
from ..._runtime.spec.operation import DocumentedResponse as _DocumentedResponse
from ..._runtime.spec.operation import Operation as _Operation
from ..._runtime.spec.parameter_styles import RequestTemplate as _RequestTemplate
from ..._runtime.validation.checking import check_fields

if TYPE_CHECKING:
    from ... import results
    from ..._runtime.client.many import CallTemplate as _CallTemplate
    from ...client import AsyncClient, Client
    from ...models.generate_image_request import GenerateImageRequest
else:
    results = _LazyModule(".results")

PARAMETERS: tuple[Field, ...] = ()
BODY: tuple[Field, ...] = (
    Field(name="body", api_name="body", required=True, rule=Rule(kind="object", model="GenerateImageRequest")),
)


def _read_generate_image_result(request: _Request, response: _Response) -> results.GenerateImageResult:
    return _file_result(results.GenerateImageResult, results.GENERATE_IMAGE_RESULT_SPEC, request, response)


_read_error_body = _json.JsonReader(_json.ObjectOf(".models.error_body", "ErrorBody"))

OPERATION: _Operation[results.GenerateImageResult] = _Operation(
    name="generate_image",
    security=(("api_key",),),
    responses=(
        _DocumentedResponse(
            statuses=(200, 200),
            read=_read_generate_image_result,
            billed=True,
            judges_flaws=True,
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
    timeout=300.0,
    semantics=results.GENERATE_IMAGE_SEMANTICS,
    orders_images=True,
    buys=True,
    price=Decimal("0.008"),
    largest=16777216,
)


_TEMPLATE = _RequestTemplate(
    operation="generate_image",
    method="POST",
    path="/v1/flux-schnell",
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
        "generate_image",
        (*PARAMETERS, *BODY),
        {
            "body": body,
        },
    )
    return build_request(
        body=body,
    )


def call_template() -> _CallTemplate[GenerateImageRequest, results.GenerateImageResult]:
    """What calls that differ only in their bodies have in common."""
    from ..._runtime.client.many import CallTemplate as _CallTemplate

    def build(body: GenerateImageRequest) -> _Request:
        return _checked_request(body=body)

    return _CallTemplate(operation=OPERATION, build=build)


def _detailed(request: _Request, response: _Response) -> results.GenerateImageResponse:
    return results.GenerateImageResponse(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=OPERATION.parsed(request, response),
    )


def sync_detailed(
    *,
    client: Client,
    body: GenerateImageRequest,
) -> results.GenerateImageResponse:
    """Generate an image from a text prompt.

    A call takes about 10 seconds, or minutes if the model has to start first. The same parameters with the same
    seed give the same image. The default seed is a constant, so a call without a seed buys the same image each
    time.

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
        InvalidImageError: The response is a success without a whole image; the error has the bytes.
        MismatchError: The image differs from the request, and `on_mismatch` is "raise".
    """
    _request = _checked_request(
        body=body,
    )
    return _detailed(_request, _send(_require_client(client), OPERATION, _request))


def sync(
    *,
    client: Client,
    body: GenerateImageRequest,
) -> results.GenerateImageResult:
    """Generate an image from a text prompt.

    A call takes about 10 seconds, or minutes if the model has to start first. The same parameters with the same
    seed give the same image. The default seed is a constant, so a call without a seed buys the same image each
    time.

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
        InvalidImageError: The response is a success without a whole image; the error has the bytes.
        MismatchError: The image differs from the request, and `on_mismatch` is "raise".
        JobFailedError: With `route="queue"`: the job ran and failed. It was not billed.
        JobTimeoutError: … the job is still active after the timeout. The error says how to collect it.
        JobExpiredError: … the service no longer has the job.
    """
    _request = _checked_request(
        body=body,
    )
    return _call(_require_client(client), OPERATION, _request)


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: GenerateImageRequest,
) -> results.GenerateImageResponse:
    """Generate an image from a text prompt.

    A call takes about 10 seconds, or minutes if the model has to start first. The same parameters with the same
    seed give the same image. The default seed is a constant, so a call without a seed buys the same image each
    time.

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
        InvalidImageError: The response is a success without a whole image; the error has the bytes.
        MismatchError: The image differs from the request, and `on_mismatch` is "raise".
    """
    _request = _checked_request(
        body=body,
    )
    return _detailed(_request, await _send_async(_require_async_client(client), OPERATION, _request))


async def asyncio(
    *,
    client: AsyncClient,
    body: GenerateImageRequest,
) -> results.GenerateImageResult:
    """Generate an image from a text prompt.

    A call takes about 10 seconds, or minutes if the model has to start first. The same parameters with the same
    seed give the same image. The default seed is a constant, so a call without a seed buys the same image each
    time.

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
        InvalidImageError: The response is a success without a whole image; the error has the bytes.
        MismatchError: The image differs from the request, and `on_mismatch` is "raise".
        JobFailedError: With `route="queue"`: the job ran and failed. It was not billed.
        JobTimeoutError: … the job is still active after the timeout. The error says how to collect it.
        JobExpiredError: … the service no longer has the job.
    """
    _request = _checked_request(
        body=body,
    )
    return await _call_async(_require_async_client(client), OPERATION, _request)


__all__ = ["asyncio", "asyncio_detailed", "sync", "sync_detailed"]
