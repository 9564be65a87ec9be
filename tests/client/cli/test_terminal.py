"""Terminals and pipes: bars and colours on the first, plain text through the second."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.cli.running import MODULE, environment, run
from tests.sandbox.accounts import KEY
from tests.sandbox.server import Sandbox

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


def on_a_terminal(*arguments: str, cwd: Path, **variables: str) -> str:
    """What a person sees of a run."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*MODULE, *arguments],
        cwd=cwd,
        env=environment(KEY, TERM="xterm-256color", COLUMNS="120", **variables),
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    seen = b""
    try:
        while chunk := os.read(master, 65536):
            seen += chunk
    except OSError:
        # So Linux says that the other end is closed.
        pass
    assert process.wait(20) == 0
    os.close(master)
    return seen.decode()


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """A few requests."""
    path = tmp_path / "prompts.txt"
    path.write_text("".join(f"a tiger number {number}\n" for number in range(30)))
    return path


def test_a_terminal_gets_a_bar(sandbox: Sandbox, prompts: Path) -> None:
    """The bar says how many of how many, the rate, what was spent, and what is left; then the summary follows."""
    seen = on_a_terminal("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent)
    assert "/30" in seen
    assert "/s, 0." in seen
    assert " spent, 99" in seen
    assert "\x1b[38;5;" in seen
    assert "30 images bought" in seen


def test_no_color_is_honoured(sandbox: Sandbox, prompts: Path) -> None:
    """With NO_COLOR the bar has no colours."""
    seen = on_a_terminal("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent, NO_COLOR="1")
    assert "/30" in seen
    assert "\x1b[38;5;" not in seen


def test_a_pipe_gets_neither(sandbox: Sandbox, prompts: Path) -> None:
    """Without a terminal there are no bar and no colours, whatever the environment asks for."""
    done = run("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent, FORCE_COLOR="1")
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out
    plan = run("plan", prompts.name, cwd=prompts.parent, FORCE_COLOR="1")
    assert "\x1b" not in plan.out


def test_a_pipe_that_closes_early(prompts: Path) -> None:
    """`| head` ends the program quietly."""
    prompts.write_text("".join(f"a tiger number {number}\n" for number in range(3000)))
    command = subprocess.list2cmdline([*MODULE, "plan", prompts.name, "--json"])
    piped = subprocess.run(
        ["sh", "-c", f"{command} | head -n 2"],
        cwd=prompts.parent,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert piped.stdout == '{\n  "file": "prompts.txt",\n'
    assert piped.stderr == ""
