"""Seeds that the client draws."""

from typing import Any

import pytest

from segmind_flux_schnell import AsyncClient, Client, GenerateImageRequest
from tests.client.calling import Recorder
from tests.client.conftest import Calling
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response
from tests.sandbox.server import Sandbox


def test_a_random_seed_is_drawn_sent_and_told(calling: Calling, sandbox: Sandbox) -> None:
    """The image tells the seed, with which the same one is made again."""
    caller = calling(base_url=sandbox.url)
    image = caller(prompt="a tiger", seed="random", width=512, height=512)
    assert image.request.json["seed"] == image.seed == image.seed_value
    assert caller(prompt="a tiger", seed=image.seed, width=512, height=512).content == image.content


def test_each_random_seed_is_another(calling: Calling, recorder: Recorder) -> None:
    """They are positive, and small enough for every JSON library to read them exactly."""
    caller = calling(transport=recorder.transport)
    seeds = {caller(prompt="a tiger", seed="random").seed for _ in range(20)}
    assert len(seeds) == 20
    assert all(seed is not None and 1 <= seed < 2**53 for seed in seeds)


def test_a_request_draws_when_it_is_made() -> None:
    """The seed of a request is fixed from then on: sent twice, it is the same image."""
    request = GenerateImageRequest(prompt="a tiger", seed="random")
    assert isinstance(request.seed, int)
    before = request.seed
    assert request.to_dict()["seed"] == before
    drawn_anew: Any = "random"
    request.seed = drawn_anew
    assert request.seed != before


@pytest.mark.parametrize(
    ("sent", "told", "seed"),
    [
        ({}, None, 123456789),
        ({"seed": 7}, None, 7),
        ({"seed": 7}, "8", 8),
        ({"seed": -1}, None, None),
        ({"seed": -1}, "99", 99),
        ({"seed": 7}, "text", 7),
    ],
)
def test_the_seed_of_an_image_is_told(
    calling: Calling, server: RespondingServer, sent: dict[str, Any], told: str | None, seed: int | None
) -> None:
    """As the service says, else as it was sent; one that the service drew in silence is unknown."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, *([f"x-seed-value: {told}"] if told else []))
    assert calling(base_url=server.url)(prompt="a tiger", **sent).seed == seed


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_the_docstring_warns_of_the_constant_seed(kind: type[Client] | type[AsyncClient]) -> None:
    """A call that leaves the seed out buys the same image each time: editors show that."""
    text = " ".join((kind.generate_image.__doc__ or "").split())
    assert "a call that leaves the seed out uses a constant one: it buys the same image each time" in text
