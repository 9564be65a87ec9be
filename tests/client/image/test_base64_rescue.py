"""An image in base64 is taken from its JSON; what holds no image, or several, is an error with the bytes."""

import base64
import json
from pathlib import Path

import pytest

from segmind_flux_schnell import Client, InvalidImageError, RescuedImageWarning
from tests.client.conftest import Calling
from tests.client.images import HEIGHT, WIDTH, jpeg, png
from tests.client.responding_server import RespondingServer, http_response

JSON = "content-type: application/json"
TEXT = base64.b64encode(jpeg()).decode()
URL = f"data:image/jpeg;base64,{TEXT}"
NO_IMAGE = base64.b64encode(b"not an image, but long enough for one" * 9).decode()

HELD: dict[str, tuple[object, str]] = {
    "image": ({"image": TEXT}, "image"),
    "images": ({"images": [TEXT]}, "images[0]"),
    "output": ({"status": "COMPLETED", "output": TEXT, "metrics": {"cost": 0.008}}, "output"),
    "objects": ({"data": [{"b64_json": TEXT, "seed": 7}]}, "data[0].b64_json"),
    "a list": ([TEXT], "[0]"),
    "a string": (TEXT, ""),
    "data URL": ({"image": URL}, "image"),
    "another name": ({"x": {"y": TEXT}}, "x.y"),
    "twice": ({"image": TEXT, "output": URL}, "image"),
    "line ends": ({"image": "\r\n".join(TEXT[at : at + 76] for at in range(0, len(TEXT), 76))}, "image"),
    "no padding": ({"image": TEXT.rstrip("=")}, "image"),
    "letters for URLs": ({"image": base64.urlsafe_b64encode(jpeg()).decode()}, "image"),
    "beside other texts": ({"image": TEXT, "log": NO_IMAGE, "prompt": "a tiger " * 99}, "image"),
}


@pytest.mark.parametrize(("document", "place"), HELD.values(), ids=HELD)
def test_the_image_is_taken_from_json(calling: Calling, server: RespondingServer, document: object, place: str) -> None:
    """Under any name; the warning says which."""
    server.response = http_response("200 OK", json.dumps(document).encode(), JSON)
    image = calling(base_url=server.url)(prompt="a tiger")
    assert image.content == jpeg()
    assert (image.media_type, image.width, image.height) == ("image/jpeg", WIDTH, HEIGHT)
    assert image.warnings == (RescuedImageWarning("application/json", place),)


@pytest.mark.parametrize("label", ["text/plain", "image/jpeg", "application/json; charset=utf-8"])
def test_the_label_does_not_matter(calling: Calling, server: RespondingServer, label: str) -> None:
    """A `data:` URL in plain text, and JSON that is labelled as an image."""
    for body in (URL, "\ufeff" + json.dumps({"image": TEXT})):
        server.response = http_response("200 OK", body.encode(), f"content-type: {label}")
        image = calling(base_url=server.url)(prompt="a tiger")
        assert image.content == jpeg()
        assert [type(one) for one in image.warnings] == [RescuedImageWarning]


def test_a_rescued_image_is_judged_like_any_other(calling: Calling, server: RespondingServer) -> None:
    """Its size is compared, and one that is cut off is refused."""
    server.response = http_response("200 OK", json.dumps([base64.b64encode(jpeg(512, 512)).decode()]).encode(), JSON)
    image = calling(base_url=server.url)(prompt="a tiger")
    assert [one.code for one in image.warnings] == ["base64", "size-mismatch"]
    cut = json.dumps([base64.b64encode(jpeg()[:-20]).decode()]).encode()
    server.response = http_response("200 OK", cut, JSON)
    with pytest.raises(InvalidImageError, match="the image is cut off") as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.content == cut


def test_a_rescued_image_goes_to_its_file(server: RespondingServer, tmp_path: Path) -> None:
    """The file holds the image, not the JSON."""
    server.response = http_response("200 OK", json.dumps({"image": TEXT}).encode(), JSON)
    with Client(api_key="k", base_url=server.url, provenance=False) as client:
        saved = client.generate_image_to_file(tmp_path / "tiger.jpg", prompt="a tiger")
    assert saved.path.read_bytes() == jpeg()
    assert saved.byte_count == len(json.dumps({"image": TEXT}))


_deep: object = TEXT
for _ in range(50):
    _deep = [_deep]

HOLDING_NONE: dict[str, bytes] = {
    "an error": b'{"error": "out of memory"}',
    "a URL": json.dumps({"images": [{"url": "https://images.example/1.jpg", "content_type": "image/jpeg"}]}).encode(),
    "base64 of something else": json.dumps({"image": NO_IMAGE}).encode(),
    "base64 with a letter too many": json.dumps({"image": f"{TEXT[:400]}!{TEXT[400:]}"}).encode(),
    "half of the JSON": json.dumps({"image": TEXT}).encode()[:-9],
    "several images": json.dumps(
        [TEXT, base64.b64encode(png()).decode() * 1, base64.b64encode(jpeg(16, 8)).decode()]
    ).encode(),
    "too deep": json.dumps(_deep).encode(),
    "deeper than Python": b"[" * 100_000,
    "an escaped data URL": json.dumps({"image": "data:image/svg+xml,<svg/>" * 20}).encode(),
}


@pytest.mark.parametrize("body", HOLDING_NONE.values(), ids=HOLDING_NONE)
def test_what_holds_no_image_is_an_error_with_the_bytes(
    calling: Calling, server: RespondingServer, body: bytes
) -> None:
    """Nothing is guessed: of several images none may get lost, so that all of the response is in the error."""
    server.response = http_response("200 OK", body, JSON)
    with pytest.raises(InvalidImageError, match="image/jpeg was expected") as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.content == body
    assert raised.value.billed is True


def test_a_response_that_is_too_long_is_not_searched(
    calling: Calling, server: RespondingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text takes a multiple of its size in memory: the search has a limit besides that of the response."""
    from segmind_flux_schnell._runtime.image import base64_rescue

    body = json.dumps({"image": TEXT}).encode()
    server.response = http_response("200 OK", body, JSON)
    monkeypatch.setattr(base64_rescue, "BASE64_TEXT", len(body) - 1)
    with pytest.raises(InvalidImageError):
        calling(base_url=server.url)(prompt="a tiger")
    monkeypatch.setattr(base64_rescue, "BASE64_TEXT", len(body))
    assert calling(base_url=server.url)(prompt="a tiger").content == jpeg()
