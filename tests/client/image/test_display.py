"""How an image shows itself in a notebook. Real kernels are in `tests/client/notebook`."""

import os
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL.Image import registered_extensions

from segmind_flux_schnell import Client, GenerateImageFile, GenerateImageResult
from segmind_flux_schnell._runtime.image.tunables import DISPLAYED_BYTES, DISPLAYED_SIDE
from segmind_flux_schnell_sandbox.accounts import KEY
from tests.client.image.encodings import SIZE, encoded
from tests.client.images import jpeg, png
from tests.client.responding_server import RespondingServer, http_response

pytestmark = pytest.mark.filterwarnings("ignore::segmind_flux_schnell.ImageWarning")

HOSTILE = 'a "tiger" <script>alert(1)</script> & \x1b[31m\n'
SHOWN = "a &quot;tiger&quot; &lt;script&gt;alert(1)&lt;/script&gt; &amp; \\x1b[31m\\n"


class Image(HTMLParser):
    """The attributes of the only element of a page, an image."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.attributes: dict[str, str | None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the element."""
        assert tag == "img"
        assert not self.attributes
        self.attributes = dict(attrs)


def received(server: RespondingServer, content: bytes, media_type: str, prompt: str = "a tiger") -> GenerateImageResult:
    """The result of a call that is answered with an image."""
    server.response = http_response("200 OK", content, f"content-type: {media_type}")
    with Client(api_key=KEY, base_url=server.url, retry=None) as client:
        return client.generate_image(prompt=prompt)


def saved(server: RespondingServer, content: bytes, path: Path) -> GenerateImageFile:
    """The result of a call that is answered with an image, which goes to a file."""
    server.response = http_response("200 OK", content, "content-type: image/jpeg")
    with Client(api_key=KEY, base_url=server.url, retry=None) as client:
        return client.generate_image_to_file(path, prompt="a tiger")


@pytest.mark.parametrize(("content", "media_type"), [(jpeg(64, 32), "image/jpeg"), (png(), "image/png")])
def test_a_jpeg_and_a_png_are_shown_by_their_type(server: RespondingServer, content: bytes, media_type: str) -> None:
    """As JSON has them, in base64, beside the repr for frontends that show text."""
    image = received(server, content, media_type)
    data, metadata = image._repr_mimebundle_()
    assert set(data) == {media_type, "text/plain"}
    assert b64decode(data[media_type]) == content
    assert data["text/plain"] == repr(image)
    assert metadata == {media_type: {"alt": "a tiger"}}


@pytest.mark.parametrize(("content", "kind"), [(jpeg(64, 32), "jpeg"), (png(), "png")])
def test_older_frontends_ask_for_one_type(server: RespondingServer, content: bytes, kind: str) -> None:
    """They get the bytes of an image of that type, and nothing of another one."""
    image = received(server, content, f"image/{kind}")
    shown = {"jpeg": image._repr_jpeg_(), "png": image._repr_png_()}
    assert shown.pop(kind) == (image.content, {"alt": "a tiger"})
    assert set(shown.values()) == {None}


@pytest.mark.parametrize(("name", "mode"), [("webp", "RGB"), ("gif", "P")])
def test_other_formats_are_shown_in_html(server: RespondingServer, name: str, mode: str) -> None:
    """Frontends do not show them by their type, and browsers do. A prompt is a text there, whatever is in it."""
    content = encoded(mode, name.upper())
    data, metadata = received(server, content, f"image/{name}", HOSTILE)._repr_mimebundle_()
    assert set(data) == {"text/html", "text/plain"}
    assert metadata == {}
    assert f'alt="{SHOWN}"' in data["text/html"]
    source = Image(data["text/html"]).attributes["src"] or ""
    assert source.startswith(f"data:image/{name};base64,")
    assert b64decode(source.partition(",")[2]) == content


@pytest.mark.parametrize(
    ("size", "width"),
    [((SIZE), None), ((640, 640), None), ((1024, 1024), 640), ((2048, 1024), 640), ((512, 2048), 160)],
    ids=str,
)
def test_a_large_image_leaves_room_for_other_cells(
    server: RespondingServer, size: tuple[int, int], width: int | None
) -> None:
    """Its longer side is shortened, as the metadata say; a small image keeps its size."""
    assert DISPLAYED_SIDE == 640
    _, metadata = received(server, jpeg(*size), "image/jpeg")._repr_mimebundle_()
    assert metadata["image/jpeg"].get("width") == width


def test_a_frontend_gets_what_it_asks_for(server: RespondingServer) -> None:
    """IPython says what it wants, and what not."""
    image = received(server, jpeg(64, 32), "image/jpeg")
    assert set(image._repr_mimebundle_(include={"image/jpeg"})[0]) == {"image/jpeg"}
    assert set(image._repr_mimebundle_(exclude={"image/jpeg"})[0]) == {"text/plain"}
    assert image._repr_mimebundle_(include={"text/latex"}) == ({}, {})


@pytest.mark.parametrize(("name", "shown"), [("x.jpg", "image/jpeg"), ("x.png", "image/png"), ("x.webp", "text/html")])
def test_a_saved_image_shows_its_file(server: RespondingServer, tmp_path: Path, name: str, shown: str) -> None:
    """As it is on disk, converted and with its request embedded."""
    image = saved(server, jpeg(64, 32), tmp_path / name)
    data, _ = image._repr_mimebundle_()
    assert set(data) == {shown, "text/plain"}
    found = data[shown] if shown != "text/html" else (Image(data[shown]).attributes["src"] or "").partition(",")[2]
    assert b64decode(found) == image.path.read_bytes()


writes_avif = pytest.mark.skipif(".avif" not in registered_extensions(), reason="needs Pillow 11.3, which writes AVIF")


@pytest.mark.parametrize("name", [pytest.param("x.avif", marks=writes_avif), "x.bmp"])
def test_a_file_that_only_browsers_read_is_shown_in_html(server: RespondingServer, tmp_path: Path, name: str) -> None:
    """This package does not look into such files."""
    data, _ = saved(server, jpeg(64, 32), tmp_path / name)._repr_mimebundle_()
    assert set(data) == {"text/html", "text/plain"}


def test_a_format_that_no_browser_shows_is_shown_as_text(server: RespondingServer, tmp_path: Path) -> None:
    """Its repr names the file."""
    image = saved(server, jpeg(64, 32), tmp_path / "x.tiff")
    assert image._repr_mimebundle_() == ({"text/plain": repr(image)}, {})
    assert "x.tiff" in repr(image)


def _gone(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _text(path: Path) -> None:
    path.write_text("<script>")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _another_format(path: Path) -> None:
    path.write_bytes(png())


def _huge(path: Path) -> None:
    os.truncate(path, DISPLAYED_BYTES + 1)


@pytest.mark.parametrize("becomes", [_gone, _folder, _pipe, _text, _empty, _another_format, _huge])
def test_a_file_that_is_no_longer_the_image_shows_the_repr(
    server: RespondingServer, tmp_path: Path, becomes: object
) -> None:
    """A cell never ends with an error, and never waits, because a file has gone."""
    image = saved(server, jpeg(64, 32), tmp_path / "x.jpg")
    assert callable(becomes)
    becomes(image.path)
    assert image._repr_mimebundle_() == ({"text/plain": repr(image)}, {})
    assert image._repr_jpeg_() is None


def test_what_is_shown_holds_no_key(server: RespondingServer) -> None:
    """Neither the data nor the metadata: a notebook is passed on."""
    image = received(server, jpeg(64, 32), "image/jpeg")
    assert KEY not in str(image._repr_mimebundle_())
