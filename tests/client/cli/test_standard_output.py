"""`-o -`: the image goes to the standard output, and everything else to the standard error."""

import os
import shlex
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from segmind_flux_schnell import GenerateImageRequest
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_SLOW
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.conftest import Flux
from tests.client.cli.running import MODULE, environment
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response

SMALL = ("--width", "512", "--height", "512")


def piped(url: str, folder: Path, *options: str, end: str = "", key: str = KEY) -> subprocess.CompletedProcess[bytes]:
    """A run of `generate -o -` under a shell, with what follows it there."""
    command = shlex.join([*MODULE, "generate", "a fox", "-o", "-", *SMALL, *options, "--base-url", url])
    return subprocess.run(
        ["sh", "-c", f"{command} {end}"],
        cwd=folder,
        env=environment(key, TMPDIR=str(folder)),
        capture_output=True,
        timeout=20,
        check=False,
    )


def test_the_bytes_are_those_of_a_file(sandbox: Sandbox, tmp_path: Path) -> None:
    """Whole, with the request embedded, and nothing is left on disk."""
    done = piped(sandbox.url, tmp_path, "--seed", "7")
    assert done.returncode == 0
    with Image.open(BytesIO(done.stdout)) as image:
        image.load()
        assert (image.format, image.size) == ("JPEG", (512, 512))
    assert b"512 x 512, " in done.stderr
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "x.jpg").write_bytes(done.stdout)
    assert GenerateImageRequest.from_image(tmp_path / "x.jpg").seed == 7


def test_a_reader_that_goes_away_loses_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    """The image was paid for: it is kept, and the message says where."""
    done = piped(sandbox.url, tmp_path, end="2>err | true; echo ${PIPESTATUS:-}", key=KEY_SLOW)
    del done
    (kept,) = tmp_path.glob("a-fox-*.jpg")
    assert (tmp_path / "err").read_text().splitlines()[0] == (
        f"Error: the standard output was not written: Broken pipe; the image was billed, and is kept as {kept}"
    )
    with Image.open(kept) as image:
        image.load()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_output_loses_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    """The exit code says that the output has no image."""
    done = piped(sandbox.url, tmp_path, end=">/dev/full")
    (kept,) = tmp_path.glob("a-fox-*.jpg")
    assert (done.returncode, str(kept) in done.stderr.decode()) == (1, True)


def test_a_closed_output_is_found_before(sandbox: Sandbox, tmp_path: Path) -> None:
    """`>&-` leaves nothing to write to: nothing is bought."""
    before = sandbox.ledger.billed
    done = piped(sandbox.url, tmp_path, end=">&-")
    assert (done.returncode, sandbox.ledger.billed) == (2, before)
    assert b"Error: The standard output is closed. Nothing was sent." in done.stderr


def test_the_null_device_is_no_closed_output(sandbox: Sandbox, tmp_path: Path) -> None:
    """Whoever wants the image to go nowhere gets that."""
    assert piped(sandbox.url, tmp_path, end=">/dev/null").returncode == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--json"], "-o - and --json would both write to the standard output"),
        (["--open"], "-o - leaves no file that --open could show"),
        (["--count", "2"], "-o - takes one image: for several, -o takes a folder"),
    ],
)
def test_what_does_not_go_with_it(sandbox: Sandbox, tmp_path: Path, options: list[str], message: str) -> None:
    """It is one sentence, and nothing is bought."""
    before = sandbox.ledger.billed
    done = piped(sandbox.url, tmp_path, *options)
    assert (done.returncode, done.stdout, sandbox.ledger.billed) == (2, b"", before)
    assert f"Error: {message}" in done.stderr.decode()
    assert done.stderr.decode().endswith("Nothing was sent.\n")


def test_bytes_that_are_no_image_are_kept(server: RespondingServer, tmp_path: Path) -> None:
    """They do not go to the output, where a program waits for an image."""
    server.response = http_response("200 OK", jpeg(512, 512)[:-100], JPEG_TYPE)
    done = piped(server.url, tmp_path)
    (kept,) = tmp_path.glob("*.rejected")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().endswith(f"; the bytes of the response are kept as {kept}\n")


def test_a_terminal_gets_no_bytes(sandbox: Sandbox, tmp_path: Path) -> None:
    """It would show them as it can: that takes `--force`."""
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    before = sandbox.ledger.billed
    master, slave = pty.openpty()
    done = subprocess.run(
        [*MODULE, "generate", "a fox", "-o", "-", *SMALL, "--base-url", sandbox.url],
        cwd=tmp_path,
        env=environment(),
        stdout=slave,
        stderr=subprocess.PIPE,
        timeout=20,
        check=False,
    )
    os.close(slave)
    os.close(master)
    assert (done.returncode, sandbox.ledger.billed) == (2, before)
    assert b"The standard output is a terminal, which shows no image: write `-o - > FILE`" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "takes"), [(["batch", "p.txt"], "a folder"), (["collect", "some-id"], "a file or a folder")]
)
def test_other_commands_write_files(flux: Flux, folder: Path, arguments: list[str], takes: str) -> None:
    """They say so, and make no file or folder of the name `-`."""
    (folder / "p.txt").write_text("a fox\n")
    done = flux(*arguments, "-o", "-")
    assert done.code == 2
    assert f"`{arguments[0]}` does not write images to the standard output: -o takes {takes}" in done.err
    assert not (folder / "-").exists()
