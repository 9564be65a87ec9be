"""What a person sees while `generate` waits: a line on the terminal that counts, and is gone at the end."""

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from attrs import define, evolve, field

from segmind_flux_schnell import Client
from segmind_flux_schnell._runtime.batch.tunables import SIGNALS_TOGETHER
from segmind_flux_schnell.cli import OPERATIONS
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_SLOW, Account
from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.batch.queueing import queueing_sandbox
from tests.client.cli.running import MODULE, environment, run
from tests.client.gate import Gate
from tests.standing_clock import standing_clock
from tests.waiting import PATIENCE, until, with_time_enough

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

SMALL = ("--width", "512", "--height", "512")

(SECONDS,) = (options.seconds for options in OPERATIONS if options.operation.name == "generate_image")


@define
class OnTerminal:
    """A run whose standard error is a terminal, and whose output is another or the same.

    Args:
        process: The process.
        out: Where its output goes, if that is not the terminal.
        written: What the terminal got so far.
        code: Its exit code, at the end.
    """

    process: "subprocess.Popen[bytes]"
    out: IO[bytes] | None
    written: bytearray = field(factory=bytearray)
    code: int = -1

    def read(self, master: int) -> None:
        """Take what the terminal gets, until the other end is closed."""
        while True:
            try:
                chunk = os.read(master, 65536)
            except OSError:
                # This is how Linux says that the other end is closed.
                return
            if not chunk:
                return
            self.written += chunk

    @property
    def seen(self) -> str:
        """What the terminal got so far, as text."""
        return self.written.decode(errors="ignore")

    def seconds(self, line: str) -> list[str]:
        """The numbers in a line that counts, each once, in their order."""
        return list(dict.fromkeys(re.findall(line, self.seen)))

    @property
    def left(self) -> list[str]:
        """The lines that stay on the screen."""
        return left_of(self.seen)


def left_of(seen: str) -> list[str]:
    """The lines that stay on a screen: what was erased is not there, and neither are colours."""
    lines = [""]
    for part in re.split(r"(\r\n|\n|\r|\x1b\[\d*[A-Za-z]|\x1b\[\?\d+[hl]|\x1b\[[\d;]*m)", seen):
        if part in ("\r\n", "\n"):
            lines.append("")
        elif part == "\x1b[1A":
            lines.pop()
        elif part == "\x1b[2K":
            lines[-1] = ""
        elif not part.startswith(("\x1b", "\r")):
            lines[-1] += part
    return [line for line in lines if line]


@contextmanager
def on_terminal(
    folder: Path, key: str, *arguments: str, pipes: bool = False, command: str = "generate", **variables: str
) -> Iterator[OnTerminal]:
    """A run of a command on a terminal. It ends with the context, which waits for that."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*MODULE, command, *(("a fox", *SMALL) if command == "generate" else ()), *arguments],
        cwd=folder,
        env=environment(key, **{"TERM": "xterm-256color", "COLUMNS": "100", **variables}),
        stdin=slave,
        stdout=subprocess.PIPE if pipes else slave,
        stderr=slave,
    )
    os.close(slave)
    found = OnTerminal(process, process.stdout)
    reader = threading.Thread(target=found.read, args=(master,))
    reader.start()
    try:
        yield found
        found.code = process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
        reader.join()
        os.close(master)
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def serving(account: Account) -> Iterator[Sandbox]:
    """A sandbox with one account."""
    with running_sandbox(create_app(evolve(DOCUMENTED, accounts=(account,)))) as sandbox:
        yield sandbox


def test_a_line_counts_the_seconds(sandbox: Sandbox, tmp_path: Path, gate: Gate) -> None:
    """Beside them is how long it usually takes, by the document; at the end only the result is there."""
    gate.close()
    line = rf"Waiting (\d+) s for the image \(usually {SECONDS:g} s\)"
    with on_terminal(tmp_path, KEY, "--base-url", sandbox.url) as terminal:
        until(lambda: len(terminal.seconds(line)) > 2)
        gate.open()
    assert terminal.code == 0
    counted = [int(one) for one in terminal.seconds(line)]
    assert counted == sorted(counted)
    assert terminal.left[0] == "a-fox.jpg"
    assert terminal.left[1].startswith("512 x 512, ")
    assert len(terminal.left) == 2


def test_a_line_says_why_it_waits(tmp_path: Path) -> None:
    """The reason counts down in the same line, and leaves nothing behind."""

    def shown(seconds: float) -> OnTerminal:
        with (
            serving(Account(KEY, starts_in=seconds)) as sandbox,
            on_terminal(tmp_path, KEY, "--base-url", sandbox.url) as terminal,
        ):
            return terminal

    line = r"Waiting \d+ s: the model may be starting, next try in (\d+) s"
    terminal = with_time_enough(shown, lambda found: len(found.seconds(line)) > 1, 3.0)
    assert len(terminal.seconds(line)) > 1
    assert [line for line in terminal.left if "starting" in line] == []


def test_a_line_says_how_far_a_job_is(tmp_path: Path) -> None:
    """The state is that of the queue, in its own words; the id of the job stays."""
    line = r"Waiting \d+ s for the image \(usually \d+ s\), [A-Z_]+"
    with standing_clock() as clock, queueing_sandbox() as sandbox:
        with on_terminal(tmp_path, KEY, "--queue", "--base-url", sandbox.url) as terminal:
            until(lambda: re.search(line, terminal.seen))
            clock.now += 1
        assert terminal.code == 0
    assert [line.split()[0] for line in terminal.left] == ["Submitted", "a-fox.jpg", "512"]


def test_several_are_counted(tmp_path: Path) -> None:
    """The names of those that are there stay above the line."""
    line = r"Waiting \d+ s for 9 images \(usually \d+ s\), 8 done"

    def drawn(parameters: Parameters, image_format: str) -> bytes:
        if parameters["seed"] == 9:
            until(lambda: re.search(line, terminal.seen))
        return DOCUMENTED.draw(parameters, image_format)

    with (
        running_sandbox(create_app(evolve(DOCUMENTED, draw=drawn))) as sandbox,
        on_terminal(tmp_path, KEY, "--count", "9", "--seed", "1", "--base-url", sandbox.url) as terminal,
    ):
        pass
    assert terminal.code == 0
    assert re.search(line, terminal.seen)
    assert sorted(terminal.left[::2]) == [f"a-fox-{number}.jpg" for number in range(1, 10)]
    assert not any("Waiting" in line for line in terminal.left)


@pytest.mark.parametrize("more", [["-o", "-"], ["--json"], ["--count", "2"]])
def test_nothing_of_it_is_in_the_output(sandbox: Sandbox, tmp_path: Path, gate: Gate, more: list[str]) -> None:
    """An output that is a pipe gets the result alone, while the line is on the terminal."""
    gate.close()
    with on_terminal(tmp_path, KEY, *more, "--base-url", sandbox.url, pipes=True) as terminal:
        until(lambda: re.search(r"Waiting \d+ s for ", terminal.seen))
        gate.open()
        assert terminal.out is not None
        out = terminal.out.read()
    assert b"Waiting" not in out
    assert b"\x1b[" not in out.partition(b"\xff\xd8")[0]
    starts = {"-o": b"\xff\xd8", "--json": b"{\n", "--count": b"a-fox-"}
    assert out.startswith(starts[more[0]])


def test_a_pipe_gets_no_line(sandbox: Sandbox, tmp_path: Path) -> None:
    """A standard error that is not a terminal gets the facts at the end, and nothing before."""
    done = subprocess.run(
        [*MODULE, "generate", "a fox", *SMALL, "--base-url", sandbox.url],
        cwd=tmp_path,
        env=environment(KEY_SLOW, FORCE_COLOR="1", TERM="xterm-256color"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert (len(done.stderr.splitlines()), "Waiting" in done.stderr) == (1, False)


def test_a_dumb_terminal_gets_the_line_once(tmp_path: Path) -> None:
    """It cannot take anything back."""

    def shown(seconds: float) -> OnTerminal:
        with (
            serving(Account(KEY, latency=seconds)) as sandbox,
            on_terminal(tmp_path, KEY, "--base-url", sandbox.url, TERM="dumb") as terminal,
        ):
            return terminal

    terminal = with_time_enough(shown, lambda found: "Waiting" in found.seen, 1.5)
    assert terminal.left[0] == f"Waiting for the image (usually {SECONDS:g} s)"
    assert (len(terminal.left), "\x1b" in terminal.seen) == (3, False)


def test_no_color_is_respected(sandbox: Sandbox, tmp_path: Path, gate: Gate) -> None:
    """The line has none anyway."""
    gate.close()
    with on_terminal(tmp_path, KEY, "--base-url", sandbox.url, NO_COLOR="1") as terminal:
        until(lambda: re.search(r"Waiting \d+ s for the image", terminal.seen))
        gate.open()
    assert not re.search(r"\x1b\[[\d;]*m", terminal.seen)


@pytest.mark.parametrize("count", [1, 2])
def test_ctrl_c_does_not_mix_with_the_line(sandbox: Sandbox, tmp_path: Path, gate: Gate, count: int) -> None:
    """What it waits for is said in a line of its own, which stays; the other line goes on below it."""
    several = ["--count", str(count), "--seed", "1"] if count > 1 else []
    gate.close()
    with on_terminal(tmp_path, KEY, *several, "--base-url", sandbox.url, COLUMNS="200") as terminal:
        until(lambda: sandbox.ledger.in_flight == count)
        terminal.process.send_signal(signal.SIGINT)
        until(lambda: re.search(r"Waiting \d+ s for ", terminal.seen.partition("Ctrl-C")[2]))
        gate.open()
    assert terminal.code == 130
    assert terminal.left[0].startswith("Ctrl-C: nothing more is sent, waiting for ")
    assert terminal.left[1].startswith("a-fox")
    assert len(terminal.left) == 1 + 2 * count


@pytest.mark.parametrize("count", [1, 2])
def test_a_second_ctrl_c_has_the_last_word(sandbox: Sandbox, tmp_path: Path, gate: Gate, count: int) -> None:
    """The line is gone by then."""
    several = ["--count", str(count), "--seed", "1"] if count > 1 else []
    gate.close()
    with on_terminal(tmp_path, KEY, *several, "--base-url", sandbox.url, COLUMNS="200") as terminal:
        until(lambda: sandbox.ledger.in_flight == count)
        terminal.process.send_signal(signal.SIGINT)
        until(lambda: "nothing more is sent" in terminal.seen)
        time.sleep(SIGNALS_TOGETHER)
        terminal.process.send_signal(signal.SIGINT)
    assert terminal.code == 130
    assert "may have been billed" in terminal.left[1]
    assert not any("Waiting" in line for line in terminal.left)
    gate.open()
    until(lambda: sandbox.ledger.in_flight == 0)


def test_collect_shows_that_it_waits(tmp_path: Path) -> None:
    """For a job that goes on, with its state."""
    with standing_clock() as clock, queueing_sandbox() as sandbox:
        with Client(api_key=KEY, base_url=sandbox.url) as client:
            job_id = str(client.submit_image(prompt="a fox", width=512, height=512).request_id)
        with on_terminal(tmp_path, KEY, job_id, "--base-url", sandbox.url, command="collect") as terminal:
            until(lambda: re.search(rf"Waiting \d+ s for the image of {job_id}, [A-Z_]+", terminal.seen))
            clock.now += 1
        assert terminal.code == 0
    assert f"{job_id}.jpg" in terminal.left
    assert not any("Waiting" in line for line in terminal.left)


@pytest.mark.parametrize("count", [1, 3])
def test_a_terminal_that_is_closed_loses_no_image(sandbox: Sandbox, tmp_path: Path, gate: Gate, count: int) -> None:
    """Neither the line nor what would be said is in the way of saving."""
    gate.close()
    several = ["--count", str(count)] if count > 1 else []
    program = [*MODULE, "generate", "a fox", *SMALL, "-o", "t.jpg", *several, "--base-url", sandbox.url]
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(tmp_path)
        os.execve(program[0], program, environment(KEY, TERM="xterm-256color"))
    until(lambda: sandbox.ledger.in_flight == count)
    os.close(terminal)
    gate.open()
    os.waitpid(process, 0)
    assert [path.stat().st_size > 1000 for path in tmp_path.glob("t*.jpg")] == [True] * count


def test_collect_says_that_nobody_listens(tmp_path: Path) -> None:
    """In the line, and in a pipe in a line of its own: it would be silent for as long as it may wait."""

    def options(seconds: float) -> tuple[str, ...]:
        return ("--timeout", f"{seconds:g}", "--base-url", "http://127.0.0.1:9")

    def piped(seconds: float) -> str:
        return run("collect", "0f0f", *options(seconds), cwd=tmp_path).err

    def shown(seconds: float) -> str:
        with on_terminal(tmp_path, KEY, "0f0f", *options(seconds), command="collect") as terminal:
            pass
        return terminal.seen

    said = "no connection, next try in 1 s"
    assert with_time_enough(piped, lambda found: said in found, 2).startswith(f"{said}\n")
    assert re.search(rf"Waiting \d+ s: {said}", with_time_enough(shown, lambda found: said in found, 2))


@pytest.mark.parametrize("command", ["generate", "batch"])
def test_the_cursor_is_never_hidden(sandbox: Sandbox, tmp_path: Path, command: str) -> None:
    """After Ctrl-Z, or `kill -9`, the shell would have none."""
    (tmp_path / "p.txt").write_text("a fox\nan owl\n")
    what = ("p.txt",) if command == "batch" else ()
    with on_terminal(tmp_path, KEY, *what, "--base-url", sandbox.url, command=command) as terminal:
        pass
    assert (terminal.code, "\x1b[?25l" in terminal.seen) == (0, False)
