"""Terminals and pipes: bars and colours on a terminal, plain text through a pipe."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

from tests.client.cli.running import MODULE, environment, run
from tests.sandbox.accounts import KEY, Account
from tests.sandbox.behaviour import DOCUMENTED
from tests.sandbox.server import Sandbox, running_sandbox
from tests.sandbox.service import create_app

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")


def on_a_terminal(*arguments: str, cwd: Path, **variables: str) -> str:
    """What a person sees of a run."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*MODULE, *arguments],
        cwd=cwd,
        env=environment(KEY, **{"TERM": "xterm-256color", "COLUMNS": "120", **variables}),
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
        # This is how Linux says that the other end is closed.
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
    """The bar shows progress, rate, credits spent and credits left; then the summary follows."""
    seen = on_a_terminal("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent)
    assert "/30" in seen
    assert "/s, 0." in seen
    assert " spent, 99" in seen
    assert "\x1b[38;5;" in seen
    assert "30 images bought" in seen


def test_a_bar_says_what_is_waited_for(prompts: Path) -> None:
    """While the model starts, in the words of the document, and with the seconds that are left."""
    account = Account(KEY, starts_in=1.5)
    with running_sandbox(create_app(evolve(DOCUMENTED, accounts=(account,)))) as sandbox:
        seen = on_a_terminal("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent, COLUMNS="160")
    assert re.search(r"the model may be starting, next try in \d s", seen)
    assert "30 images bought" in seen


def test_no_color_is_respected(sandbox: Sandbox, prompts: Path) -> None:
    """With `NO_COLOR` set, the bar has no colours."""
    seen = on_a_terminal("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent, NO_COLOR="1")
    assert "/30" in seen
    assert "\x1b[38;5;" not in seen


def test_a_pipe_gets_neither(sandbox: Sandbox, prompts: Path) -> None:
    """Without a terminal there is no bar and no colour, whatever the environment asks for."""
    done = run("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent, FORCE_COLOR="1")
    assert (done.code, done.err) == (0, f"Sending to {sandbox.url} (--base-url)\n")
    assert "\x1b" not in done.out
    plan = run("plan", prompts.name, cwd=prompts.parent, FORCE_COLOR="1")
    assert "\x1b" not in plan.out


def test_a_pipe_that_closes_early(prompts: Path) -> None:
    """A reader such as `head` that closes the pipe ends the program quietly."""
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
