"""An image for other libraries: as bytes, for Pillow, and as an array for NumPy."""

import copy
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from segmind_flux_schnell import Client, GenerateImageFile, GenerateImageResult
from segmind_flux_schnell_sandbox.accounts import KEY
from tests.client.image.encodings import JPEGS, SIZE, encoded
from tests.client.images import jpeg
from tests.client.responding_server import RespondingServer, http_response

pytestmark = pytest.mark.filterwarnings("ignore::segmind_flux_schnell.ImageWarning")

AnImage = GenerateImageResult | GenerateImageFile


def received(server: RespondingServer, content: bytes, media_type: str = "image/jpeg") -> GenerateImageResult:
    """The result of a call that is answered with an image."""
    server.response = http_response("200 OK", content, f"content-type: {media_type}")
    with Client(api_key=KEY, base_url=server.url, retry=None) as client:
        return client.generate_image(prompt="a tiger")


@pytest.fixture(params=["in memory", "on disk"])
def image(request: pytest.FixtureRequest, server: RespondingServer, tmp_path: Path) -> AnImage:
    """An image of 64 by 32 pixels."""
    if request.param == "in memory":
        return received(server, jpeg(64, 32))
    server.response = http_response("200 OK", jpeg(64, 32), "content-type: image/jpeg")
    with Client(api_key=KEY, base_url=server.url, retry=None) as client:
        return client.generate_image_to_file(tmp_path / "x.jpg", prompt="a tiger")


def test_bytes_are_those_of_the_file(image: AnImage) -> None:
    """Those that were received, or those on disk, which have the request in them."""
    expected = image.content if isinstance(image, GenerateImageResult) else image.path.read_bytes()
    assert bytes(image) == expected
    assert PIL.Image.open(BytesIO(bytes(image))).size == (64, 32)


def test_bytes_are_not_copied(server: RespondingServer) -> None:
    """An image in memory has them already."""
    image = received(server, jpeg(64, 32))
    assert bytes(image) is image.content


def test_pillow_has_the_pixels(image: AnImage) -> None:
    """Decoded, and no longer tied to a file."""
    decoded = image.to_pil()
    assert isinstance(decoded, PIL.Image.Image)
    assert (decoded.size, decoded.mode, decoded.format) == ((64, 32), "RGB", "JPEG")
    if isinstance(image, GenerateImageFile):
        image.path.unlink()
    assert decoded.resize((8, 4)).getpixel((7, 0)) == pytest.approx((255, 165, 0), abs=8)


def test_an_array_has_rows_columns_and_colours(image: AnImage) -> None:
    """`np.asarray` gives what Pillow decodes, as unsigned bytes."""
    pixels = np.asarray(image)
    assert pixels.shape == (32, 64, 3)
    assert pixels.dtype == np.uint8
    assert (pixels == np.asarray(image.to_pil())).all()
    assert np.stack([image, image]).shape == (2, 32, 64, 3)


def test_an_array_can_be_of_another_type(image: AnImage) -> None:
    """As NumPy has it, and it can be written to."""
    pixels = np.asarray(image, dtype=np.float32)
    assert pixels.dtype == np.float32
    pixels /= 255
    assert pixels.max() <= 1
    copied = np.array(image, copy=True)
    copied[:] = 0
    assert np.asarray(image).any()


def test_an_array_is_always_a_copy(image: AnImage) -> None:
    """As NumPy demands, no copy is an error: the pixels are decoded."""
    with pytest.raises(ValueError, match=r"^copy is False, but the pixels .* decoded"):
        np.asarray(image, copy=False)


@pytest.mark.parametrize(
    "content",
    [
        *JPEGS.values(),
        encoded("P", "PNG"),
        encoded("LA", "PNG"),
        encoded("RGBA", "WEBP"),
        encoded("1", "PNG"),
        encoded("P", "GIF"),
    ],
    ids=[*JPEGS, "PNG with a palette", "grey PNG with alpha", "WebP with alpha", "PNG of one bit", "GIF"],
)
def test_each_kind_of_image_has_three_colours(server: RespondingServer, content: bytes) -> None:
    """Grey, CMYK, a palette and transparency all become red, green and blue, as Pillow converts them."""
    image = received(server, content)
    width, height = image.width or 0, image.height or 0
    assert np.asarray(image).shape == (height, width, 3)
    assert (np.asarray(image) == np.asarray(image.to_pil().convert("RGB"))).all()


def test_more_than_eight_bits_are_not_cut_off(server: RespondingServer) -> None:
    """In unsigned bytes all of them would be white: the error says what keeps them."""
    file = BytesIO()
    PIL.Image.fromarray(np.full(SIZE, 40_000, np.uint16)).save(file, "PNG")
    image = received(server, file.getvalue(), "image/png")
    with pytest.raises(ValueError, match=r"mode I;16, not of 8 bits: use np.asarray\(image.to_pil\(\)\)"):
        np.asarray(image)
    assert np.asarray(image.to_pil()).max() == 40_000


def test_a_file_that_is_gone_is_an_error_of_its_path(server: RespondingServer, tmp_path: Path) -> None:
    """Nothing is made up for it."""
    server.response = http_response("200 OK", jpeg(64, 32), "content-type: image/jpeg")
    with Client(api_key=KEY, base_url=server.url, retry=None) as client:
        image = client.generate_image_to_file(tmp_path / "x.jpg", prompt="a tiger")
    image.path.unlink()
    for use in (bytes, GenerateImageFile.to_pil, np.asarray):
        with pytest.raises(FileNotFoundError, match=r"x\.jpg"):
            use(image)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (jpeg(64, 32)[:-200], "Pillow cannot decode .*: .*[Tt]runcated"),
        (b"a page", "Pillow does not know the format of "),
    ],
)
def test_a_file_that_is_damaged_since_is_named(
    server: RespondingServer, tmp_path: Path, content: bytes, why: str
) -> None:
    """What Pillow says names neither the file nor the image."""
    server.response = http_response("200 OK", jpeg(64, 32), "content-type: image/jpeg")
    with Client(api_key=KEY, base_url=server.url, retry=None) as client:
        image = client.generate_image_to_file(tmp_path / "x.jpg", prompt="a tiger")
    image.path.write_bytes(content)
    with pytest.raises(OSError, match=rf"^to_pil\(\): {why}.*") as caught:
        image.to_pil()
    assert "x.jpg" in str(caught.value)
    assert "BytesIO" not in str(caught.value)
    with pytest.raises(OSError, match=rf"^np.asarray\(image\): {why}"):
        np.asarray(image)


def test_images_have_a_hash(image: AnImage, server: RespondingServer) -> None:
    """They are values: members of sets, keys, and rows of data frames that are grouped."""
    assert len({image, copy.deepcopy(image), received(server, jpeg(32, 64))}) == 2


def test_images_stay_whole_in_a_list_and_in_an_array_of_objects(image: AnImage) -> None:
    """As a column of a data frame has them: an image is one value there, and its repr is short."""
    column = np.empty(2, dtype=object)
    column[:] = [image, image]
    assert column[0] is image
    assert len(repr([image, image])) < 400


MISSING = """\
import sys
sys.modules[{missing!r}] = None
from pathlib import Path
from segmind_flux_schnell import Client
import httpx
def respond(request):
    return httpx.Response(200, content=Path({path!r}).read_bytes(), headers={{"content-type": "image/jpeg"}})
client = Client(api_key="k", transport=httpx.MockTransport(respond))
image = client.generate_image(prompt="a tiger", width=512, height=512)
assert bytes(image)
assert "image/jpeg" in image._repr_mimebundle_()[0]
try:
    {use}
except ModuleNotFoundError as error:
    print(error, error.name)
"""


@pytest.mark.parametrize(
    ("missing", "use", "message"),
    [
        ("PIL", "image.to_pil()", "to_pil() needs Pillow, which is not installed: pip install pillow PIL"),
        (
            "PIL",
            "import numpy; numpy.asarray(image)",
            "np.asarray(image) needs Pillow, which is not installed: pip install pillow PIL",
        ),
        (
            "numpy",
            "image.__array__()",
            "np.asarray(image) needs NumPy, which is not installed: pip install numpy numpy",
        ),
    ],
)
def test_a_library_that_is_missing_is_named_with_the_command(
    tmp_path: Path, missing: str, use: str, message: str
) -> None:
    """And nothing else needs it: the image is there, shows itself, and has its bytes."""
    path = tmp_path / "x.jpg"
    path.write_bytes(jpeg(512, 512))
    code = MISSING.format(missing=missing, use=use, path=str(path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (message, "")
