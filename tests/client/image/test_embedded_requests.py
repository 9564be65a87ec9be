"""The request inside the images that the client saves."""

from pathlib import Path

import pytest

from segmind_flux_schnell import GenerateImageRequest, InvalidRequestError, __version__
from segmind_flux_schnell._runtime.image.provenance import recorded
from tests.client.conftest import Calling
from tests.client.images import jpeg, png
from tests.sandbox.accounts import KEY
from tests.sandbox.server import Sandbox


def test_a_saved_image_gives_its_request_back(calling: Calling, sandbox: Sandbox, tmp_path: Path) -> None:
    """All parameters, and with them the same image once more."""
    caller = calling(base_url=sandbox.url)
    image = caller(prompt="a „tiger“ & <friends>", seed="random", width=512, height=512, extra_body={"guidance": 3.5})
    request = GenerateImageRequest.from_image(image.save(tmp_path / "tiger.jpg"))
    assert request.to_dict() == image.request.json
    assert request["guidance"] == 3.5
    assert caller.function(request).content == image.content


def test_a_saved_image_says_where_it_comes_from(calling: Calling, sandbox: Sandbox, tmp_path: Path) -> None:
    """Operation, seed, request id, and the versions of document and client; never the key."""
    image = calling(base_url=sandbox.url)(prompt="a tiger", width=512, height=512, seed=7)
    path = image.save(tmp_path / "tiger.jpg")
    found = recorded(path)
    assert found is not None
    assert (found.operation, found.seed, found.request_id) == ("generate_image", 7, image.request_id)
    assert (found.spec_version, found.client) == (__version__, f"segmind-flux-schnell/{__version__}")
    assert KEY.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    ("client", "call", "has_request"), [(True, False, False), (False, True, True), (False, None, False)]
)
def test_a_private_prompt_stays_out(
    calling: Calling, sandbox: Sandbox, tmp_path: Path, client: bool, call: bool | None, has_request: bool
) -> None:
    """It is turned off for a client or for one image; without it the file has the service's bytes."""
    image = calling(base_url=sandbox.url, provenance=client)(prompt="a tiger", width=512, height=512)
    path = image.save(tmp_path / "tiger.jpg", provenance=call)
    assert (recorded(path) is not None) == has_request
    assert (path.read_bytes() == image.content) == (not has_request)


def test_an_image_without_a_request_says_so(tmp_path: Path) -> None:
    """An image from elsewhere, or no image, is told; a file that is not there is what Python says of files."""
    for number, content in enumerate((jpeg(), png(), b"", b"<html>")):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(content)
        with pytest.raises(InvalidRequestError, match="holds no request of this client"):
            GenerateImageRequest.from_image(path)
    with pytest.raises(FileNotFoundError):
        GenerateImageRequest.from_image(tmp_path / "missing.jpg")
