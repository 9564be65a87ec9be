# @generated from openapi/flux-schnell.yaml (SHA-256 80f6a332d87e) by `make generate`. Do not edit: change that file.
"""`POST /v1/flux-schnell`: Generate an image from a text prompt."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ... import errors, results
from ..._runtime.base.messages import Request as _Request
from ..._runtime.base.messages import Response as _Response
from ..._runtime.base.rules import Field, Rule
from ..._runtime.client.clients import require_async_client, require_client
from ..._runtime.image.media import read_result
from ..._runtime.spec.operation import DocumentedResponse as _DocumentedResponse
from ..._runtime.spec.operation import Operation as _Operation
from ..._runtime.validation.checking import check_fields
from ...models.error_body import ErrorBody
from ...models.generate_image_request import GenerateImageRequest

if TYPE_CHECKING:
    from ..._runtime.client.many import Job as _Job
    from ...client import AsyncClient, Client

PARAMETERS: tuple[Field, ...] = ()
BODY: tuple[Field, ...] = (
    Field(name="body", api_name="body", required=True, rule=Rule(kind="object", model="GenerateImageRequest")),
)


def _read_200(request: _Request, response: _Response) -> results.GenerateImageResult:
    return read_result(results.GenerateImageResult, results.GENERATE_IMAGE_RESULT_SPEC, request, response)


def _read_400(request: _Request, response: _Response) -> ErrorBody:
    response_400 = ErrorBody.from_dict(response.json())

    return response_400


def _read_401(request: _Request, response: _Response) -> ErrorBody:
    response_401 = ErrorBody.from_dict(response.json())

    return response_401


def _read_403(request: _Request, response: _Response) -> ErrorBody:
    response_403 = ErrorBody.from_dict(response.json())

    return response_403


def _read_404(request: _Request, response: _Response) -> ErrorBody:
    response_404 = ErrorBody.from_dict(response.json())

    return response_404


def _read_405(request: _Request, response: _Response) -> ErrorBody:
    response_405 = ErrorBody.from_dict(response.json())

    return response_405


def _read_406(request: _Request, response: _Response) -> ErrorBody:
    response_406 = ErrorBody.from_dict(response.json())

    return response_406


def _read_410(request: _Request, response: _Response) -> ErrorBody:
    response_410 = ErrorBody.from_dict(response.json())

    return response_410


def _read_429(request: _Request, response: _Response) -> ErrorBody:
    response_429 = ErrorBody.from_dict(response.json())

    return response_429


def _read_500(request: _Request, response: _Response) -> ErrorBody:
    response_500 = ErrorBody.from_dict(response.json())

    return response_500


def _read_503(request: _Request, response: _Response) -> ErrorBody:
    response_503 = ErrorBody.from_dict(response.json())

    return response_503


OPERATION: _Operation[results.GenerateImageResult] = _Operation(
    name="generate_image",
    security=(("api_key",),),
    responses=(
        _DocumentedResponse(
            statuses=(200, 200),
            read=_read_200,
            billed=True,
        ),
        _DocumentedResponse(
            statuses=(400, 400),
            read=_read_400,
            error=errors.BadRequestError,
            billed=False,
            message=("error", "error_description"),
        ),
        _DocumentedResponse(
            statuses=(401, 401),
            read=_read_401,
            error=errors.UnauthorizedError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
        ),
        _DocumentedResponse(
            statuses=(403, 403),
            read=_read_403,
            error=errors.ModelNotPermittedError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
        ),
        _DocumentedResponse(
            statuses=(404, 404),
            read=_read_404,
            error=errors.NotFoundError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
        ),
        _DocumentedResponse(
            statuses=(405, 405),
            read=_read_405,
            error=errors.MethodNotAllowedError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
        ),
        _DocumentedResponse(
            statuses=(406, 406),
            read=_read_406,
            error=errors.NotEnoughCreditsError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
        ),
        _DocumentedResponse(
            statuses=(410, 410),
            read=_read_410,
            error=errors.ModelRetiredError,
            billed=False,
            message=("error", "error_description"),
            stops_batch=True,
        ),
        _DocumentedResponse(
            statuses=(429, 429),
            read=_read_429,
            error=errors.RateLimitedError,
            billed=False,
            temporary=True,
            message=("error", "error_description"),
        ),
        _DocumentedResponse(
            statuses=(500, 500),
            read=_read_500,
            error=errors.ServerError,
            billed=False,
            message=("error", "error_description"),
        ),
        _DocumentedResponse(
            statuses=(503, 503),
            read=_read_503,
            error=errors.ServiceUnavailableError,
            billed=False,
            temporary=True,
            message=("error", "error_description"),
        ),
    ),
    timeout=300.0,
    semantics=results.GENERATE_IMAGE_SEMANTICS,
    buys=True,
    price=Decimal("0.008"),
    largest=16777216,
)


def build_request(
    *,
    body: GenerateImageRequest,
) -> _Request:
    """The request of a call whose parameters have been checked."""
    headers: dict[str, str] = {}

    _kwargs: dict[str, Any] = {}
    _json_0 = body.to_dict()
    _kwargs["json"] = _json_0

    headers["Content-Type"] = "application/json"

    return _Request(
        operation="generate_image",
        method="POST",
        path="/v1/flux-schnell",
        headers=headers,
        **_kwargs,
    )


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


def job() -> _Job[GenerateImageRequest, results.GenerateImageResult]:
    """What many calls have in common that differ in their bodies."""
    from ..._runtime.client.many import Job as _Job

    def build(body: GenerateImageRequest) -> _Request:
        return _checked_request(body=body)

    return _Job(operation=OPERATION, build=build)


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

    Takes about 10 seconds, minutes when the model has to be started first. The same parameters with the same seed
    give the same image, and a call that leaves the seed out uses a constant one: it buys the same image each time.

    Args:
        client: The client to send with.
        body: The body of the request.

    Raises:
        InvalidRequestError: The call breaks a rule; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        BudgetExhaustedError: The call would spend more than the client's budget allows; nothing was sent.
        NotSentError: No connection came about; nothing was sent.
        OutcomeUnknownError: The request was sent, and no whole response came back.
        RedirectRefusedError: The response is a redirect, which is not followed.
        GatewayError: The response is a 5xx that the document does not explain: the outcome is unknown.
        UndocumentedStatusError: The response has a status that is not documented.
        InvalidImageError: The response is a success without the image that was asked for; it has the bytes.
    """
    _request = _checked_request(
        body=body,
    )
    return _detailed(_request, require_client(client).send(OPERATION, _request))


def sync(
    *,
    client: Client,
    body: GenerateImageRequest,
) -> results.GenerateImageResult:
    """Generate an image from a text prompt.

    Takes about 10 seconds, minutes when the model has to be started first. The same parameters with the same seed
    give the same image, and a call that leaves the seed out uses a constant one: it buys the same image each time.

    Args:
        client: The client to send with.
        body: The body of the request.

    Raises:
        InvalidRequestError: The call breaks a rule; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        BudgetExhaustedError: The call would spend more than the client's budget allows; nothing was sent.
        NotSentError: No connection came about; nothing was sent.
        OutcomeUnknownError: The request was sent, and no whole response came back.
        BadRequestError: 400. The body is malformed, or a field is missing.
        UnauthorizedError: 401. The API key is missing, wrong or expired.
        ModelNotPermittedError: 403. The account may not use this model.
        NotFoundError: 404. The requested URL does not exist.
        MethodNotAllowedError: 405. The requested HTTP method is not allowed.
        NotEnoughCreditsError: 406. Not enough credits. Newer pages of the vendor use this status also for an
            invalid content type, a value that was rejected before running, and a team's limit; the message alone
            tells which.
        ModelRetiredError: 410. The model has been taken out of service.
        RateLimitedError: 429. Too many requests in too short a time.
        ServerError: 500. The service had an issue with processing.
        ServiceUnavailableError: 503. The service cannot take the request now; it may be starting the model.
        RedirectRefusedError: The response is a redirect, which is not followed.
        GatewayError: The response is a 5xx that the document does not explain: the outcome is unknown.
        UndocumentedStatusError: The response has a status that is not documented.
        InvalidImageError: The response is a success without the image that was asked for; it has the bytes.
    """
    _request = _checked_request(
        body=body,
    )
    return require_client(client).call(OPERATION, _request)


async def asyncio_detailed(
    *,
    client: AsyncClient,
    body: GenerateImageRequest,
) -> results.GenerateImageResponse:
    """Generate an image from a text prompt.

    Takes about 10 seconds, minutes when the model has to be started first. The same parameters with the same seed
    give the same image, and a call that leaves the seed out uses a constant one: it buys the same image each time.

    Args:
        client: The client to send with.
        body: The body of the request.

    Raises:
        InvalidRequestError: The call breaks a rule; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        BudgetExhaustedError: The call would spend more than the client's budget allows; nothing was sent.
        NotSentError: No connection came about; nothing was sent.
        OutcomeUnknownError: The request was sent, and no whole response came back.
        RedirectRefusedError: The response is a redirect, which is not followed.
        GatewayError: The response is a 5xx that the document does not explain: the outcome is unknown.
        UndocumentedStatusError: The response has a status that is not documented.
        InvalidImageError: The response is a success without the image that was asked for; it has the bytes.
    """
    _request = _checked_request(
        body=body,
    )
    return _detailed(_request, await require_async_client(client).send(OPERATION, _request))


async def asyncio(
    *,
    client: AsyncClient,
    body: GenerateImageRequest,
) -> results.GenerateImageResult:
    """Generate an image from a text prompt.

    Takes about 10 seconds, minutes when the model has to be started first. The same parameters with the same seed
    give the same image, and a call that leaves the seed out uses a constant one: it buys the same image each time.

    Args:
        client: The client to send with.
        body: The body of the request.

    Raises:
        InvalidRequestError: The call breaks a rule; nothing was sent.
        MissingKeyError: The client has no key for this operation; nothing was sent.
        BudgetExhaustedError: The call would spend more than the client's budget allows; nothing was sent.
        NotSentError: No connection came about; nothing was sent.
        OutcomeUnknownError: The request was sent, and no whole response came back.
        BadRequestError: 400. The body is malformed, or a field is missing.
        UnauthorizedError: 401. The API key is missing, wrong or expired.
        ModelNotPermittedError: 403. The account may not use this model.
        NotFoundError: 404. The requested URL does not exist.
        MethodNotAllowedError: 405. The requested HTTP method is not allowed.
        NotEnoughCreditsError: 406. Not enough credits. Newer pages of the vendor use this status also for an
            invalid content type, a value that was rejected before running, and a team's limit; the message alone
            tells which.
        ModelRetiredError: 410. The model has been taken out of service.
        RateLimitedError: 429. Too many requests in too short a time.
        ServerError: 500. The service had an issue with processing.
        ServiceUnavailableError: 503. The service cannot take the request now; it may be starting the model.
        RedirectRefusedError: The response is a redirect, which is not followed.
        GatewayError: The response is a 5xx that the document does not explain: the outcome is unknown.
        UndocumentedStatusError: The response has a status that is not documented.
        InvalidImageError: The response is a success without the image that was asked for; it has the bytes.
    """
    _request = _checked_request(
        body=body,
    )
    return await require_async_client(client).call(OPERATION, _request)
