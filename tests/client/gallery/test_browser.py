"""The browser of these tests: without one they are skipped here and fail in CI, and none is left behind."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.conftest import ROOT
from tests.client.gallery.chromium import NAMES

USING = '''
"""Two tests with a page."""


def test_it_holds(browser):
    page = browser.new_page()
    page.goto("data:text/html,<h1>Tigers</h1>")
    assert page.get_by_role("heading", name="Tigers").is_visible()


def test_it_fails(browser):
    browser.new_page().goto("data:text/html,<h1>Tigers</h1>")
    assert {outcome}
'''

COROUTINE = '''
"""A coroutine, in the process that ran the browser."""


async def test_a_coroutine():
    assert True
'''


def run_tests(folder: Path, path: str, *, holds: bool = True, **variables: str) -> tuple[int, str]:
    """Run two tests with a browser and one without, in one process of their own; its exit code and output."""
    for name, text in {"pages": USING.format(outcome=holds), "plain": COROUTINE}.items():
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("")
        (folder / name / "conftest.py").write_text("from tests.client.gallery.conftest import browser\n")
        (folder / name / f"test_{name}.py").write_text(text)
    kept = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST_")}
    arguments = [
        "-c",
        ROOT / "pyproject.toml",
        "--numprocesses=0",
        "-p",
        "no:cacheprovider",
        "-rA",
        "--rootdir",
        folder,
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *map(str, arguments), str(folder)],
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT), "PATH": path, "TMPDIR": str(folder), **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout


def command_line(path: Path) -> str:
    """What a process was started with; empty if it has ended since."""
    try:
        return path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def left_behind(folder: Path) -> list[str]:
    """Command lines of processes that use a folder: a browser has its profile in the one for temporary files."""
    lines = [command_line(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
    return [line for line in lines if str(folder) in line]


def test_without_a_browser_they_are_skipped_and_say_how_to_install_it(tmp_path: Path) -> None:
    """Who works on something else needs no browser."""
    code, out = run_tests(tmp_path, path=str(tmp_path))
    assert code == 0
    assert "2 skipped" in out
    assert "apt-get install chromium" in out


def test_in_ci_a_browser_has_to_be_there(tmp_path: Path) -> None:
    """A skipped test would look like one that passed."""
    code, out = run_tests(tmp_path, path=str(tmp_path), CI="true")
    assert code == 1
    assert "2 errors" in out
    assert "skipped" not in out
    assert "apt-get install chromium" in out


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("holds", [True, False])
def test_no_process_is_left_behind(tmp_path: Path, holds: bool) -> None:
    """The browser ends with the tests that use it, also if one fails, and coroutines can be tested after it.

    The folder for temporary files may have any path, also one that is longer than that of a socket.
    """
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    code, out = run_tests(folder, path=os.environ["PATH"], holds=holds)
    assert code == (0 if holds else 1), out
    assert ("3 passed" if holds else "1 failed, 2 passed") in out
    assert not left_behind(folder)


def run_script(folder: Path, **programs: str) -> tuple[int, str, str]:
    """Run `.ci/chromium` where there are no programs but some; its exit code, output and messages."""
    for name in {"bash", "cat", "chmod", "id", "mktemp"} - programs.keys():
        (folder / name).symlink_to(str(shutil.which(name)))
    for name, text in programs.items():
        (folder / name.replace("_", "-")).write_text(f"#!{folder}/bash\n{text}\n")
        (folder / name.replace("_", "-")).chmod(0o755)
    script = [str(folder / "bash"), str(ROOT / ".ci" / "chromium")]
    done = subprocess.run(script, env={"PATH": str(folder)}, capture_output=True, text=True, timeout=20, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_ci_takes_the_browser_that_is_there(tmp_path: Path, name: str) -> None:
    """The script knows the names that the tests know, and installs nothing."""
    assert run_script(tmp_path, **{name.replace("-", "_"): "exit 1", "apt_get": "exit 1"}) == (
        0,
        f"{tmp_path / name}\n",
        "",
    )


def test_ci_ends_where_no_browser_can_be_installed(tmp_path: Path) -> None:
    """It says in a sentence what is missing, before any test runs."""
    code, _, messages = run_script(tmp_path)
    assert (code, "it takes root and apt-get" in messages) == (1, True)


def test_ci_ends_where_the_installation_fails(tmp_path: Path) -> None:
    """What apt-get said stands above the sentence."""
    code, _, messages = run_script(tmp_path, id="echo 0", apt_get="echo no such package; exit 100")
    assert (code, messages.splitlines()[0]) == (1, "no such package")
    assert "apt-get did not install one" in messages


def test_ci_installs_a_browser(tmp_path: Path) -> None:
    """It asks Debian's package manager for it, which may ask nothing back."""
    install = '[ "$2" = update ] && exit; echo "$DEBIAN_FRONTEND" "$@" >asked; '
    install += f'printf "" >{tmp_path}/chromium; chmod +x {tmp_path}/chromium'
    code, out, messages = run_script(tmp_path, id="echo 0", apt_get=install.replace(">asked", f">{tmp_path}/asked"))
    assert (code, out, messages) == (0, f"{tmp_path}/chromium\n", "")
    assert (tmp_path / "asked").read_text() == "noninteractive -qq install --no-install-recommends -y chromium\n"
