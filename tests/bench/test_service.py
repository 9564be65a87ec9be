"""The loopback service responds as its paths say, and counts."""

import io
import os
import time

import httpx
import pytest
from PIL import Image

from tests.bench.asynchronous_peers import opened_async
from tests.bench.blocking_peers import opened_blocking
from tests.bench.images import padded
from tests.bench.memory_probe import risen
from tests.bench.peers import BODY, HEADERS, PATH, counted
from tests.bench.servers import SIDE, Service
from tests.bench.timing import crowded


@pytest.mark.parametrize("length", [1000, 300_000, 2_000_001])
def test_responses_have_the_length_that_the_path_asks_for(service: Service, length: int) -> None:
    """A response is a JPEG of exactly that many bytes, and a decoder reads it."""
    content = httpx.post(service.responding(length) + PATH, content=BODY, headers=HEADERS).content
    assert len(content) == length
    image = Image.open(io.BytesIO(content))
    image.load()
    assert (image.format, image.size) == ("JPEG", (SIDE, SIDE))


@pytest.mark.parametrize("length", [650, 654, 655, 66_189, 66_190, 66_194, 131_730])
def test_comments_fill_any_length(length: int) -> None:
    """Also lengths where a comment is as long as can be, or another one would be too short to be one."""
    assert padded(SIDE, SIDE, length).length == length


def test_an_image_is_not_cut(service: Service) -> None:
    """A length that no such image has is refused."""
    with pytest.raises(ValueError, match="takes 650 bytes, and 600 are asked for"):
        padded(SIDE, SIDE, 600)
    with pytest.raises(ValueError, match="999 bytes came, not 1000"):
        counted(bytes(999), 1000)


def test_requests_are_counted(service: Service) -> None:
    """Each image counts once, asking for the number does not."""
    before = service.requests
    with httpx.Client() as client:
        for _ in range(3):
            client.post(service.responding(1000) + PATH, content=BODY)
    assert service.requests == before + 3


def test_a_slow_service_takes_its_time(service: Service) -> None:
    """A response comes no sooner than the path says."""
    begin = time.monotonic()
    httpx.post(service.responding(1000, 0.2) + PATH, content=BODY)
    assert time.monotonic() - begin >= 0.2


def test_blocking_peers_ask_for_the_same(service: Service) -> None:
    """Each installed peer makes one request a call and reads the whole response."""
    with opened_blocking(service.responding(1000)) as peers:
        for name, fetch in peers.items():
            before = service.requests
            assert len(fetch()) == 1000, name
            assert service.requests == before + 1, name


async def test_asynchronous_peers_ask_for_the_same(service: Service) -> None:
    """The same holds for the asynchronous ones."""
    async with opened_async(service.responding(1000)) as peers:
        for name, fetch in peers.items():
            before = service.requests
            assert len(await fetch()) == 1000, name
            assert service.requests == before + 1, name


async def test_a_crowd_makes_each_call_once(service: Service) -> None:
    """However many are in flight."""
    before = service.requests
    async with opened_async(service.responding(1000), "httpx") as peers:
        await crowded(peers["httpx"], calls=23, in_flight=5)
    assert service.requests == before + 23


def test_memory_that_is_freed_again_counts() -> None:
    """The largest resident set is what counts, not what is left at the end."""
    risen(lambda: bytearray(1_000_000))
    assert 25_000_000 < risen(lambda: bytearray(os.urandom(30_000_000))) < 90_000_000
