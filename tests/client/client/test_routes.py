"""`route="queue"`: the methods of a client buy by jobs, with the same arguments and the same results."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from segmind_flux_schnell import (
    APIError,
    AsyncClient,
    ConfigurationError,
    GenerateImageFile,
    GenerateImageRequest,
    GenerateImageResult,
    InvalidRequestError,
    JobTimeoutError,
    MismatchError,
)
from segmind_flux_schnell.api.images import generate_image
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.client.queues import SMALL, opened
from tests.client.conftest import Make
from tests.client.faults.queue_relay import Edited, relaying
from tests.waiting import with_time_enough


def paths(queue: Sandbox, since: int) -> list[str]:
    """The paths of the POSTs since then."""
    return [entry.path for entry in queue.ledger.posts[since:]]


def test_a_call_goes_over_the_queue(queue: Sandbox, tmp_path: Path) -> None:
    """`generate_image`, to a file, many, and the function of openapi-python-client: each submits one job an image."""
    since = len(queue.ledger.posts)
    requests = [GenerateImageRequest(**{**SMALL, "seed": seed}) for seed in (1, 2, 3)]
    with opened(queue, route="queue") as client:
        image = client.generate_image(**SMALL)
        saved = client.generate_image_to_file(tmp_path / "fox.jpg", **SMALL)
        outcomes = list(client.generate_many(requests))
        function = generate_image.sync(client=client, body=GenerateImageRequest(**SMALL))
    assert paths(queue, since) == ["/v2/flux-schnell"] * 6
    assert isinstance(image, GenerateImageResult)
    assert type(saved) is GenerateImageFile
    assert saved.request_id
    assert GenerateImageRequest.from_image(saved.path) == GenerateImageRequest(**SMALL)
    assert sorted(one.result.seed or 0 for one in outcomes if one.result is not None) == [1, 2, 3]
    assert function.content == image.content


def test_an_asynchronous_call_goes_over_the_queue(queue: Sandbox, tmp_path: Path) -> None:
    """The same, awaited."""
    since = len(queue.ledger.posts)

    async def bought() -> list[Any]:
        async with AsyncClient(api_key=KEY, base_url=queue.url, route="queue") as client:
            images: list[Any] = [await client.generate_image(**SMALL)]
            images.append(await client.generate_image_to_file(tmp_path / "fox.jpg", **SMALL))
            images += [one.result async for one in client.generate_many([GenerateImageRequest(**SMALL)])]
            return images

    assert [one.width for one in asyncio.run(bought())] == [512] * 3
    assert paths(queue, since) == ["/v2/flux-schnell"] * 3


def test_direct_is_the_default(queue: Sandbox) -> None:
    """One POST that returns the image."""
    since = len(queue.ledger.posts)
    with opened(queue) as client:
        client.generate_image(**SMALL)
    assert paths(queue, since) == ["/v1/flux-schnell"]


@pytest.mark.parametrize("route", ["Queue", "", None, 1])
def test_there_are_two_routes(make: Make, route: Any) -> None:
    """Another one is refused with the names of those."""
    with pytest.raises(ConfigurationError, match="it takes 'direct' or 'queue'"):
        make(api_key=KEY, route=route)


def test_the_same_arguments_are_checked(queue: Sandbox) -> None:
    """Before anything is ordered."""
    since = len(queue.ledger.posts)
    with opened(queue, route="queue") as client, pytest.raises(InvalidRequestError):
        client.generate_image(prompt="a fox", width=7)
    assert paths(queue, since) == []


def test_the_timeout_limits_the_whole(queue: Sandbox) -> None:
    """Submit, polls and download together."""

    def failure(seconds: float) -> APIError:
        with (
            relaying(queue, {"status": [Edited({"status": "PROCESSING"})]}) as (relay, _),
            opened(queue, base_url=relay.url, route="queue") as client,
            pytest.raises(APIError) as raised,
        ):
            client.generate_image(**SMALL, timeout=seconds)
        return raised.value

    error = with_time_enough(failure, lambda found: isinstance(found, JobTimeoutError), 0.5)
    assert isinstance(error, JobTimeoutError)
    assert error.state == "PROCESSING"


def test_a_job_has_limits_of_phases_too(queue: Sandbox) -> None:
    """An `httpx.Timeout` limits each attempt, and the document the whole."""
    with opened(queue, route="queue", timeout=httpx.Timeout(5)) as client:
        assert client.generate_image(**SMALL).width == 512


def test_no_timeout_is_no_limit(queue: Sandbox) -> None:
    """Neither for the attempts nor for the whole."""
    with opened(queue, route="queue", timeout=None) as client:
        assert client.generate_image(**SMALL).width == 512


def test_extra_fields_are_sent_and_mismatches_refused(queue: Sandbox) -> None:
    """`extra_body` and `on_mismatch` mean what they mean for a direct call."""
    with (
        relaying(queue, {"result": [Edited({"seed": "8"})]}) as (relay, _),
        opened(queue, base_url=relay.url, route="queue") as client,
        pytest.raises(MismatchError) as raised,
    ):
        client.generate_image(**SMALL, on_mismatch="raise")
    assert raised.value.job_id
    with opened(queue, route="queue") as client:
        image = client.generate_image(prompt="a fox", seed=7, width=512, extra_body={"strength": 2})
    assert image.request.json["strength"] == 2
    assert b'"strength":2' in queue.ledger.posts[-1].body


def test_provenance_can_be_turned_off(queue: Sandbox, tmp_path: Path) -> None:
    """As for a direct call."""
    with opened(queue, route="queue", provenance=False) as client:
        path = client.generate_image(**SMALL).save(tmp_path / "fox.jpg")
    with pytest.raises(InvalidRequestError):
        GenerateImageRequest.from_image(path)
