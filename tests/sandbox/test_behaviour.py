"""A service that has drifted in one thing is a `Behaviour` with one changed value."""

import asyncio
import io
from decimal import Decimal

import httpx
import pytest
from attrs import evolve
from PIL import Image

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.attributes import Fields, Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.image import draw
from segmind_flux_schnell_sandbox.refusals import Reason, Refused
from segmind_flux_schnell_sandbox.service import create_app

SMALL = {"prompt": "a fox in the snow", "width": 512, "height": 512}


def served(behaviour: Behaviour, **fields: object) -> httpx.Response:
    """Request one small image from a service with this behaviour, without a server."""

    async def response() -> httpx.Response:
        transport = httpx.ASGITransport(app=create_app(behaviour))
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
            headers = {behaviour.key_header: KEY}
            return await client.post(behaviour.path, json={**SMALL, **fields}, headers=headers)

    return asyncio.run(response())


def test_a_range_can_drift() -> None:
    """Nine steps are accepted if the maximum is nine."""
    assert served(DOCUMENTED.with_attribute("steps", maximum=9), steps=9).status_code == 200


def test_a_default_can_drift() -> None:
    """Another default gives a different image for the same request."""
    drifted = DOCUMENTED.with_attribute("steps", default=5)
    assert served(drifted).content != served(DOCUMENTED).content


def test_a_parameter_can_lose_its_effect() -> None:
    """A seed that is not drawn gives one image for all seeds."""
    drifted = DOCUMENTED.with_attribute("seed", drawn=False)
    assert served(drifted, seed=1).content == served(drifted, seed=2).content


def test_a_field_can_be_renamed() -> None:
    """A field that has been renamed is ignored under its old name."""
    drifted = DOCUMENTED.with_attribute("width", name="image_width")
    assert Image.open(io.BytesIO(served(drifted).content)).size == (1024, 512)


def test_a_field_can_become_required() -> None:
    """An attribute without a default is required."""
    response = served(DOCUMENTED.with_attribute("steps", default=None))
    assert (response.status_code, response.json()) == (400, {"error": "steps is required"})


def test_a_refusal_can_drift() -> None:
    """A reason can get another status, text or shape."""
    drifted = DOCUMENTED.with_refusal(Reason.VALUE_FAILED, status=422, shape="page")
    response = served(drifted, steps=9)
    assert (response.status_code, response.headers["content-type"]) == (
        422,
        "text/html; charset=utf-8",
    )


def test_a_header_can_go_missing() -> None:
    """A header named None is not sent; the others are."""
    response = served(DOCUMENTED.with_headers(seed=None, cost="x-price"))
    assert "x-seed-value" not in response.headers
    assert Decimal(response.headers["x-price"]) == DOCUMENTED.price


def test_a_wrong_attribute_is_a_mistake() -> None:
    """A misspelt attribute raises an error instead of making a mutant that equals the original."""
    with pytest.raises(KeyError):
        DOCUMENTED.with_attribute("step", maximum=9)


def test_the_image_format_can_drift() -> None:
    """PNG bytes can be labelled as a JPEG."""
    response = served(evolve(DOCUMENTED, image_format="PNG"))
    assert response.headers["content-type"] == "image/jpeg"
    assert response.content.startswith(b"\x89PNG")


def test_the_success_can_drift() -> None:
    """An image can come with another status, content type and cost."""
    drifted = evolve(DOCUMENTED, status=201, content_type="image/webp", price=Decimal("0.01"))
    response = served(drifted)
    assert (response.status_code, response.headers["content-type"]) == (201, "image/webp")
    assert response.headers["x-cost"] == "0.01"


def test_the_operation_can_drift() -> None:
    """The path and the key's header can change."""
    assert served(evolve(DOCUMENTED, path="/v3/flux", key_header="api-key")).status_code == 200


def test_the_drawing_can_drift() -> None:
    """What no table can express, such as a truncated image, is another `draw`."""

    def broken(parameters: Parameters, image_format: str) -> bytes:
        return draw(parameters, image_format)[:-100]

    whole, cut = served(DOCUMENTED), served(evolve(DOCUMENTED, draw=broken))
    assert cut.content == whole.content[:-100]


def test_the_reading_can_drift() -> None:
    """A service that clamps steps instead of refusing them is another `read`."""

    def clamped(fields: Fields) -> Fields:
        return {**fields, "steps": 8}

    response = served(evolve(DOCUMENTED, read=clamped), steps=9)
    assert response.content == served(DOCUMENTED, steps=8).content


def test_the_accepting_can_drift() -> None:
    """A service that refuses a correct request, without billing it, is another `accept`."""

    def refusing(parameters: Parameters) -> Parameters:
        raise Refused(Reason.MODEL_COLD)

    assert served(evolve(DOCUMENTED, accept=refusing)).status_code == 503
