"""Names that end with the format of another kind of image: the image is converted, and keeps its request."""

import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from segmind_flux_schnell import (
    GenerateImageRequest,
    GenerateImageResult,
    InvalidRequestError,
    NotEmbeddedWarning,
    NotSavedError,
)
from tests.client.client.test_to_file import to_file
from tests.client.conftest import Calling
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response

WANTED = {"prompt": "a tiger, \u864e & <friends>", "width": 512, "height": 512, "seed": 7}

READABLE = {".png": "PNG", ".webp": "WEBP", ".PNG": "PNG"}
"""Formats that hold the request."""
OTHERS = {".bmp": "BMP", ".gif": "GIF", ".tiff": "TIFF", ".tif": "TIFF"}


@pytest.fixture
def image(calling: Calling, server: RespondingServer) -> GenerateImageResult:
    """An image of the service: a JPEG."""
    server.response = http_response("200 OK", jpeg(512, 512), JPEG_TYPE)
    return calling(base_url=server.url)(**WANTED)


@pytest.mark.parametrize("ending", READABLE)
def test_the_ending_says_the_format(image: GenerateImageResult, tmp_path: Path, ending: str) -> None:
    """The file is of the format of its name, and the request can be read from it as from a JPEG."""
    saved = image.save(tmp_path / f"tiger{ending}")
    with Image.open(saved) as found, Image.open(tmp_path / image.save(tmp_path / "tiger.jpg")) as original:
        found.load()
        assert (found.format, found.size) == (READABLE[ending], original.size)
    assert GenerateImageRequest.from_image(saved).to_dict() == image.request.json


def test_a_png_has_the_same_pixels(image: GenerateImageResult, tmp_path: Path) -> None:
    """A format without loss loses nothing."""
    with Image.open(image.save(tmp_path / "a.png")) as png, Image.open(image.save(tmp_path / "a.jpg")) as original:
        assert png.tobytes() == original.tobytes()


def test_a_long_prompt_fits_into_a_png(calling: Calling, server: RespondingServer, tmp_path: Path) -> None:
    """The limit of a JPEG's segment does not hold there."""
    server.response = http_response("200 OK", jpeg(512, 512), JPEG_TYPE)
    image = calling(base_url=server.url)(**{**WANTED, "prompt": "tiger " * 20_000})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        saved = image.save(tmp_path / "tiger.png")
    assert GenerateImageRequest.from_image(saved).prompt == "tiger " * 20_000


@pytest.mark.parametrize("ending", OTHERS)
def test_a_format_that_holds_no_request_says_so(image: GenerateImageResult, tmp_path: Path, ending: str) -> None:
    """The image is there, and the warning names the file; without `provenance` there is nothing to warn of."""
    with pytest.warns(NotEmbeddedWarning, match=rf"tiger{ending} was saved without its request: {OTHERS[ending]} does"):
        saved = image.save(tmp_path / f"tiger{ending}")
    with Image.open(saved) as found:
        assert (found.format, found.size) == (OTHERS[ending], (512, 512))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image.save(tmp_path / f"other{ending}", provenance=False)


@pytest.mark.parametrize("ending", [".jpg", ".JPEG", ".jpe", ".jfif", ".bin", ".dat", ""])
def test_other_endings_get_the_bytes(image: GenerateImageResult, tmp_path: Path, ending: str) -> None:
    """A JPEG under its own endings, and under any that stands for no format, is not touched."""
    assert image.save(tmp_path / f"tiger{ending}", provenance=False).read_bytes() == image.content


def test_a_png_of_the_service_becomes_a_jpeg(image: GenerateImageResult, tmp_path: Path) -> None:
    """The other way round: the request is embedded after the conversion."""
    png = image.save(tmp_path / "tiger.png", provenance=False).read_bytes()
    from attrs import evolve

    saved = evolve(image, content=png, media_type="image/png").save(tmp_path / "tiger.jpg")
    with Image.open(saved) as found:
        assert (found.format, found.size) == ("JPEG", (512, 512))
    assert GenerateImageRequest.from_image(saved).to_dict() == image.request.json


def test_without_pillow_the_error_says_what_to_do(
    image: GenerateImageResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No JPEG is written under the name of a PNG; the error has the bytes, and an older file stays."""
    (tmp_path / "tiger.png").write_bytes(b"older")
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(NotSavedError) as raised:
        image.save(tmp_path / "tiger.png")
    assert raised.value.content == image.content
    assert "Pillow converts it: pip install pillow; or save it with the ending .jpg" in str(raised.value)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("tiger.png", b"older")]


def test_an_image_that_pillow_cannot_read_is_not_lost(image: GenerateImageResult, tmp_path: Path) -> None:
    """The error has the bytes, and nothing is written."""
    from attrs import evolve

    broken = evolve(image, content=b"\xff\xd8\xff\xd9")
    with pytest.raises(NotSavedError, match="the image cannot be converted to PNG") as raised:
        broken.save(tmp_path / "tiger.png")
    assert raised.value.content == broken.content
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", READABLE)
def test_an_image_is_converted_on_its_way_to_a_file(
    calling: Calling, server: RespondingServer, tmp_path: Path, ending: str
) -> None:
    """`generate_image_to_file` does the same."""
    server.response = http_response("200 OK", jpeg(512, 512), JPEG_TYPE)
    saved = to_file(calling(base_url=server.url), tmp_path / f"tiger{ending}", **WANTED)
    with Image.open(saved.path) as found:
        assert found.format == READABLE[ending]
    assert GenerateImageRequest.from_image(saved.path).to_dict() == saved.request.json


def test_without_pillow_nothing_is_sent(
    calling: Calling, server: RespondingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`generate_image_to_file` knows before it pays that the file could not be written."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(InvalidRequestError, match=r"cannot be written: the image is image/jpeg, not image/png, and"):
        to_file(calling(base_url=server.url), tmp_path / "tiger.png", **WANTED)
    assert server.received == []


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt",
        b"\x89PNG\r\n\x1a\n\0\0\0\x16iTXtXML:com.adobe.xmp\0\0\0\0\0<",
        b"\x89PNG\r\n\x1a\n\0\0\0\x12iTXtXML:com.adobe.xmp\0",
        b"RIFF\xff\xff\xff\xffWEBPXMP \xff\xff\xff\xff",
        b"RIFF\0\0\0\0WEBPXMP \x05\0\0\0<x/>",
        b"RIFF\0\0\0\0WEBPVP8 \x01\0\0\0",
    ],
)
def test_a_broken_file_has_no_request(tmp_path: Path, content: bytes) -> None:
    """A PNG or a WebP can come from anywhere: no content raises anything but that it holds no request."""
    path: Any = tmp_path / "tiger.png"
    path.write_bytes(content)
    with pytest.raises(InvalidRequestError, match="holds no request of this client"):
        GenerateImageRequest.from_image(path)
