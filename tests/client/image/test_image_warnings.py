"""An image that is whole and not quite what was requested is kept, and says what is odd about it."""

import base64
import json
import logging
import pickle
import warnings
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import (
    Client,
    ConfigurationError,
    ContentTypeWarning,
    FormatMismatchWarning,
    GenerateImageRequest,
    ImageWarning,
    InvalidImageError,
    MismatchError,
    RescuedImageWarning,
    SeedMismatchWarning,
    SingleColourWarning,
    SizeMismatchWarning,
    TrailingBytesWarning,
)
from segmind_flux_schnell._runtime.image.provenance import read_provenance
from segmind_flux_schnell.api.images import generate_image
from tests.client.conftest import Calling
from tests.client.image.encodings import MULTI_PICTURE, SIZE, encoded
from tests.client.images import flat_jpeg, jpeg, png
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response

FLOORED = http_response("200 OK", jpeg(992, 1024), JPEG_TYPE, "x-cost: 0.008")

ODD: dict[str, tuple[bytes, list[str], ImageWarning, str]] = {
    "floored to 16": (
        jpeg(992, 1024),
        [JPEG_TYPE],
        SizeMismatchWarning((1000, 1024), (992, 1024)),
        "the image is 992 x 1024 pixels, not 1000 x 1024 as requested",
    ),
    "another seed": (
        jpeg(1000, 1024),
        [JPEG_TYPE, "x-seed-value: 8"],
        SeedMismatchWarning(7, 8),
        "the service says that it used the seed 8, not 7 as requested",
    ),
    "black": (
        flat_jpeg(1000, 1024),
        [JPEG_TYPE],
        SingleColourWarning(),
        "the image looks like a single colour: a filter may have refused the prompt",
    ),
    "image/jpg": (
        jpeg(1000, 1024),
        ["content-type: image/jpg"],
        ContentTypeWarning("image/jpg", "image/jpeg"),
        "the response is labelled 'image/jpg', but the bytes are image/jpeg",
    ),
    "image/pjpeg": (
        jpeg(1000, 1024),
        ["content-type: image/pjpeg"],
        ContentTypeWarning("image/pjpeg", "image/jpeg"),
        "the response is labelled 'image/pjpeg', but the bytes are image/jpeg",
    ),
    "no label": (
        jpeg(1000, 1024),
        [],
        ContentTypeWarning(None, "image/jpeg"),
        "the response is without a content type, but the bytes are image/jpeg",
    ),
    "newline": (
        jpeg(1000, 1024) + b"\n",
        [JPEG_TYPE],
        TrailingBytesWarning(1, "padding"),
        "1 byte follows the end of the image: padding",
    ),
    "0xFF": (
        jpeg(1000, 1024) + b"\xff" * 8,
        [JPEG_TYPE],
        TrailingBytesWarning(8, "padding"),
        "8 bytes follow the end of the image: padding",
    ),
    "trailer": (
        jpeg(1000, 1024) + b"vendor",
        [JPEG_TYPE],
        TrailingBytesWarning(6, "not an image"),
        "6 bytes follow the end of the image: not an image",
    ),
    "base64 in JSON": (
        json.dumps({"image": base64.b64encode(jpeg(1000, 1024)).decode()}).encode(),
        ["content-type: application/json"],
        RescuedImageWarning("application/json", "image"),
        "the response is application/json, and holds the image as `image` in base64",
    ),
}


@pytest.mark.parametrize(("body", "headers", "warning", "text"), ODD.values(), ids=ODD)
def test_an_odd_image_is_returned_with_a_warning(
    calling: Calling,
    server: RespondingServer,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
    headers: list[str],
    warning: ImageWarning,
    text: str,
) -> None:
    """The warning is on the image, given once to Python's `warnings` as of the caller's line, and in the log."""
    server.response = http_response("200 OK", body, *headers)
    with (
        caplog.at_level(logging.WARNING, "segmind_flux_schnell"),
        pytest.warns(type(warning)) as given,
    ):
        image = calling(base_url=server.url)(prompt="a tiger", width=1000, height=1024, seed=7)
    assert image.warnings == (warning,)
    assert [(one.category, str(one.message)) for one in given] == [(type(warning), text)]
    assert "segmind_flux_schnell" not in given[0].filename
    assert text in caplog.text


@pytest.mark.parametrize(("body", "headers", "warning", "text"), ODD.values(), ids=ODD)
def test_a_warning_stays_with_the_image(
    server: RespondingServer, tmp_path: Path, body: bytes, headers: list[str], warning: ImageWarning, text: str
) -> None:
    """In a pickle, in the file as it is written, and in the request that the file holds."""
    server.response = http_response("200 OK", body, *headers)
    path = tmp_path / "tiger.jpg"
    with Client(api_key="k", base_url=server.url) as client:
        with pytest.warns(type(warning)):
            image = client.generate_image(prompt="a tiger", width=1000, height=1024, seed=7)
        with pytest.warns(type(warning)):
            saved = client.generate_image_to_file(path, prompt="a tiger", width=1000, height=1024, seed=7)
    assert pickle.loads(pickle.dumps(image)) == image
    assert pickle.loads(pickle.dumps(image)).warnings == saved.warnings == (warning,)
    found = read_provenance(path)
    assert found is not None
    assert found.warnings == ({"code": warning.code, "message": text},)
    assert GenerateImageRequest.from_image(path).seed == 7


def test_each_warning_has_a_code_of_its_own() -> None:
    """Codes are what journals and metrics count by: they do not change with the text."""
    codes = {type(warning): warning.code for _, _, warning, _ in ODD.values()} | {
        FormatMismatchWarning: FormatMismatchWarning.code
    }
    assert sorted(codes.values()) == [
        "base64",
        "content-type",
        "format-mismatch",
        "seed-mismatch",
        "single-colour",
        "size-mismatch",
        "trailing-bytes",
    ]
    assert all(issubclass(one, ImageWarning) and issubclass(one, UserWarning) for one in codes)


def test_an_image_as_requested_has_no_warnings(calling: Calling, server: RespondingServer) -> None:
    """No warning is given where nothing is odd: the size fits, and the seed is the one that was requested."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "x-seed-value: 7")
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        image = calling(base_url=server.url)(prompt="a tiger", seed=7)
    assert (image.warnings, given) == ((), [])


def test_only_a_seed_that_was_requested_can_be_replaced(calling: Calling, server: RespondingServer) -> None:
    """A request for a random seed leaves it to the service, and a header without a number says nothing."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "x-seed-value: 4711")
    assert calling(base_url=server.url)(prompt="a tiger", seed=-1).warnings == ()
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "x-seed-value: none")
    assert calling(base_url=server.url)(prompt="a tiger", seed=7).warnings == ()


def test_another_format_is_kept_as_what_it_is(calling: Calling, server: RespondingServer, tmp_path: Path) -> None:
    """A PNG is a PNG, whatever its label and the document say."""
    server.response = http_response("200 OK", png(), JPEG_TYPE)
    image = calling(base_url=server.url)(prompt="a tiger")
    assert (image.media_type, image.width, image.height) == ("image/png", 16, 8)
    assert [one.code for one in image.warnings] == ["content-type", "format-mismatch", "size-mismatch"]


def test_the_first_picture_of_several_is_the_image(calling: Calling, server: RespondingServer) -> None:
    """The second picture of a multi-picture file is kept, and noted."""
    server.response = http_response("200 OK", MULTI_PICTURE, JPEG_TYPE)
    image = calling(base_url=server.url)(prompt="a tiger")
    assert (image.width, image.height, image.content) == (*SIZE, MULTI_PICTURE)
    assert [one.kind for one in image.warnings if isinstance(one, TrailingBytesWarning)] == ["another image"]


def test_warnings_that_are_errors_lose_no_image(calling: Calling, server: RespondingServer, tmp_path: Path) -> None:
    """The image was paid for: `python -W error` gets it all the same, and the warning on it."""
    server.response = FLOORED
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image = calling(base_url=server.url)(prompt="a tiger", width=1000, height=1024)
        with Client(api_key="k", base_url=server.url) as client:
            saved = client.generate_image_to_file(tmp_path / "tiger.jpg", prompt="a tiger", width=1000, height=1024)
    assert image.warnings == saved.warnings == (SizeMismatchWarning((1000, 1024), (992, 1024)),)
    assert image.warnings[0].__traceback__ is None


@pytest.mark.parametrize("name", ["floored to 16", "another seed"])
def test_a_mismatch_is_an_error_where_that_is_wanted(
    calling: Calling, server: RespondingServer, tmp_path: Path, name: str
) -> None:
    """`on_mismatch="raise"`, of the client or of one call: the error was paid for, has the bytes, and travels."""
    body, headers, warning, text = ODD[name]
    server.response = http_response("200 OK", body, *headers, "x-cost: 0.008")
    call: dict[str, Any] = {"prompt": "a tiger", "width": 1000, "height": 1024, "seed": 7}
    with pytest.raises(MismatchError, match=text) as raised:
        calling(base_url=server.url, on_mismatch="raise")(**call)
    error = raised.value
    assert isinstance(error, InvalidImageError)
    assert (error.billed, error.content, error.warnings) == (True, body, (warning,))
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)
    with pytest.raises(MismatchError):
        calling(base_url=server.url)(**call, on_mismatch="raise")
    with Client(api_key="k", base_url=server.url, on_mismatch="raise") as client, pytest.raises(MismatchError):
        client.generate_image_to_file(tmp_path / "tiger.jpg", **call)
    assert not list(tmp_path.iterdir())
    assert calling(base_url=server.url, on_mismatch="raise")(**call, on_mismatch="accept").content == body


@pytest.mark.parametrize("name", ["black", "image/jpg", "newline", "base64 in JSON"])
def test_what_is_only_odd_is_never_an_error(calling: Calling, server: RespondingServer, name: str) -> None:
    """`on_mismatch` is about an image other than requested: a single colour may be what was requested."""
    body, headers, warning, _ = ODD[name]
    server.response = http_response("200 OK", body, *headers)
    image = calling(base_url=server.url, on_mismatch="raise")(prompt="a tiger", width=1000, height=1024)
    assert image.warnings == (warning,)


def test_a_rescued_image_that_is_refused_is_in_the_error(calling: Calling, server: RespondingServer) -> None:
    """The error has the image itself, not the JSON that it came in."""
    body = json.dumps({"image": base64.b64encode(jpeg(992, 1024)).decode()}).encode()
    server.response = http_response("200 OK", body, "content-type: application/json")
    with pytest.raises(MismatchError) as raised:
        calling(base_url=server.url, on_mismatch="raise")(prompt="a tiger", width=1000, height=1024)
    assert raised.value.content == jpeg(992, 1024)


def test_another_word_for_a_mismatch_is_refused_before_sending(calling: Calling, server: RespondingServer) -> None:
    """Of the client and of a call; nothing is sent."""
    with pytest.raises(ConfigurationError, match="on_mismatch is 'ignore': it takes 'accept' or 'raise'"):
        calling(base_url=server.url, on_mismatch="ignore")(prompt="a tiger")
    with pytest.raises(ConfigurationError, match="on_mismatch is None"):
        calling(base_url=server.url)(prompt="a tiger", on_mismatch=None)
    assert server.received == []


def test_a_detailed_response_has_the_image_with_its_warnings(server: RespondingServer) -> None:
    """The conventional functions return it as well."""
    server.response = FLOORED
    with Client(api_key="k", base_url=server.url) as client:
        response = generate_image.sync_detailed(client=client, body=GenerateImageRequest(prompt="a", width=1000))
        image = generate_image.sync(client=client, body=GenerateImageRequest(prompt="a", width=1000))
    assert [one.code for one in image.warnings] == ["size-mismatch"]
    assert getattr(response.parsed, "warnings", None) == image.warnings


def test_an_image_is_shown_without_its_warnings_and_compared_with_them(
    calling: Calling, server: RespondingServer
) -> None:
    """Two images with the same bytes differ if one is not what was requested."""
    server.response = http_response("200 OK", encoded(), JPEG_TYPE)
    image, same = (calling(base_url=server.url)(prompt="a tiger") for _ in range(2))
    assert image.warnings == same.warnings
    assert hash(image.warnings) == hash(same.warnings)
    assert image.warnings != (SizeMismatchWarning((1, 1), (2, 2)),)
