"""`--open`: images are shown by another program, whose failure costs a line."""

import os
import stat
import sys
from pathlib import Path

import pytest

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.running import Finished, run
from tests.client.images import jpeg

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows opens a file without a program of ours")

SMALL = ("--width", "512", "--height", "512")


@pytest.fixture
def viewer(tmp_path: Path) -> Path:
    """A program that notes what it is to show, and writes to its output."""
    path = tmp_path / "bin" / "viewer"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\necho noise; echo noise >&2; printf "%s\\n" "$@" >> "{tmp_path}/viewed"\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def viewed(folder: Path) -> list[str]:
    """What the program was given."""
    return (folder / "viewed").read_text().splitlines()


def generated(sandbox: Sandbox, folder: Path, *options: str, **variables: str) -> Finished:
    """A run of `generate --open`."""
    return run("generate", "a fox", *SMALL, "--open", *options, "--base-url", sandbox.url, cwd=folder, **variables)


def test_an_image_is_shown(sandbox: Sandbox, tmp_path: Path, viewer: Path) -> None:
    """By the program that BROWSER names, which writes nothing among the results."""
    done = generated(sandbox, tmp_path, BROWSER=str(viewer))
    assert (done.code, done.out) == (0, "a-fox.jpg\n")
    assert "noise" not in done.err
    assert viewed(tmp_path) == [(tmp_path / "a-fox.jpg").as_uri()]


def test_several_images_are_shown(sandbox: Sandbox, tmp_path: Path, viewer: Path) -> None:
    """Each of them, by a command with a place for it; a program that fails is followed by the next."""
    done = generated(sandbox, tmp_path, "--count", "2", BROWSER=f"false{os.pathsep}'{viewer}' --new %s")
    assert done.code == 0
    uris = [(tmp_path / f"a-fox-{number}.jpg").as_uri() for number in (1, 2)]
    assert viewed(tmp_path) == ["--new", uris[0], "--new", uris[1]]


@pytest.mark.parametrize("browser", ["false", "/no/such/program", "'"])
def test_a_failure_costs_a_line(sandbox: Sandbox, tmp_path: Path, browser: str) -> None:
    """The image is there, and the exit code says so."""
    done = generated(sandbox, tmp_path, "--json", BROWSER=browser, PATH=str(tmp_path))
    assert (done.code, done.json["file"]) == (0, "a-fox.jpg")
    assert done.err == "Warning: a-fox.jpg cannot be shown: no program for it was found; set BROWSER to name one\n"


def test_the_program_of_the_system_is_next(sandbox: Sandbox, tmp_path: Path, viewer: Path) -> None:
    """Without BROWSER, which is for those who want another."""
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    viewer.rename(viewer.with_name(opener))
    path = f"{viewer.parent}{os.pathsep}{os.environ['PATH']}"
    assert generated(sandbox, tmp_path, PATH=path).code == 0
    assert viewed(tmp_path) == [str(tmp_path / "a-fox.jpg")]


def test_show_shows_too(tmp_path: Path, viewer: Path) -> None:
    """Also a file that holds no request."""
    (tmp_path / "x.jpg").write_bytes(jpeg())
    assert run("show", "x.jpg", "--open", cwd=tmp_path, BROWSER=str(viewer)).code == 1
    assert viewed(tmp_path) == [(tmp_path / "x.jpg").as_uri()]


def test_collected_images_are_shown(sandbox: Sandbox, tmp_path: Path, viewer: Path) -> None:
    """`collect --open` shows what it has saved."""
    done = run("generate", "an owl", *SMALL, "--queue", "--base-url", sandbox.url, cwd=tmp_path)
    job_id = done.err.split("Submitted as ")[1].split()[0]
    collected = run("collect", job_id, "--open", "--base-url", sandbox.url, cwd=tmp_path, BROWSER=str(viewer))
    assert collected.code == 0, collected.err
    assert viewed(tmp_path) == [(tmp_path / f"{job_id}.jpg").as_uri()]
