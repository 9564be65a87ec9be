"""Seeds that the client draws."""

from typing import Any

import pytest

from segmind_flux_schnell import AsyncClient, Client, GenerateImageRequest
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.calling import Recorder
from tests.client.conftest import Calling
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response


def test_a_random_seed_is_drawn_sent_and_reported(calling: Calling, sandbox: Sandbox) -> None:
    """The image has the seed that was drawn, with which the same image can be made again."""
    caller = calling(base_url=sandbox.url)
    image = caller(prompt="a tiger", seed="random", width=512, height=512)
    assert image.request.json["seed"] == image.seed == image.seed_value
    assert caller(prompt="a tiger", seed=image.seed, width=512, height=512).content == image.content


def test_random_seeds_differ(calling: Calling, recorder: Recorder) -> None:
    """Each draw gives another seed, positive and small enough for every JSON library to read it exactly."""
    caller = calling(transport=recorder.transport)
    seeds = {caller(prompt="a tiger", seed="random").seed for _ in range(20)}
    assert len(seeds) == 20
    assert all(seed is not None and 1 <= seed < 2**53 for seed in seeds)


def test_a_request_draws_its_seed_when_it_is_constructed() -> None:
    """The seed of a request stays the same from then on: sent twice, it gives the same image."""
    request = GenerateImageRequest(prompt="a tiger", seed="random")
    assert isinstance(request.seed, int)
    before = request.seed
    assert request.to_dict()["seed"] == before
    drawn_anew: Any = "random"
    request.seed = drawn_anew
    assert request.seed != before


@pytest.mark.parametrize(
    ("requested", "reported", "seed"),
    [
        ({}, None, 123456789),
        ({"seed": 7}, None, 7),
        ({"seed": 7}, "8", 8),
        ({"seed": -1}, None, None),
        ({"seed": -1}, "99", 99),
        ({"seed": 7}, "text", 7),
    ],
)
def test_the_seed_of_an_image_is_known(
    calling: Calling, server: RespondingServer, requested: dict[str, Any], reported: str | None, seed: int | None
) -> None:
    """It is the seed that the service reports, else the requested one; one that it drew without a report is unknown."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, *([f"x-seed-value: {reported}"] if reported else []))
    assert calling(base_url=server.url)(prompt="a tiger", **requested).seed == seed


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_the_docstring_warns_about_the_constant_seed(kind: type[Client] | type[AsyncClient]) -> None:
    """Editors show that a call without a seed buys the same image each time."""
    text = " ".join((kind.generate_image.__doc__ or "").split())
    assert "The default seed is a constant, so a call without a seed buys the same image each time" in text
