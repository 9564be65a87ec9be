"""The request inside the images that the client saves."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import GenerateImageRequest, InvalidRequestError, NotEmbeddedWarning, __version__
from segmind_flux_schnell._runtime.image.provenance import read_provenance
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.calling import Caller
from tests.client.conftest import Calling
from tests.client.images import jpeg, png
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response

TOO_LONG = "a tiger " * 10_000
"""A prompt of 80,000 characters: the XMP of a JPEG has 65,502 bytes at most."""


def test_a_saved_image_gives_its_request_back(calling: Calling, sandbox: Sandbox, tmp_path: Path) -> None:
    """The request has all parameters: sent again, it gives the same image."""
    caller = calling(base_url=sandbox.url)
    image = caller(prompt="a „tiger“ & <friends>", seed="random", width=512, height=512, extra_body={"unlisted": 3.5})
    request = GenerateImageRequest.from_image(image.save(tmp_path / "tiger.jpg"))
    assert request.to_dict() == image.request.json
    assert request["unlisted"] == 3.5
    assert caller.function(request).content == image.content


def test_a_saved_image_says_where_it_comes_from(calling: Calling, sandbox: Sandbox, tmp_path: Path) -> None:
    """It has the operation, the seed, the request id, and the versions of document and client, but never the key."""
    image = calling(base_url=sandbox.url)(prompt="a tiger", width=512, height=512, seed=7)
    path = image.save(tmp_path / "tiger.jpg")
    provenance = read_provenance(path)
    assert provenance is not None
    assert (provenance.operation, provenance.seed, provenance.request_id) == ("generate_image", 7, image.request_id)
    assert (provenance.spec_version, provenance.client) == (__version__, f"segmind-flux-schnell/{__version__}")
    assert KEY.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    ("client", "call", "has_request"), [(True, False, False), (False, True, True), (False, None, False)]
)
def test_a_private_prompt_stays_out(
    calling: Calling, sandbox: Sandbox, tmp_path: Path, client: bool, call: bool | None, has_request: bool
) -> None:
    """Embedding can be turned off for a client or for one image: then the file has the bytes of the service."""
    image = calling(base_url=sandbox.url, provenance=client)(prompt="a tiger", width=512, height=512)
    path = image.save(tmp_path / "tiger.jpg", provenance=call)
    assert (read_provenance(path) is not None) == has_request
    assert (path.read_bytes() == image.content) == (not has_request)


@pytest.fixture
def caller(calling: Calling, server: RespondingServer) -> Caller:
    """A caller that gets an image."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    return calling(base_url=server.url)


def to_file(caller: Caller, path: Path, **call: Any) -> None:
    """Call the method of either client that writes a file."""

    async def awaited() -> None:
        async with caller.asynchronous_client() as client:
            await client.generate_image_to_file(path, **call)

    if caller.kind == "async":
        asyncio.run(awaited())
    else:
        with caller.blocking_client() as client:
            client.generate_image_to_file(path, **call)


def test_a_request_that_is_too_long_is_not_embedded(
    caller: Caller, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The image is saved as the service sent it; a warning names the file, and so does the log of the package."""
    path = tmp_path / "tiger.jpg"
    image = caller(prompt=TOO_LONG)
    with (
        caplog.at_level(logging.WARNING, "segmind_flux_schnell"),
        pytest.warns(NotEmbeddedWarning, match=r"tiger\.jpg was saved without its request: .* 65502 bytes") as warned,
    ):
        assert image.save(path) == path
    assert path.read_bytes() == image.content
    assert warned[0].filename == __file__
    (record,) = (record for record in caplog.records if record.name.startswith("segmind_flux_schnell"))
    assert (record.levelname, record.getMessage()) == ("WARNING", str(warned[0].message))
    assert "a tiger a tiger" not in caplog.text


def test_a_request_that_is_too_long_is_not_embedded_in_a_file(caller: Caller, tmp_path: Path) -> None:
    """An image that goes to its file directly is treated in the same way."""
    with pytest.warns(NotEmbeddedWarning, match="saved without its request"):
        to_file(caller, tmp_path / "tiger.jpg", prompt=TOO_LONG)
    assert (tmp_path / "tiger.jpg").read_bytes() == jpeg()


@pytest.mark.filterwarnings("error::segmind_flux_schnell.NotEmbeddedWarning")
def test_an_image_is_saved_even_if_warnings_are_errors(caller: Caller, tmp_path: Path) -> None:
    """The image was paid for: the warning is raised after its file is in place."""
    with pytest.raises(NotEmbeddedWarning):
        caller(prompt=TOO_LONG).save(tmp_path / "saved.jpg")
    with pytest.raises(NotEmbeddedWarning):
        to_file(caller, tmp_path / "stored.jpg", prompt=TOO_LONG)
    assert (tmp_path / "saved.jpg").read_bytes() == (tmp_path / "stored.jpg").read_bytes() == jpeg()


def test_a_long_request_that_is_not_to_be_embedded_gives_no_warning(caller: Caller, tmp_path: Path) -> None:
    """Whoever keeps requests out of images hears nothing of their length."""
    caller(prompt=TOO_LONG).save(tmp_path / "tiger.jpg", provenance=False)
    assert (tmp_path / "tiger.jpg").read_bytes() == jpeg()


def test_an_image_without_a_request_says_so(tmp_path: Path) -> None:
    """An image of another origin, or another file, is an error that says so; a missing file is an OSError."""
    for number, content in enumerate((jpeg(), png(), b"", b"<html>")):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(content)
        with pytest.raises(InvalidRequestError, match="holds no request of this client"):
            GenerateImageRequest.from_image(path)
    with pytest.raises(FileNotFoundError):
        GenerateImageRequest.from_image(tmp_path / "missing.jpg")
