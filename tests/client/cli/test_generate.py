"""`generate`: one image, from a prompt to a file."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from PIL import Image

from segmind_flux_schnell_sandbox.accounts import KEY, KEY_CRASH, KEY_FORBIDDEN, KEY_NO_CREDITS, KEY_SLOW
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.cli.conftest import Flux
from tests.client.cli.running import MODULE, environment, run
from tests.client.documented import DEFAULTS
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response
from tests.client.unprivileged import bound_by_permissions

SMALL = ("--width", "512", "--height", "512")
NEARLY_FULL = type(shutil.disk_usage("."))(10**9, 10**9 - 3_000_000, 3_000_000)


@pytest.fixture(autouse=True)
def a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of an account that gets images at once."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY)


def test_an_image_comes_out(sandbox: Sandbox, tmp_path: Path) -> None:
    """The file is an image of the requested size; its name goes to the standard output, the cost to the other."""
    done = run(
        "generate", "a tiger", "-o", "tiger.jpg", "--steps", "2", *SMALL, "--base-url", sandbox.url, cwd=tmp_path
    )
    assert (done.code, done.out) == (0, "tiger.jpg\n")
    assert "512 x 512" in done.err
    with Image.open(tmp_path / "tiger.jpg") as image:
        image.load()
        assert image.size == (512, 512)


def test_json_is_all_there_is(flux: Flux, sandbox: Sandbox) -> None:
    """With `--json` the output is one object: the file, what it cost, and the complete request."""
    done = flux("generate", "a tiger", "--seed", "7", *SMALL, "--base-url", sandbox.url, "--json")
    assert (done.code, done.err) == (0, "")
    assert done.json["file"] == "a-tiger.jpg"
    assert (done.json["width"], done.json["height"]) == (512, 512)
    assert Decimal(done.json["cost"]) == Decimal("0.008")
    assert done.json["request"]["seed"] == 7
    assert done.json["request"]["steps"] == DEFAULTS["steps"]


def test_a_random_seed_is_reported(flux: Flux, sandbox: Sandbox) -> None:
    """`--seed random` draws a seed that is embedded in the image: `show` prints the command that uses it again."""
    done = flux("generate", "a tiger", "--seed", "random", *SMALL, "-o", "x.jpg", "--base-url", sandbox.url, "--json")
    seed = done.json["seed"]
    assert seed == done.json["request"]["seed"]
    shown = flux("show", "x.jpg")
    assert shown.out.endswith(f" generate 'a tiger' --seed {seed} --width 512 --height 512\n")


def test_the_name_comes_from_the_prompt(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """Without `-o` the prompt names the file, and a second image of it gets a number: nothing is overwritten."""
    for _ in range(2):
        flux("generate", "Ein Bär, 2 Füchse & ein/Tiger!", *SMALL, "--base-url", sandbox.url)
    assert sorted(path.name for path in folder.iterdir()) == [
        "ein-bär-2-füchse-ein-tiger-2.jpg",
        "ein-bär-2-füchse-ein-tiger.jpg",
    ]


def test_a_folder_can_be_named(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """`-o` with a folder puts the image into it."""
    (folder / "out").mkdir()
    done = flux("generate", "a fox", *SMALL, "-o", "out", "--base-url", sandbox.url)
    assert done.out == "out/a-fox.jpg\n"


def test_nothing_is_overwritten_without_force(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """An existing file is refused before anything is bought, and overwritten with `--force`."""
    (folder / "tiger.jpg").write_text("mine")
    before = sandbox.ledger.billed
    refused = flux("generate", "a tiger", "-o", "tiger.jpg", *SMALL, "--base-url", sandbox.url)
    assert refused.code == 2
    assert "tiger.jpg exists already: --force overwrites it. Nothing was sent." in refused.err
    assert sandbox.ledger.billed == before
    assert flux("generate", "a tiger", "-o", "tiger.jpg", "--force", *SMALL, "--base-url", sandbox.url).code == 0
    assert (folder / "tiger.jpg").read_bytes() != b"mine"


def test_a_folder_that_does_not_exist_is_named_first(flux: Flux, sandbox: Sandbox) -> None:
    """An image that could not be written is not bought."""
    before = sandbox.ledger.billed
    done = flux("generate", "a tiger", "-o", "nowhere/tiger.jpg", "--base-url", sandbox.url)
    assert done.code == 2
    assert "nowhere is not a folder" in done.err
    assert sandbox.ledger.billed == before


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that takes no files, even from root")
@pytest.mark.parametrize("output", ["/proc/tiger.jpg", "/proc/", "/proc"])
def test_a_folder_that_takes_no_files_is_found_before(flux: Flux, sandbox: Sandbox, output: str) -> None:
    """A trial finds out what permissions do not tell: one sentence, without numbers, and nothing is bought."""
    before = sandbox.ledger.billed
    done = flux("generate", "a tiger", "-o", output, *SMALL, "--base-url", sandbox.url)
    assert (done.code, sandbox.ledger.billed) == (2, before)
    assert re.search(r"Error: /proc/? cannot be written: [A-Z][a-z ]+\. Nothing was sent\.\n$", done.err)


UNWRITABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link that leads nowhere": (
        lambda path: path.symlink_to("/nowhere/x.jpg"),
        "/nowhere is not a folder: create it first",
    ),
    "a link to itself": (lambda path: path.symlink_to(path), "tiger.jpg cannot be written: [A-Z][a-z ]+"),
    "a pipe": (os.mkfifo, "tiger.jpg cannot be written: it is not a regular file"),
    "a device": (lambda path: path.symlink_to("/dev/null"), "tiger.jpg cannot be written: it is not a regular file"),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes, devices and links among its files")
@pytest.mark.parametrize(("make", "message"), UNWRITABLE.values(), ids=UNWRITABLE)
def test_a_target_that_takes_no_image_is_found_before(
    flux: Flux, sandbox: Sandbox, folder: Path, make: Callable[[Path], object], message: str
) -> None:
    """What is there already is examined before anything is bought: a pipe would wait for its reader after that."""
    make(folder / "tiger.jpg")
    before = sandbox.ledger.billed
    done = flux("generate", "a tiger", "-o", "tiger.jpg", "--force", *SMALL, "--base-url", sandbox.url)
    assert (done.code, done.out, sandbox.ledger.billed) == (2, "", before)
    assert re.search(rf"^Error: {message}\. Nothing was sent\.$", done.err, re.MULTILINE)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no links among its files")
def test_an_image_goes_through_a_link(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """A link to a file that does not exist yet stays, and the file that it leads to is made."""
    (folder / "images").mkdir()
    (folder / "tiger.jpg").symlink_to("images/one.jpg")
    assert flux("generate", "a tiger", "-o", "tiger.jpg", *SMALL, "--base-url", sandbox.url).code == 0
    assert (folder / "tiger.jpg").is_symlink()
    assert (folder / "images" / "one.jpg").is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no links among its files")
def test_a_name_from_the_prompt_is_no_link(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """The name of a link is taken, wherever the link leads."""
    (folder / "a-tiger.jpg").symlink_to("/nowhere/x.jpg")
    done = flux("generate", "a tiger", *SMALL, "--base-url", sandbox.url)
    assert (done.code, done.out) == (0, "a-tiger-2.jpg\n")


@pytest.mark.parametrize("name", ["a" * 300, f"{'a' * 300}.jpg", f"{'a' * 300}/tiger.jpg"])
def test_a_name_that_no_file_can_have_is_found_before(flux: Flux, sandbox: Sandbox, name: str) -> None:
    """It is wrong use, in one sentence."""
    before = sandbox.ledger.billed
    done = flux("generate", "a tiger", "-o", name, *SMALL, "--base-url", sandbox.url)
    assert (done.code, done.out, sandbox.ledger.billed) == (2, "", before)
    assert re.search(r"^Error: \S+ cannot be written: [A-Za-z ]+\. Nothing was sent\.$", done.err, re.MULTILINE)


@pytest.mark.parametrize("output", ["closed/tiger.jpg", "closed", "closed/", "closed/deeper/tiger.jpg"])
def test_a_closed_folder_is_found_before(sandbox: Sandbox, tmp_path: Path, output: str) -> None:
    """A folder without permission to enter it is wrong use, in one sentence."""
    (tmp_path / "closed").mkdir(mode=0o666)
    (tmp_path / "closed").chmod(0o666)
    command = [*bound_by_permissions(), *MODULE, "generate", "a tiger", "-o", output, "--base-url", sandbox.url]
    before = sandbox.ledger.billed
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stdout, sandbox.ledger.billed) == (2, "", before)
    assert re.search(
        r"^Error: \S+ cannot be written: Permission denied\. Nothing was sent\.$", done.stderr, re.MULTILINE
    )


def test_a_full_disk_is_found_before(flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image for which there is no room is not bought."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: NEARLY_FULL)
    before = sandbox.ledger.billed
    done = flux("generate", "a tiger", "-o", "tiger.jpg", *SMALL, "--base-url", sandbox.url)
    assert (done.code, sandbox.ledger.billed) == (2, before)
    assert "Error: . cannot be written: only 3.0 MB are free. Nothing was sent." in done.err


def test_a_disk_that_says_nothing_is_believed(flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network drives report no size: that is not a full disk."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type(NEARLY_FULL)(0, 0, 0))
    assert flux("generate", "a tiger", "-o", "tiger.jpg", *SMALL, "--base-url", sandbox.url).code == 0


def test_an_image_that_another_program_holds_is_kept(
    flux: Flux, server: RespondingServer, folder: Path, held: None
) -> None:
    """Where the file cannot be renamed, the image is kept beside it, and the message names that file."""
    server.response = http_response("200 OK", jpeg(512, 512), JPEG_TYPE)
    done = flux("generate", "a tiger", "-o", "tiger.jpg", *SMALL, "--base-url", server.url)
    assert (done.code, done.out) == (1, f"{folder / 'tiger-2.jpg'}\n")
    assert (
        "Error: tiger.jpg was not written: Permission denied; the image was billed, and is kept elsewhere" in done.err
    )
    with Image.open(folder / "tiger-2.jpg") as image:
        assert image.size == (512, 512)


def test_a_png_comes_out_as_one(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """The ending of the name says which format the file gets; `show` reads the request from it."""
    assert flux("generate", "a tiger", "-o", "tiger.png", *SMALL, "--base-url", sandbox.url).code == 0
    with Image.open(folder / "tiger.png") as image:
        assert (image.format, image.size) == ("PNG", (512, 512))
    assert flux("show", "tiger.png").out.startswith("prompt        a tiger\n")


def test_a_format_that_cannot_be_written_is_found_before(
    flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Pillow the command says what to install, or which name to use, and buys nothing."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    before = sandbox.ledger.billed
    done = flux("generate", "a tiger", "-o", "tiger.png", *SMALL, "--base-url", sandbox.url)
    assert (done.code, sandbox.ledger.billed) == (2, before)
    assert "pip install pillow; or save it with the ending .jpg. Nothing was sent." in done.err


@contextmanager
def removing(folder: Path, body: bytes) -> Iterator[Sandbox]:
    """A sandbox whose image arrives when the folder that it is meant for is gone."""

    def drawn(*_: object) -> bytes:
        folder.rmdir()
        return body

    with running_sandbox(create_app(evolve(DOCUMENTED, draw=drawn))) as sandbox:
        yield sandbox


def test_an_image_whose_folder_vanishes_is_found(flux: Flux, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says where the image is, even if its name was as long as a name can be."""
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    (folder / "out").mkdir()
    with removing(folder / "out", jpeg(512, 512)) as sandbox:
        done = flux("generate", "a tiger", "-o", f"out/{'x' * 250}.jpg", *SMALL, "--base-url", sandbox.url)
    (kept,) = folder.glob("*.jpg")
    assert (done.code, done.out) == (1, f"{kept}\n")
    assert f"the image was billed, and is kept elsewhere: {kept}\n" in done.err


CUT = jpeg(512, 512)[:-100]


def test_a_broken_image_is_kept(flux: Flux, server: RespondingServer, folder: Path) -> None:
    """Bytes that were paid for go beside the file, under a name that no other file has, and the message says so."""
    server.response = http_response("200 OK", CUT, JPEG_TYPE)
    (folder / "out").mkdir()
    (folder / "out" / "tiger.rejected").write_text("mine")
    done = flux("generate", "a tiger", "-o", "out/tiger.jpg", *SMALL, "--base-url", server.url)
    assert (done.code, done.out) == (1, "")
    assert "the image is cut off" in done.err
    assert done.err.endswith("; the bytes of the response are kept as out/tiger-2.rejected\n")
    assert (folder / "out" / "tiger-2.rejected").read_bytes() == CUT
    assert (folder / "out" / "tiger.rejected").read_text() == "mine"
    assert not (folder / "out" / "tiger.jpg").exists()


def test_a_broken_image_as_json(flux: Flux, server: RespondingServer, folder: Path) -> None:
    """With `--json` the output names the file too."""
    server.response = http_response("200 OK", CUT, JPEG_TYPE)
    done = flux("generate", "a tiger", *SMALL, "--base-url", server.url, "--json")
    assert done.code == 1
    assert (done.json["error"], done.json["billed"]) == ("InvalidImageError", True)
    assert done.json["file"] == "a-tiger.rejected"
    assert (folder / "a-tiger.rejected").read_bytes() == CUT


def test_an_empty_response_leaves_no_file(flux: Flux, server: RespondingServer, folder: Path) -> None:
    """If the response has no bytes, there is nothing to keep."""
    server.response = http_response("200 OK", b"", JPEG_TYPE)
    done = flux("generate", "a tiger", *SMALL, "--base-url", server.url, "--json")
    assert (done.code, "file" in done.json) == (1, False)
    assert not list(folder.iterdir())


def test_a_broken_image_is_kept_elsewhere(flux: Flux, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If nothing can be written beside the file any more, the bytes go to the folder for temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    (folder / "out").mkdir()
    with removing(folder / "out", CUT) as sandbox:
        done = flux("generate", "a tiger", "-o", "out/tiger.jpg", *SMALL, "--base-url", sandbox.url)
    (kept,) = folder.glob("tiger-*.rejected")
    assert kept.read_bytes() == CUT
    assert done.err.endswith(f"; the bytes of the response are kept as {kept}\n")


@pytest.mark.parametrize(
    ("key", "name", "reason"),
    [
        (KEY_NO_CREDITS, "NotEnoughCreditsError", "406 Not Acceptable"),
        (KEY_FORBIDDEN, "ModelNotPermittedError", "403 Forbidden"),
        (KEY_CRASH, "ServerError", "500 Internal Server Error"),
    ],
)
def test_a_rejection_is_a_sentence(
    flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, key: str, name: str, reason: str
) -> None:
    """What the service rejects has the name of its error, and no traceback; the exit code is 1."""
    monkeypatch.setenv("SEGMIND_API_KEY", key)
    done = flux("generate", "a tiger", *SMALL, "--base-url", sandbox.url)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"Error ({name}): generate_image (POST /v1/flux-schnell): ")
    assert reason in done.err
    assert "not billed" in done.err
    assert done.err.count("\n") == 1


def test_a_rejection_as_json(flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--json` the output says which error it was, and whether it was billed."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY_NO_CREDITS)
    done = flux("generate", "a tiger", *SMALL, "--base-url", sandbox.url, "--json")
    assert done.code == 1
    assert (done.json["error"], done.json["status_code"], done.json["billed"]) == ("NotEnoughCreditsError", 406, False)


def test_a_service_that_cannot_be_reached(flux: Flux) -> None:
    """Without a connection nothing is sent: exit code 1."""
    done = flux("generate", "a tiger", "--base-url", "http://127.0.0.1:9", "--timeout", "2")
    assert done.code == 1
    assert "not sent, so not billed" in done.err


def test_an_unknown_outcome(flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A response that does not arrive in time has an exit code of its own: it may have been billed."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY_SLOW)
    done = flux("generate", "a tiger", *SMALL, "--base-url", sandbox.url, "--timeout", "0.2", "--json")
    assert done.code == 3
    assert "it may have been billed" in done.err
    assert (done.json["error"], done.json["billed"]) == ("OutcomeUnknownError", None)


def test_an_image_of_another_size_is_saved_with_a_warning(flux: Flux, server: RespondingServer, folder: Path) -> None:
    """It was paid for: it is written, the run succeeds, and both outputs say what is odd."""
    server.response = http_response("200 OK", jpeg(992, 512), JPEG_TYPE)
    call = ("generate", "a tiger", "--width", "1000", "--height", "512", "--base-url", server.url)
    text = "the image is 992 x 512 pixels, not 1000 x 512 as requested"
    done = flux(*call)
    assert (done.code, done.out) == (0, "a-tiger.jpg\n")
    assert done.err.splitlines()[-1] == f"Warning: {text}"
    as_json = flux(*call, "--json")
    assert (as_json.code, as_json.err) == (0, f"Warning: {text}\n")
    assert as_json.json["warnings"] == [{"code": "size-mismatch", "message": text}]
    shown = flux("show", folder / "a-tiger.jpg")
    assert f"warning       {text}\n" in shown.out


def test_an_image_of_another_size_can_be_refused(flux: Flux, server: RespondingServer, folder: Path) -> None:
    """With `--on-mismatch raise` it is a failure, and its bytes are kept."""
    server.response = http_response("200 OK", jpeg(992, 512), JPEG_TYPE)
    call = ("generate", "a tiger", "--width", "1000", "--height", "512", "--base-url", server.url)
    done = flux(*call, "--on-mismatch", "raise", "--json")
    assert (done.code, done.json["error"], done.json["billed"]) == (1, "MismatchError", True)
    assert (folder / done.json["file"]).read_bytes() == jpeg(992, 512)
    wrong = flux(*call, "--on-mismatch", "maybe")
    assert (wrong.code, "'accept'" in wrong.err) == (2, True)


def test_an_image_in_base64_is_saved(flux: Flux, server: RespondingServer, folder: Path) -> None:
    """The file is the image that the JSON holds."""
    body = json.dumps({"image": base64.b64encode(jpeg(512, 512)).decode()}).encode()
    server.response = http_response("200 OK", body, "content-type: application/json")
    done = flux("generate", "a tiger", *SMALL, "--base-url", server.url, "--json")
    assert (done.code, [one["code"] for one in done.json["warnings"]]) == (0, ["base64"])
    assert (folder / "a-tiger.jpg").read_bytes().startswith(b"\xff\xd8")


def test_a_file_that_is_in_the_way_is_one_line(flux: Flux, folder: Path) -> None:
    """The command was right, so its usage is not shown; with `--json` the line is in the output, too."""
    (folder / "tiger.jpg").touch()
    message = "tiger.jpg exists already: --force overwrites it. Nothing was sent."
    done = flux("generate", "a tiger", "-o", "tiger.jpg", "--json")
    assert (done.code, done.err) == (2, f"Error: {message}\n")
    assert done.json == {"error": "ConfigurationError", "message": message, "billed": False}
