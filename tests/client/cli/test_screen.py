"""What a person sees on the screen of a terminal while a batch runs, and what is left of it afterwards."""

import json
import re
import signal
import time
from pathlib import Path

import pytest
from attrs import evolve

from segmind_flux_schnell import Batch
from segmind_flux_schnell._runtime.batch.tunables import SIGNALS_TOGETHER
from segmind_flux_schnell_sandbox.accounts import KEY, Account, Window
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app

pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
pytest.importorskip("pyte")

from tests.client.cli.terminals import terminal
from tests.client.gate import Gate
from tests.waiting import until

BAR = re.compile(r"[━╸╺]{3,}|\d/\d+")


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """Twelve requests for small images."""
    path = tmp_path / "prompts.jsonl"
    lines = (json.dumps({"prompt": f"tiger {number}", "width": 512, "height": 512}) for number in range(12))
    path.write_text("\n".join(lines))
    return path


def without_bar(lines: list[str]) -> bool:
    """Whether nothing of a bar is on the screen."""
    return not any(BAR.search(line) for line in lines)


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_bar_disappears(prompts: Path, gate: Gate, columns: int) -> None:
    """It is one line, shows the time left from the second wave on, and leaves nothing behind."""
    account = Account(KEY, latency=0.4)
    with (
        running_sandbox(create_app(evolve(DOCUMENTED, accounts=(account,), draw=gate.draw))) as sandbox,
        terminal(
            ["batch", prompts.name, "--in-flight", "3", "--base-url", sandbox.url], prompts.parent, KEY, columns=columns
        ) as shown,
    ):
        gate.close_until(lambda: len(sandbox.ledger.posts) < 8)
        shown.until(lambda lines: any("/12, about " in line for line in lines))
        assert sum(bool(BAR.search(line)) for line in shown.lines) == 1
        gate.open()
        assert shown.wait() == 0
        assert without_bar(shown.lines), shown.lines
        assert any(line.startswith("12 images bought") for line in shown.lines)


def test_what_is_waited_for_fits_into_80_columns(prompts: Path) -> None:
    """The reason, and when the next request is tried, come before what may be cut off."""
    account = Account(KEY, rate_limit=Window(4, 20.0))
    with (
        running_sandbox(create_app(evolve(DOCUMENTED, accounts=(account,)))) as sandbox,
        terminal(["batch", prompts.name, "--base-url", sandbox.url], prompts.parent, KEY, columns=80) as shown,
    ):
        wait = re.compile(r" 4/12, too many requests in too short a time, next try in \d+ s")
        shown.until(lambda lines: any(wait.search(line) for line in lines))
        shown.press_ctrl_c()
        assert shown.wait() == 130


def test_several_jobs_are_waited_for(sandbox: Sandbox, tmp_path: Path) -> None:
    """The line counts their states, which it takes from other threads."""
    options = ["--count", "2", "--width", "512", "--height", "512", "--queue", "--base-url", sandbox.url]
    with terminal(["generate", "a tiger", *options], tmp_path, KEY) as shown:
        shown.until(lambda lines: any(" s for 2 images " in line for line in lines))
        assert shown.wait() == 0, shown.lines
        assert "Traceback" not in " ".join(shown.lines)
    assert len(list(tmp_path.glob("*.jpg"))) == 2


def test_a_first_ctrl_c_says_what_is_waited_for(sandbox: Sandbox, prompts: Path, gate: Gate) -> None:
    """How many requests, and for how long; what the terminal writes itself leaves no second bar behind."""
    gate.close()
    arguments = ["batch", prompts.name, "--in-flight", "4", "--base-url", sandbox.url]
    with terminal(arguments, prompts.parent, KEY, columns=60) as shown:
        shown.until(lambda lines: any("/12" in line for line in lines))
        until(lambda: sandbox.ledger.in_flight == 4)
        shown.press_ctrl_c()
        shown.until(lambda lines: "waiting for 4 requests in flight" in " ".join(lines))
        assert sum(bool(BAR.search(line)) for line in shown.lines) <= 1, shown.lines
        gate.open()
        assert shown.wait() == 130
    text = "".join(shown.lines).replace(" ", "")
    assert without_bar(shown.lines), shown.lines
    for sentence in (
        "Ctrl-C: nothing more is sent, waiting for 4 requests in flight, probably 10 s, at most 5 min; Ctrl-C again",
        "4 images bought, 8 not sent",
        "8 requests not sent, so not billed: run the same command again to continue",
    ):
        assert sentence.replace(" ", "") in text


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", -15)])
def test_a_second_signal_says_what_may_have_been_billed(
    sandbox: Sandbox, prompts: Path, gate: Gate, name: str, code: int
) -> None:
    """How many requests, which lines of the file, and how to go on; the next run goes by the same."""
    gate.close()
    arguments = ["batch", prompts.name, "--in-flight", "4", "--base-url", sandbox.url]
    with terminal(arguments, prompts.parent, KEY, columns=200) as shown:
        shown.until(lambda lines: any("/12" in line for line in lines))
        until(lambda: sandbox.ledger.in_flight == 4)
        shown.process.send_signal(signal.Signals[name])
        shown.until(lambda lines: "nothing more is sent" in " ".join(lines))
        time.sleep(SIGNALS_TOGETHER)
        shown.process.send_signal(signal.Signals[name])
        assert shown.wait() == code
        text = " ".join(shown.lines)
        assert without_bar(shown.lines), shown.lines
    said = "Ctrl-C" if name == "SIGINT" else name
    ended = "ended at once: 0 of 12 images on disk, 4 requests may have been billed (prompts.jsonl, lines 1-4)"
    assert f"{said}: {ended}: --retry-unknown sends them again, 8 not sent; the same command continues" in text
    assert {entry.failure for entry in Batch(prompts.parent / "out").entries()} == {"OutcomeUnknownError"}
    gate.open()
    until(lambda: sandbox.ledger.in_flight == 0)


def test_generate_waits_after_ctrl_c(sandbox: Sandbox, tmp_path: Path, gate: Gate) -> None:
    """The request in flight may be billed: its image is saved, and the exit code is that of Ctrl-C."""
    gate.close()
    options = ["--width", "512", "--height", "512", "--base-url", sandbox.url]
    with terminal(["generate", "a tiger", "-o", "t.jpg", *options], tmp_path, KEY, columns=200) as shown:
        until(lambda: sandbox.ledger.in_flight == 1)
        shown.press_ctrl_c()
        shown.until(lambda lines: "Ctrl-C: nothing more is sent, waiting for the request in flight" in " ".join(lines))
        gate.open()
        assert shown.wait() == 130
    assert (tmp_path / "t.jpg").stat().st_size > 1000


def test_generate_ends_at_a_second_ctrl_c(sandbox: Sandbox, tmp_path: Path, gate: Gate) -> None:
    """At once, and it says that the request may have been billed."""
    gate.close()
    options = ["--width", "512", "--height", "512", "--base-url", sandbox.url]
    with terminal(["generate", "a tiger", "-o", "t.jpg", *options], tmp_path, KEY, columns=200) as shown:
        until(lambda: sandbox.ledger.in_flight == 1)
        shown.press_ctrl_c()
        shown.until(lambda lines: "nothing more is sent" in " ".join(lines))
        time.sleep(SIGNALS_TOGETHER)
        shown.press_ctrl_c()
        assert shown.wait() == 130
        assert "the request was sent, and may have been billed" in " ".join(shown.lines)
    assert not (tmp_path / "t.jpg").exists()
    gate.open()
    until(lambda: sandbox.ledger.in_flight == 0)


def test_a_terminal_that_becomes_narrower(sandbox: Sandbox, prompts: Path, gate: Gate) -> None:
    """No second bar, and none at the end."""
    gate.close()
    arguments = ["batch", prompts.name, "--in-flight", "4", "--base-url", sandbox.url]
    with terminal(arguments, prompts.parent, KEY, columns=120) as shown:
        shown.until(lambda lines: any("/12" in line for line in lines))
        before = len(shown.written)
        shown.resize(50)
        # Two bars more, each of which takes back the one before.
        until(lambda: shown.written.count(b"/12", before) >= 2)
        assert sum(bool(BAR.search(line)) for line in shown.lines) <= 1, shown.lines
        shown.press_ctrl_c()
        gate.open()
        shown.wait()
        assert without_bar(shown.lines), shown.lines


@pytest.mark.parametrize(("columns", "term"), [(20, "xterm-256color"), (100, "dumb")])
def test_a_terminal_without_room_for_a_bar(sandbox: Sandbox, prompts: Path, columns: int, term: str) -> None:
    """It gets no bar, and no escape sequence that it would only print."""
    arguments = ["batch", prompts.name, "--base-url", sandbox.url]
    with terminal(arguments, prompts.parent, KEY, columns=columns, term=term) as shown:
        assert shown.wait() == 0
        assert b"\x1b" not in shown.written
        assert "12 images bought" in "".join(shown.lines).replace("\n", "")


def test_nothing_to_send_is_no_bar(sandbox: Sandbox, prompts: Path) -> None:
    """The second run finds everything on disk, and draws nothing."""
    arguments = ["batch", prompts.name, "--base-url", sandbox.url]
    with terminal(arguments, prompts.parent, KEY) as shown:
        assert shown.wait() == 0
    with terminal(arguments, prompts.parent, KEY) as shown:
        assert shown.wait() == 0
        assert b"\x1b" not in shown.written
        assert any("12 on disk already" in line for line in shown.lines)
