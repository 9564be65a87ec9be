"""Images that are written to disk while they are received."""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from segmind_flux_schnell import (
    GenerateImageFile,
    GenerateImageRequest,
    InvalidImageError,
    InvalidRequestError,
    NotSavedError,
    UnauthorizedError,
)
from tests.client.calling import Caller
from tests.client.conftest import Calling
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response


def to_file(caller: Caller, path: Any, **call: Any) -> GenerateImageFile:
    """Call the method of either client that writes a file."""
    if caller.kind == "sync":
        with caller.blocking_client() as client:
            return client.generate_image_to_file(path, **call)

    async def awaited() -> GenerateImageFile:
        async with caller.asynchronous_client() as client:
            return await client.generate_image_to_file(path, **call)

    return asyncio.run(awaited())


def test_an_image_goes_to_its_file(calling: Calling, server: RespondingServer, tmp_path: Path) -> None:
    """The result has the path, the size and the headers; the file has its request embedded."""
    server.response = http_response("200 OK", jpeg(512, 768), JPEG_TYPE, "x-request-id: r-1", "x-cost: 0.008")
    target = tmp_path / "tiger.jpg"
    saved = to_file(calling(base_url=server.url), str(target), prompt="a tiger", width=512, height=768, seed=7)
    assert (saved.path, saved.byte_count, saved.media_type) == (target, len(jpeg(512, 768)), "image/jpeg")
    assert (saved.width, saved.height, saved.seed, saved.request_id, str(saved.cost)) == (512, 768, 7, "r-1", "0.008")
    assert GenerateImageRequest.from_image(target).to_dict() == saved.request.json
    with Image.open(target) as image:
        assert image.size == (512, 768)
    assert os.listdir(tmp_path) == ["tiger.jpg"]


def test_a_converted_image_is_what_the_result_says(calling: Calling, server: RespondingServer, tmp_path: Path) -> None:
    """The media type is that of the file; the number of bytes is that of the response."""
    server.response = http_response("200 OK", jpeg(512, 512), JPEG_TYPE)
    target = tmp_path / "tiger.png"
    saved = to_file(calling(base_url=server.url), target, prompt="a tiger", width=512, height=512)
    with Image.open(target) as image:
        assert (image.format, image.size) == ("PNG", (saved.width, saved.height))
    assert (saved.media_type, saved.byte_count) == ("image/png", len(jpeg(512, 512)))
    assert saved.warnings == ()


def test_a_private_prompt_stays_out_of_the_file(calling: Calling, server: RespondingServer, tmp_path: Path) -> None:
    """With `provenance=False` a client writes the bytes of the service."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    to_file(calling(base_url=server.url, provenance=False), tmp_path / "tiger.jpg", prompt="a tiger")
    assert (tmp_path / "tiger.jpg").read_bytes() == jpeg()


@pytest.mark.parametrize("path", ["", ".", "no/such/folder/tiger.jpg", "tiger\0.jpg", None, 7])
def test_a_path_that_cannot_be_written_sends_nothing(
    calling: Calling, server: RespondingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Any
) -> None:
    """The client finds out before anything is paid for whether the file can be written."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidRequestError, match=r"path: .* cannot be written: .*"):
        to_file(calling(base_url=server.url), path, prompt="a tiger")
    assert server.received == []
    assert os.listdir(tmp_path) == []


def test_faults_are_found_with_the_path_as_well(calling: Calling, server: RespondingServer, tmp_path: Path) -> None:
    """The call is checked like any other; the path can be given with or without its name."""
    caller = calling(base_url=server.url)
    with pytest.raises(InvalidRequestError, match="generate_image_to_file: 1 fault"):
        to_file(caller, tmp_path / "tiger.jpg", prompt="a tiger", steps=99)
    with pytest.raises(InvalidRequestError, match="path: is missing"), caller.blocking_client() as client:
        getattr(client, "generate_image_to_file")(prompt="a tiger")  # noqa: B009
    assert server.received == []


@pytest.mark.parametrize(
    ("response", "error"),
    [
        pytest.param(http_response("401 ", b'{"error": "no"}'), UnauthorizedError, id="refused"),
        pytest.param(http_response("200 OK", jpeg()[:-9], JPEG_TYPE), InvalidImageError, id="cut off"),
        pytest.param(http_response("200 OK", b"", JPEG_TYPE), InvalidImageError, id="empty"),
    ],
)
def test_a_failure_leaves_the_older_file(
    calling: Calling, server: RespondingServer, tmp_path: Path, response: bytes, error: type[Exception]
) -> None:
    """After any failure the file is what it was; the error has the bytes that were received."""
    server.response = response
    target = tmp_path / "tiger.jpg"
    target.write_text("older")
    with pytest.raises(error) as raised:
        to_file(calling(base_url=server.url), target, prompt="a tiger")
    assert target.read_text() == "older"
    assert os.listdir(tmp_path) == ["tiger.jpg"]
    assert getattr(raised.value, "content", None) == response.partition(b"\r\n\r\n")[2]


FULL_DISK = """
import resource, signal, sys
from segmind_flux_schnell import Client, NotSavedError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
with Client(api_key="k", base_url="{url}") as client:
    try:
        client.generate_image_to_file("tiger.jpg", prompt="a tiger")
    except NotSavedError as error:
        print(error.billed, len(error.content), error.path, type(error).__mro__[2].__name__)
"""


@pytest.mark.parametrize("room", [0, 5000, len(jpeg())])
def test_a_full_disk_does_not_lose_the_image(server: RespondingServer, tmp_path: Path, room: int) -> None:
    """The image was paid for: whether the disk fails at the first or the last byte, the error has all of them."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    script = FULL_DISK.format(url=server.url, room=room)
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == f"True {len(jpeg())} tiger.jpg OSError\n"
    assert os.listdir(tmp_path) == []


def test_an_image_that_was_not_saved_can_be_saved_elsewhere() -> None:
    """The error of a full disk has the bytes, so that its caller can write them elsewhere."""
    error = NotSavedError(jpeg(), "/full/tiger.jpg", "OSError: No space left on device")
    assert (error.content, error.billed, error.outcome) == (jpeg(), True, "billed")
    assert str(error).endswith(f"billed, and `content` has the {len(jpeg())} bytes")


def test_a_pipe_is_refused(calling: Calling, server: RespondingServer, tmp_path: Path) -> None:
    """A pipe without a reader would block for ever after the image is paid for: it is refused before."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidRequestError, match="cannot be written: it is not a regular file"):
        to_file(calling(base_url=server.url), tmp_path / "pipe", prompt="a tiger")
    assert server.received == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no links among its files")
def test_a_link_that_leads_nowhere_is_refused(calling: Calling, server: RespondingServer, tmp_path: Path) -> None:
    """The folder of the file that a link leads to has to be there before anything is paid for."""
    link = tmp_path / "tiger.jpg"
    link.symlink_to(tmp_path / "nowhere" / "x.jpg")
    with pytest.raises(InvalidRequestError, match="cannot be written: No such file or directory"):
        to_file(calling(base_url=server.url), link, prompt="a tiger")
    assert server.received == []
    (tmp_path / "nowhere").mkdir()
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    assert to_file(calling(base_url=server.url), link, prompt="a tiger").path == link
    assert link.is_symlink()
    assert os.listdir(tmp_path / "nowhere") == ["x.jpg"]


def test_a_file_that_another_program_holds_is_kept_beside(
    calling: Calling, server: RespondingServer, tmp_path: Path, held: None
) -> None:
    """If the file cannot be renamed for good, it is there under another name, and the error has its bytes too."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    with pytest.raises(NotSavedError) as raised:
        to_file(calling(base_url=server.url), tmp_path / "tiger.jpg", prompt="a tiger")
    kept = tmp_path / "tiger-2.jpg"
    assert (raised.value.content, raised.value.kept) == (jpeg(), str(kept))
    assert f"tiger.jpg was not written: Permission denied; it is kept as {kept}; billed, and `content`" in str(
        raised.value
    )
    assert GenerateImageRequest.from_image(kept).prompt == "a tiger"
    assert os.listdir(tmp_path) == ["tiger-2.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that takes no files, even from root")
def test_a_folder_that_takes_no_files_sends_nothing(calling: Calling, server: RespondingServer) -> None:
    """A trial finds out what permissions do not tell, and the fault is in words."""
    with pytest.raises(InvalidRequestError, match=r"path: .* cannot be written: [A-Z][a-z ]+$"):
        to_file(calling(base_url=server.url), Path("/proc/tiger.jpg"), prompt="a tiger")
    assert server.received == []


def test_a_full_disk_sends_nothing(
    calling: Calling, server: RespondingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An image for which there is no room is not bought."""
    usage = type(shutil.disk_usage(tmp_path))(10**9, 10**9, 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(InvalidRequestError, match=r"cannot be written: only 0\.0 MB are free"):
        to_file(calling(base_url=server.url), tmp_path / "tiger.jpg", prompt="a tiger")
    assert server.received == []
