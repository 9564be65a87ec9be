"""Standard streams that are closed, or lead to a disk that is full."""

import sys
from pathlib import Path

import pytest

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.running import redirected

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs sh")

needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """Two requests, and a comment that each command mentions on the standard error."""
    path = tmp_path / "prompts.txt"
    path.write_text("# animals\na fox\nan owl\n")
    return path


@needs_full
@pytest.mark.parametrize(
    "command", ["--help", "--version", "generate --help", "plan prompts.txt", "plan --json prompts.txt"]
)
def test_an_output_that_is_full_is_one_line(prompts: Path, command: str) -> None:
    """It names the stream, and there is no stack trace."""
    done = redirected(command, ">/dev/full", prompts.parent)
    assert (done.returncode, done.stderr) == (1, "Error: the standard output: No space left on device\n")


@needs_full
@pytest.mark.parametrize("command", ["batch prompts.txt", "generate fox --count 2 -o out/"])
def test_a_log_that_is_full_stops_nothing(sandbox: Sandbox, prompts: Path, command: str) -> None:
    """Nobody can be told anything, but the images are bought, named on the standard output, and the exit code is 0."""
    (prompts.parent / "out").mkdir()
    before = sandbox.ledger.billed
    done = redirected(f"{command} --base-url {sandbox.url}", "2>/dev/full", prompts.parent)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert len(list((prompts.parent / "out").glob("*.jpg"))) == 2
    assert sandbox.ledger.billed > before


def test_an_input_that_is_closed_is_empty(prompts: Path) -> None:
    """It has no requests, which is one sentence."""
    done = redirected("plan -", "<&-", prompts.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("  standard input:1: has no requests\n")
