"""The functions that openapi-python-client's users know: `sync`, `asyncio`, and their detailed kin."""

import json
from decimal import Decimal
from typing import Any, cast

import httpx
import pytest

from segmind_flux_schnell import (
    UNSET,
    AsyncClient,
    Client,
    ErrorBody,
    GatewayError,
    GenerateImageRequest,
    GenerateImageResult,
    InvalidImageError,
    InvalidRequestError,
    UnauthorizedError,
)
from segmind_flux_schnell.api.images import generate_image
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.calling import Recorder
from tests.client.conftest import Calling
from tests.client.responding_server import RespondingServer, http_response

TIGER = GenerateImageRequest(prompt="a bengal tiger", steps=4, seed=7, width=512, height=512)


def test_a_request_as_an_object_gives_the_same_image(calling: Calling, sandbox: Sandbox) -> None:
    """`sync` and `asyncio` give what the method of the client gives."""
    caller = calling(base_url=sandbox.url)
    image = caller.function(TIGER)
    assert isinstance(image, GenerateImageResult)
    by_method = caller(prompt="a bengal tiger", steps=4, seed=7, width=512, height=512)
    assert image.content == by_method.content


def test_a_failure_raises(calling: Calling, sandbox: Sandbox) -> None:
    """`sync` and `asyncio` raise the error of a status, as the method does."""
    with pytest.raises(UnauthorizedError):
        calling(base_url=sandbox.url, api_key="nobody").function(TIGER)


def test_the_detailed_response_has_status_headers_and_image(calling: Calling, sandbox: Sandbox) -> None:
    """The detailed functions give the whole response, with the image as `parsed`."""
    response = calling(base_url=sandbox.url).detailed(TIGER)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.cost == Decimal("0.008")
    assert isinstance(response.parsed, GenerateImageResult)
    assert response.parsed.content == response.content


def test_a_detailed_failure_is_a_response(calling: Calling, sandbox: Sandbox) -> None:
    """The detailed functions do not raise for a documented failure: `parsed` is its body."""
    response = calling(base_url=sandbox.url, api_key="nobody").detailed(TIGER)
    assert response.status_code == 401
    assert isinstance(response.parsed, ErrorBody)
    assert response.parsed.error == "Unauthorized. API key is invalid or may have expired."
    assert response.remaining_credits is None


def test_a_detailed_failure_of_another_shape_has_no_parsed_body(calling: Calling, server: RespondingServer) -> None:
    """A failure whose body is not as documented is a response too, with its bytes alone."""
    server.response = http_response("405 Method Not Allowed", b"<html>", "content-type: text/html")
    response = calling(base_url=server.url).detailed(TIGER)
    assert (response.status_code, response.parsed, response.content) == (405, None, b"<html>")


@pytest.mark.parametrize(
    ("response", "error"),
    [
        pytest.param(http_response("520 ", b""), GatewayError, id="undocumented status"),
        pytest.param(http_response("200 OK", b"{}", "content-type: image/jpeg"), InvalidImageError, id="no image"),
    ],
)
def test_a_detailed_response_is_a_documented_one(
    calling: Calling, server: RespondingServer, response: bytes, error: type[Exception]
) -> None:
    """The detailed functions raise for an undocumented status, and for a success without an image."""
    server.response = response
    with pytest.raises(error):
        calling(base_url=server.url).detailed(TIGER)


def test_properties_that_the_document_does_not_know_are_sent(calling: Calling, recorder: Recorder) -> None:
    """A request takes further properties by subscription, and sends them beside its own."""
    request = GenerateImageRequest(prompt="a tiger", seed=UNSET)
    request["unlisted"] = 3.5
    calling(transport=recorder.transport).function(request)
    assert recorder.body["unlisted"] == 3.5
    assert "seed" not in recorder.body


def test_the_vendors_own_request_can_be_read(calling: Calling, recorder: Recorder, document: dict[str, Any]) -> None:
    """`from_dict` takes the JSON of a request, and the same JSON is sent."""
    example = document["paths"]["/v1/flux-schnell"]["post"]["requestBody"]["content"]["application/json"]["example"]
    calling(transport=recorder.transport).function(GenerateImageRequest.from_dict(example))
    assert recorder.body == json.loads(json.dumps(example))


def _without_prompt() -> GenerateImageRequest:
    request = GenerateImageRequest(prompt="a tiger")
    del request.prompt
    return request


def _with_steps_by_subscription() -> GenerateImageRequest:
    request = GenerateImageRequest(prompt="a tiger")
    request["steps"] = 8
    return request


def _with_a_number_as_name() -> GenerateImageRequest:
    request = GenerateImageRequest(prompt="a tiger")
    further: dict[Any, Any] = request.additional_properties
    further[7] = 1
    return request


def _with_an_object() -> GenerateImageRequest:
    request = GenerateImageRequest(prompt="a tiger")
    request["unlisted"] = object()
    return request


@pytest.mark.parametrize(
    ("body", "field", "rule"),
    [
        pytest.param({"prompt": "a tiger"}, "body", "is a dict, not a GenerateImageRequest", id="dict"),
        pytest.param(None, "body", "is not allowed: GenerateImageRequest", id="None"),
        pytest.param(GenerateImageRequest, "body", "is a type, not a GenerateImageRequest", id="the class"),
        pytest.param(_without_prompt(), "body.prompt", "was deleted from the request", id="deleted"),
        pytest.param(
            _with_steps_by_subscription(),
            "body.steps",
            "is set by ['steps'], which is for unknown properties: set .steps",
            id="subscription",
        ),
        pytest.param(
            _with_a_number_as_name(),
            "body.additional_properties[7]",
            "has a name that is int, not str",
            id="number as name",
        ),
        pytest.param(
            _with_an_object(),
            "unlisted",
            "cannot be written as JSON: Object of type object is not JSON serializable",
            id="unwritable",
        ),
    ],
)
def test_a_request_is_checked_once_more_when_it_is_sent(
    calling: Calling, recorder: Recorder, body: Any, field: str, rule: str
) -> None:
    """Whatever happened to a request since it was made, one that breaks a rule is not sent."""
    with pytest.raises(InvalidRequestError) as raised:
        calling(transport=recorder.transport).function(body)
    (fault,) = raised.value.faults
    assert (fault.field, fault.rule) == (field, rule)
    assert not recorder.requests


def test_sync_takes_no_asynchronous_client(recorder: Recorder) -> None:
    """The blocking functions refuse a client that would have to be awaited, and anything that is no client."""
    awaited = cast("Client", AsyncClient(api_key=KEY, transport=recorder.transport))
    with pytest.raises(TypeError, match="client is AsyncClient: `sync` and `sync_detailed` take a Client"):
        generate_image.sync(client=awaited, body=TIGER)
    with pytest.raises(TypeError, match="client is NoneType"):
        generate_image.sync_detailed(client=cast("Client", None), body=TIGER)
    assert not recorder.requests


async def test_asyncio_takes_no_blocking_client(client: Client, recorder: Recorder) -> None:
    """The asynchronous functions refuse a client that would block the event loop."""
    with pytest.raises(TypeError, match="client is Client: `asyncio` and `asyncio_detailed` take an AsyncClient"):
        await generate_image.asyncio(client=cast("AsyncClient", client), body=TIGER)
    with httpx.Client(transport=recorder.transport) as http, pytest.raises(TypeError, match="client is Client"):
        await generate_image.asyncio_detailed(client=cast("AsyncClient", http), body=TIGER)
    assert not recorder.requests
