"""SIGTERM, SIGHUP and a terminal that is closed, while a command runs."""

import json
import os
import queue
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from PIL import Image

from segmind_flux_schnell import Client
from segmind_flux_schnell._runtime.batch.tunables import SIGNALS_TOGETHER
from segmind_flux_schnell._runtime.cli import stopping
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_RATE_LIMITED
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch.queueing import SLOW, queueing_sandbox
from tests.client.cli.held_saving import HeldSaving
from tests.client.cli.running import MODULE, environment
from tests.client.gate import Gate
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process on SIGTERM, and has no SIGHUP")

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

SMALL = ("--width", "512", "--height", "512")


@contextmanager
def started(folder: Path, key: str, *arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """A process of the program, killed at the end of the context if it still runs."""
    with subprocess.Popen(
        [*MODULE, *arguments],
        cwd=folder,
        env=environment(key, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str], text: str) -> str:
    """Wait until a process says something that has a text, and return the line."""
    assert process.stderr is not None
    return next(line for line in process.stderr if text in line)


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """Eleven requests for small images."""
    path = tmp_path / "prompts.jsonl"
    lines = (json.dumps({"prompt": f"tiger {number}", "width": 512, "height": 512}) for number in range(11))
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_batch_finishes_what_is_in_flight(sandbox: Sandbox, prompts: Path, gate: Gate, name: str, code: int) -> None:
    """As `docker stop` ends it: five are paid for and saved, six are left, and the exit code names the signal."""
    gate.close()
    before = sandbox.ledger.billed
    arguments = ("batch", prompts.name, "--in-flight", "5", "--json", "--base-url", sandbox.url)
    with started(prompts.parent, KEY, *arguments) as process:
        until(lambda: sandbox.ledger.in_flight == 5)
        process.send_signal(signal.Signals[name])
        gate.open()
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert f"Stopped early: {name}" in err
    summary = json.loads(out)
    assert (summary["done"], summary["left"], summary["unknown"]) == (5, 6, [])
    assert len(list((prompts.parent / "out").glob("*.jpg"))) == 5
    assert f"{sandbox.ledger.billed - before:.3f}" == "0.040"


def test_a_batch_has_its_grace_period(sandbox: Sandbox, prompts: Path, gate: Gate) -> None:
    """What takes longer is listed as unknown."""
    gate.close()
    arguments = ("batch", prompts.name, "--in-flight", "5", "--grace-period", "0.2", "--base-url", sandbox.url)
    with started(prompts.parent, KEY, *arguments) as process:
        until(lambda: sandbox.ledger.in_flight == 5)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    assert out.startswith("0 images bought, 5 of unknown outcome, 6 not sent")
    listed = f"OutcomeUnknownError in {prompts.name}, lines 1-5: may have been billed, --retry-unknown sends"
    assert listed in err
    gate.open()
    until(lambda: sandbox.ledger.in_flight == 0)


def test_a_terminal_that_is_closed_ends_a_batch_in_the_same_way(sandbox: Sandbox, prompts: Path, gate: Gate) -> None:
    """Its images are saved though nothing can be shown any more."""
    gate.close()
    program = [*MODULE, "batch", prompts.name, "--in-flight", "5", "--base-url", sandbox.url]
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(prompts.parent)
        os.execve(program[0], program, environment(KEY, TERM="xterm-256color"))
    until(lambda: sandbox.ledger.in_flight == 5)
    os.close(terminal)
    gate.open()
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 129
    assert len(list((prompts.parent / "out").glob("*.jpg"))) == 5
    lines = [json.loads(line) for line in (prompts.parent / "out" / "journal.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines].count("done") == 5
    assert sandbox.ledger.in_flight == 0


def test_generate_saves_an_image_that_is_in_flight(sandbox: Sandbox, tmp_path: Path, gate: Gate) -> None:
    """It arrives within the grace period: everything is done, and the exit code says so."""
    gate.close()
    with started(tmp_path, KEY, "generate", "a tiger", "-o", "t.jpg", *SMALL, "--base-url", sandbox.url) as process:
        until(lambda: sandbox.ledger.in_flight == 1)
        process.send_signal(signal.SIGTERM)
        said(process, "nothing more is sent")
        gate.open()
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (0, "t.jpg\n"), err
    assert (tmp_path / "t.jpg").stat().st_size > 1000


@pytest.mark.parametrize("second", ["SIGTERM", "SIGHUP"])
def test_signals_that_arrive_together_are_one(sandbox: Sandbox, tmp_path: Path, gate: Gate, second: str) -> None:
    """`timeout` sends SIGTERM twice, and systemd SIGHUP after it: the image is saved."""
    gate.close()
    held = HeldSaving(tmp_path / "held", together=True)
    options = ("-o", "t.jpg", *SMALL, "--base-url", sandbox.url)
    with started(tmp_path, KEY, "generate", "a tiger", *options, **held.variables) as process:
        until(lambda: sandbox.ledger.in_flight == 1)
        process.send_signal(signal.SIGTERM)
        said(process, "nothing more is sent")
        process.send_signal(signal.Signals[second])
        gate.open()
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (0, "t.jpg\n"), err
    assert (tmp_path / "t.jpg").stat().st_size > 1000


@pytest.mark.skipif(which("bash") is None, reason="needs bash")
def test_a_terminal_that_is_closed_under_a_shell(sandbox: Sandbox, tmp_path: Path, gate: Gate) -> None:
    """bash passes its SIGHUP on, and the kernel sends another one: the image is saved."""
    gate.close()
    held = HeldSaving(tmp_path / "held", together=True)
    shell, terminal = pty.fork()
    if shell == 0:
        os.chdir(tmp_path)
        os.execve(str(which("bash")), ["bash", "--norc", "-i"], environment(KEY, TERM="dumb", **held.variables))
    command = [*MODULE, "generate", "a tiger", "-o", "t.jpg", *SMALL, "--base-url", sandbox.url]
    os.write(terminal, f"{shlex.join(command)}\n".encode())
    until(lambda: sandbox.ledger.in_flight == 1)
    os.close(terminal)
    os.waitpid(shell, 0)
    gate.open()
    until((tmp_path / "t.jpg").exists)
    assert sandbox.ledger.in_flight == 0


def test_generate_does_not_wait_beyond_the_grace_period(sandbox: Sandbox, tmp_path: Path, gate: Gate) -> None:
    """It says that the request may have been billed."""
    gate.close()
    options = (*SMALL, "--grace-period", "0.2", "--json", "--base-url", sandbox.url)
    with started(tmp_path, KEY, "generate", "a tiger", *options) as process:
        until(lambda: sandbox.ledger.in_flight == 1)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    waiting, ended = err.splitlines()
    assert waiting.startswith("SIGTERM: nothing more is sent, waiting for the request in flight, at most 1 s; ")
    assert ended.startswith("SIGTERM: no response was waited for any longer: the request was sent, and may have been")
    assert json.loads(out)["billed"] is None
    gate.open()
    until(lambda: sandbox.ledger.in_flight == 0)


def test_generate_that_waits_for_the_service_ends_at_once(sandbox: Sandbox, tmp_path: Path) -> None:
    """Nothing is in flight, so nothing is sent any more, and nothing was billed."""
    posts, billed = len(sandbox.ledger.posts), sandbox.ledger.billed
    options = ("generate", "a tiger", *SMALL, "--json", "--base-url", sandbox.url)
    with started(tmp_path, KEY_RATE_LIMITED, *options) as process:
        said(process, "next try in")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    assert err.endswith("SIGTERM: no request was in flight, and nothing was billed\n")
    assert json.loads(out)["billed"] is False
    assert (len(sandbox.ledger.posts), sandbox.ledger.billed) == (posts + 1, billed)


def test_a_second_signal_ends_generate_at_once(sandbox: Sandbox, tmp_path: Path, gate: Gate) -> None:
    """It says that the request may have been billed, and its exit code is that of the signal."""
    gate.close()
    with started(tmp_path, KEY, "generate", "a tiger", *SMALL, "--base-url", sandbox.url) as process:
        until(lambda: sandbox.ledger.in_flight == 1)
        process.send_signal(signal.SIGTERM)
        said(process, "nothing more is sent")
        time.sleep(SIGNALS_TOGETHER)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    gate.open()
    assert (process.returncode, out) == (143, "")
    assert err.splitlines()[-1].endswith("the request was sent, and may have been billed")
    until(lambda: sandbox.ledger.in_flight == 0)


NOISE = BytesIO()
Image.effect_noise((512, 512), 60).convert("RGB").save(NOISE, "JPEG", quality=90)


@contextmanager
def saving(server: RespondingServer, held: HeldSaving, folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A process of `generate` that converts its image, which was paid for, to PNG, and is held while it does."""
    server.response = http_response("200 OK", NOISE.getvalue(), JPEG_TYPE)
    arguments = ("generate", "a tiger", "-o", "t.png", *options, "--base-url", server.url)
    with started(folder, KEY, *arguments, **held.variables) as process:
        held.received(0)
        yield process


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 0), ("SIGHUP", 0)])
def test_a_signal_during_the_saving_loses_nothing(
    server: RespondingServer, tmp_path: Path, name: str, code: int
) -> None:
    """The image is saved to the end, and its name is said. Ctrl-C shows in the exit code."""
    folder = tmp_path / "folder"
    folder.mkdir()
    held = HeldSaving(tmp_path / "held", together=True)
    with saving(server, held, folder) as process:
        for signals in (1, 2):
            process.send_signal(signal.Signals[name])
            held.received(signals)
        held.go_on()
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (code, "t.png\n"), err
    assert [path.name for path in folder.iterdir()] == ["t.png"]
    with Image.open(folder / "t.png") as image:
        image.load()
        assert image.format == "PNG"
    assert len(server.received) == 1


@pytest.mark.parametrize(("name", "code", "said"), [("SIGINT", 130, "Ctrl-C"), ("SIGTERM", 143, "SIGTERM")])
def test_a_second_signal_ends_the_saving(
    server: RespondingServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    code: int,
    said: str,
) -> None:
    """What the service sent is kept elsewhere, and nothing is left of the file."""
    kept = tmp_path / "elsewhere"
    folder = tmp_path / "folder"
    kept.mkdir()
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(kept))
    held = HeldSaving(tmp_path / "held", together=False)
    with saving(server, held, folder, "--json") as process:
        assert list(folder.glob(".*.part"))
        process.send_signal(signal.Signals[name])
        held.received(1)
        process.send_signal(signal.Signals[name])
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == code, err
    (file,) = kept.glob("t-*.jpg")
    assert file.read_bytes() == NOISE.getvalue()
    message = f"{said}: t.png was not saved to the end; the image was billed, and is kept as {file}"
    assert err.splitlines()[-1] == message
    assert json.loads(out) == {"error": said, "message": message, "billed": True, "file": str(file)}
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("name", "code", "said"), [("SIGINT", 130, "Ctrl-C"), ("SIGTERM", 143, "SIGTERM")])
def test_collect_loses_nothing(tmp_path: Path, name: str, code: int, said: str) -> None:
    """It ends at once, since jobs go on without it, and says how many are left; the JSON has what was collected."""
    with queueing_sandbox(SLOW) as sandbox:
        with Client(api_key=KEY, base_url=sandbox.url) as client:
            job_id = client.submit_image(prompt="a tiger").request_id
        with started(tmp_path, KEY, "collect", job_id, "--json", "--base-url", sandbox.url) as process:
            until(lambda: any(entry.method == "GET" for entry in sandbox.ledger.entries))
            process.send_signal(signal.Signals[name])
            out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (code, "")
    assert err.splitlines()[-1] == f"{said}: 1 job not collected yet; nothing is lost, collect it later."


EARLY = """
import os, signal, sys

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == os.environ["PRESS_AT"]:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder)
"""
"""Presses Ctrl-C while the libraries of the program are imported."""


@pytest.mark.parametrize("module", ["cli", "_runtime.base.errors", "_runtime.cli.application"])
def test_a_ctrl_c_before_a_command_begins_is_quiet(tmp_path: Path, module: str) -> None:
    """Imports take a moment: whoever has mistyped a command and ends it at once sees no stack trace."""
    (tmp_path / "sitecustomize.py").write_text(EARLY)
    variables = environment(KEY, PRESS_AT=f"segmind_flux_schnell.{module}")
    variables["PYTHONPATH"] = os.pathsep.join((str(tmp_path), variables["PYTHONPATH"]))
    command = [*MODULE, "generate", "a tiger", "--dry-run"]
    done = subprocess.run(
        command, cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_grace_period_is_not_shortened_by_short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where the main thread waits in short steps: what arrives within the limit is taken."""
    monkeypatch.setattr("segmind_flux_schnell._runtime.batch.interrupts._LONGEST_WAITS", {os.name: 0.01})
    news = queue.SimpleQueue[Any]()
    arrives = threading.Timer(0.1, news.put, ["SIGTERM"])
    arrives.start()
    assert stopping._next(news, PATIENCE) == "SIGTERM"  # pyright: ignore[reportPrivateUsage]
    arrives.join()
