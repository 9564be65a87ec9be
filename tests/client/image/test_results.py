"""The result of a call: the image, its file, and its headers."""

import os
import pickle
import stat
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from segmind_flux_schnell import GenerateImageResult, NotSavedError
from tests.client.conftest import Calling
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response


@pytest.fixture
def image(calling: Calling, server: RespondingServer) -> GenerateImageResult:
    """An image of 512 by 1024 pixels, from a client that does not embed requests."""
    server.response = http_response("200 OK", jpeg(512, 1024), JPEG_TYPE)
    return calling(base_url=server.url, provenance=False)(prompt="a tiger", width=512)


def test_an_image_knows_its_size_and_type(image: GenerateImageResult) -> None:
    """Width and height are read from the file itself."""
    assert (image.width, image.height, image.media_type) == (512, 1024, "image/jpeg")
    assert image.content == jpeg(512, 1024)


def test_a_repr_does_not_hold_the_image(image: GenerateImageResult) -> None:
    """An image can be printed and logged: its repr has its size instead of its bytes."""
    assert repr(image) == (
        f"GenerateImageResult(media_type='image/jpeg', content=<{len(image.content)} bytes>, width=512, height=1024)"
    )


def test_a_file_is_replaced_whole(image: GenerateImageResult, tmp_path: Path) -> None:
    """`save` takes a path as text too, returns it as a Path, and replaces an existing file."""
    target = tmp_path / "tiger.jpg"
    target.write_text("older")
    assert image.save(str(target)) == target
    assert target.read_bytes() == image.content
    assert os.listdir(tmp_path) == ["tiger.jpg"]


def test_a_file_that_cannot_be_written_leaves_nothing(
    image: GenerateImageResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk is full, the older file stays as it was, and no part of the new one is left."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "tiger.jpg"
    target.write_text("older")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        image.save(target)
    assert target.read_text() == "older"
    assert os.listdir(tmp_path) == ["tiger.jpg"]


@pytest.mark.parametrize("path", ["", ".", "no/such/folder/tiger.jpg"])
def test_a_path_that_is_not_a_file_is_an_os_error(
    image: GenerateImageResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """A folder, or a file in a missing folder, raises the error of Python."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match="directory"):
        image.save(path)
    assert not os.listdir(tmp_path)


def test_a_pipe_is_written_to(image: GenerateImageResult, tmp_path: Path) -> None:
    """A pipe or a device, such as /dev/stdout, gets the bytes and stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    image.save(pipe)
    reader.join()
    assert read == [image.content]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("headers", "credits"),
    [
        pytest.param(["x-remaining-credits: 12.50"], Decimal("12.50"), id="as written"),
        pytest.param(["X-Remaining-Credits: 0"], Decimal(0), id="none left"),
        pytest.param(["x-remaining-credits: -0.008"], Decimal("-0.008"), id="debt"),
        pytest.param(["x-remaining-credits: 8e-05"], Decimal("0.00008"), id="exponent"),
        pytest.param(["x-remaining-credits: 1e999"], None, id="beyond any account"),
        pytest.param(["x-remaining-credits: NaN"], None, id="NaN"),
        pytest.param(["x-remaining-credits: Infinity"], None, id="Infinity"),
        pytest.param(["x-remaining-credits: 1_000"], None, id="underscore"),
        pytest.param(["x-remaining-credits: 1,000"], None, id="comma"),
        pytest.param(["x-remaining-credits: lots"], None, id="text"),
        pytest.param(["x-remaining-credits:"], None, id="empty"),
        pytest.param(["x-remaining-credits: 5", "x-remaining-credits: 5"], None, id="twice"),
        pytest.param([], None, id="missing"),
    ],
)
def test_credits_are_an_exact_number_or_unknown(
    calling: Calling, server: RespondingServer, headers: list[str], credits: Decimal | None
) -> None:
    """Credits are an exact Decimal; a header that is not a plain number means unknown, never an error or zero."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, *headers)
    image = calling(base_url=server.url)(prompt="a tiger")
    assert image.remaining_credits == credits
    assert isinstance(image.remaining_credits, Decimal | None)


@pytest.mark.parametrize(
    ("sent", "seed"),
    [
        ("7", 7),
        ("-1", -1),
        ("9223372036854775807", 9223372036854775807),
        ("7.0", 7),
        ("7.5", None),
        ("1e9999999", None),
        ("9" * 5000, None),
        ("true", None),
    ],
)
def test_a_seed_is_a_whole_number_or_unknown(
    calling: Calling, server: RespondingServer, sent: str, seed: int | None
) -> None:
    """The seed is read exactly, also beyond what a float can hold; another header means unknown."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, f"x-seed-value: {sent}")
    assert calling(base_url=server.url)(prompt="a tiger").seed_value == seed


def test_headers_are_found_in_any_letter_case(calling: Calling, server: RespondingServer) -> None:
    """A result has all headers of its response: repeated ones joined, and those beyond ASCII unchanged."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "X-Thing: a", "x-thing: b", "x-request-id: caf\xe9")
    image = calling(base_url=server.url)(prompt="a tiger")
    assert image.headers["X-THING"] == "a, b"
    assert image.request_id == "café"
    assert "x-other" not in image.headers
    assert {"x-thing", "content-type"} < set(image.headers)


@pytest.mark.parametrize("content_type", ["image/jpeg", "IMAGE/JPEG", "image/jpeg; charset=binary", " image/jpeg ;"])
def test_a_content_type_can_be_written_in_many_ways(
    calling: Calling, server: RespondingServer, content_type: str
) -> None:
    """Letter case, blanks and parameters of the content type do not matter."""
    server.response = http_response("200 OK", jpeg(), f"content-type: {content_type}")
    assert calling(base_url=server.url)(prompt="a tiger").media_type == "image/jpeg"


def test_an_image_that_another_program_holds_is_not_lost(
    image: GenerateImageResult, tmp_path: Path, held: None
) -> None:
    """A virus scanner that does not let go: the error has the bytes, and names the file that has them too."""
    target = tmp_path / "tiger.jpg"
    target.write_text("older")
    with pytest.raises(NotSavedError) as raised:
        image.save(target)
    error = pickle.loads(pickle.dumps(raised.value))
    assert (error.content, error.path, error.kept) == (image.content, str(target), str(tmp_path / "tiger-2.jpg"))
    assert (tmp_path / "tiger-2.jpg").read_bytes() == image.content
    assert target.read_text() == "older"


@pytest.mark.parametrize("path", ["nowhere/tiger.jpg", ".", "tiger\0.jpg"])
def test_an_error_after_payment_has_the_bytes(
    image: GenerateImageResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Whatever is wrong with the path: it is never an error without the image, and says why without numbers."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotSavedError, match="billed, and `content` has the") as raised:
        image.save(path)
    assert raised.value.content == image.content
    assert "Errno" not in str(raised.value)
