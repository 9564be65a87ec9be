"""`kill -9`, Ctrl-C and full disks: what the sandbox billed in total after the batch ran again."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import Batch, ConfigurationError, GenerateImageRequest, JournalError, NotSavedError
from segmind_flux_schnell._runtime.batch import drive
from segmind_flux_schnell._runtime.batch.tunables import SIGNALS_TOGETHER
from segmind_flux_schnell.batch import Progress
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import bought, prompts
from tests.client.batch.conftest import ROOT, Run, blocking_client
from tests.client.batch.victim import COUNT, IN_FLIGHT, stopping_mark
from tests.client.gate import GATE, Gate
from tests.waiting import PATIENCE, until

IN_FLIGHT_MOMENT = "in flight"

# Windows has no signals: a killed process ends with the code that its killer gives it.
KILLED = (1, signal.SIGTERM) if sys.platform == "win32" else (-signal.SIGKILL,)

needs_ctrl_c = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a console, not to a process")

UNKNOWN = {
    # The moment, and how many requests of the first round are unknown afterwards: at least, at most.
    "planned": (IN_FLIGHT, IN_FLIGHT),
    IN_FLIGHT_MOMENT: (IN_FLIGHT, IN_FLIGHT),
    # The image that is on disk says itself which request is its own.
    "stored": (0, IN_FLIGHT - 1),
    "half-written": (0, IN_FLIGHT - 1),
    "noted": (0, IN_FLIGHT),
}


@contextmanager
def victim(sandbox: Sandbox, folder: Path, moment: str, kind: str, *further: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs a batch, killed at the end of the context if it still runs."""
    command = [sys.executable, "-m", "tests.client.batch.victim", sandbox.url, str(folder), moment, kind, *further]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()
            GATE.open()
            until(lambda: sandbox.ledger.in_flight == 0)


def stopping(folder: Path) -> None:
    """Wait until the process that writes to a folder has received its first signal, and sends nothing new."""
    until(stopping_mark(folder).exists)


def killed(sandbox: Sandbox, folder: Path, moment: str, kind: str) -> None:
    """Run the batch in a process that is killed at a moment, and wait until the sandbox has nothing left to answer."""
    if moment == IN_FLIGHT_MOMENT:
        GATE.close()
    with victim(sandbox, folder, "never" if moment == IN_FLIGHT_MOMENT else moment, kind) as process:
        if moment == IN_FLIGHT_MOMENT:
            until(lambda: sandbox.ledger.in_flight == IN_FLIGHT)
            process.kill()
        assert process.wait(timeout=PATIENCE) in KILLED, process.communicate()


@pytest.mark.parametrize(
    ("moment", "kind"), [*((moment, "sync") for moment in UNKNOWN), (IN_FLIGHT_MOMENT, "async"), ("stored", "async")]
)
def test_nothing_is_bought_twice_after_a_kill(sandbox: Sandbox, folder: Path, moment: str, kind: str) -> None:
    """Killed at any moment and run again: no request is billed twice, and those in flight are listed as unknown."""
    killed(sandbox, folder, moment, kind)
    batch = Batch(folder)
    plan = batch.plan(prompts(COUNT))
    least, most = UNKNOWN[moment]
    assert least <= len(plan.unknown) <= most
    assert len(plan.already_done) == len(list(folder.glob("*.jpg")))
    assert len(plan.unknown) + len(plan.already_done) + len(plan.to_send) == COUNT

    with blocking_client(sandbox.url) as client:
        summary = batch.run(client, prompts(COUNT))
    assert summary.unknown == plan.unknown
    assert summary.done == len(plan.to_send)
    assert set(bought(sandbox).values()) == {1}
    images = [entry for entry in batch.entries() if entry.status == "done"]
    assert len(images) == COUNT - len(plan.unknown)
    assert all((folder / str(entry.file)).is_file() for entry in images)


def test_an_image_that_the_journal_lacks_is_recognized(sandbox: Sandbox, folder: Path) -> None:
    """By the request in it, if it is whole; it is not sent again with `retry_unknown` either, and its entry is done."""
    killed(sandbox, folder, "stored", "sync")
    (image, *_) = folder.glob("*.jpg")
    batch, request = Batch(folder), GenerateImageRequest.from_image(image)
    assert b'"done"' not in batch.journal.read_bytes()
    (entry,) = (entry for entry in batch.entries() if entry.file == image.name)
    assert (entry.status, entry.billed, entry.request, entry.error) == ("done", True, request.to_dict(), None)
    assert [one.request for one in batch.plan([request], retry_unknown=True).already_done] == [request]

    image.write_bytes(image.read_bytes()[:-2])
    assert [one.request for one in batch.plan([request]).unknown] == [request]
    image.unlink()
    image.symlink_to(os.devnull)
    assert [one.request for one in batch.plan([request]).unknown] == [request]


def test_unknown_requests_are_sent_again_on_request(sandbox: Sandbox, folder: Path) -> None:
    """With `retry_unknown` the batch is completed: requests that had been billed already are then paid for twice."""
    killed(sandbox, folder, IN_FLIGHT_MOMENT, "sync")
    with blocking_client(sandbox.url) as client:
        summary = Batch(folder).run(client, prompts(COUNT), retry_unknown=True)
    assert (summary.done, summary.unknown) == (COUNT, ())
    assert sorted(bought(sandbox).values()) == [1] * (COUNT - IN_FLIGHT) + [2] * IN_FLIGHT


def test_two_processes_do_not_write_one_journal(sandbox: Sandbox, folder: Path, gate: Gate) -> None:
    """While one process runs the batch, another one is refused, and sends nothing."""
    gate.close()
    with victim(sandbox, folder, "never", "sync"):
        until(lambda: sandbox.ledger.in_flight == IN_FLIGHT)
        with blocking_client(sandbox.url) as client, pytest.raises(ConfigurationError, match="by another process"):
            Batch(folder).run(client, prompts(COUNT, start=100))
    assert not any("tiger 10" in prompt for prompt in bought(sandbox))


@needs_ctrl_c
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_first_ctrl_c_finishes_what_is_in_flight(sandbox: Sandbox, folder: Path, gate: Gate, kind: str) -> None:
    """Nothing new is sent, no outcome is unknown, and the summary says why the run ended."""
    gate.close()
    with victim(sandbox, folder, "never", kind) as process:
        until(lambda: sandbox.ledger.in_flight == IN_FLIGHT)
        process.send_signal(signal.SIGINT)
        stopping(folder)
        gate.open()
        printed, errors = process.communicate(timeout=PATIENCE)
    posts = len(sandbox.ledger.posts)
    assert f"ended: {posts} done, {COUNT - posts} left, stopped: Ctrl-C" in printed, errors
    assert process.returncode == 0
    assert IN_FLIGHT <= posts < COUNT
    assert not Batch(folder).plan(prompts(COUNT)).unknown


@needs_ctrl_c
def test_the_first_ctrl_c_works_between_short_waits(
    sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a Ctrl-C does not interrupt a wait: the run polls, and ends cleanly all the same."""
    monkeypatch.setattr("segmind_flux_schnell._runtime.batch.interrupts._LONGEST_WAITS", {os.name: 0.01})

    presses = iter([signal.SIGINT])

    def interrupt(progress: Progress) -> None:
        if progress.done == IN_FLIGHT:
            for press in presses:
                signal.raise_signal(press)

    with blocking_client(sandbox.url) as client:
        summary = Batch(folder).run(client, prompts(COUNT), in_flight=1, progress=interrupt)
    # The next request is in flight when the progress is reported.
    assert (summary.done, summary.left, summary.stopped) == (IN_FLIGHT + 1, COUNT - IN_FLIGHT - 1, "Ctrl-C")


@needs_ctrl_c
def test_the_first_ctrl_c_works_whichever_thread_receives_it(
    sandbox: Sandbox, folder: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The main thread is not woken by one that another thread gets, nor by one just before it begins to wait."""
    gate.close()
    noted, stop = threading.Event(), drive._stop  # pyright: ignore[reportPrivateUsage]

    def noting(*arguments: Any, **options: Any) -> None:
        noted.set()
        stop(*arguments, **options)

    monkeypatch.setattr(drive, "_stop", noting)

    def press() -> None:
        until(lambda: sandbox.ledger.in_flight == IN_FLIGHT)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        until(noted.is_set)
        gate.open()

    presses = threading.Thread(target=press)
    with blocking_client(sandbox.url) as client:
        presses.start()
        summary = Batch(folder).run(client, prompts(COUNT), in_flight=IN_FLIGHT)
        presses.join()
    assert (summary.done, summary.stopped) == (IN_FLIGHT, "Ctrl-C")


@needs_ctrl_c
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_second_ctrl_c_passes_through(sandbox: Sandbox, folder: Path, gate: Gate, kind: str) -> None:
    """The run ends at once; requests in flight are unknown then, and are not bought again."""
    gate.close()
    with victim(sandbox, folder, "never", kind) as process:
        until(lambda: sandbox.ledger.in_flight == IN_FLIGHT)
        process.send_signal(signal.SIGINT)
        stopping(folder)
        time.sleep(SIGNALS_TOGETHER)
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate(timeout=PATIENCE)
    assert "interrupted" in printed, errors
    plan = Batch(folder).plan(prompts(COUNT))
    assert len(plan.unknown) == IN_FLIGHT
    with blocking_client(sandbox.url) as client:
        Batch(folder).run(client, prompts(COUNT))
    assert set(bought(sandbox).values()) == {1}


def test_an_image_that_the_disk_does_not_take_is_not_bought_again(
    run: Run, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when the second image arrives: the error has its bytes, and the journal says so."""
    monkeypatch.setattr("tempfile.tempdir", str(folder.parent))
    from segmind_flux_schnell._runtime.batch.image_store import ImageStore

    store, calls = ImageStore.store, iter(range(100))

    def full(self: ImageStore, save: Any, suffix: str) -> str:
        if next(calls) == 1:
            raise OSError(28, "No space left on device")
        return store(self, save, suffix)

    with monkeypatch.context() as patched:
        patched.setattr(ImageStore, "store", full)
        with pytest.raises(NotSavedError, match="No space left") as raised:
            run(Batch(folder), prompts(6), in_flight=1)
    assert raised.value.content == Path(str(raised.value.kept)).read_bytes()
    assert raised.value.content.startswith(b"\xff\xd8")
    plan = Batch(folder).plan(prompts(6))
    assert (len(plan.already_done), len(plan.rejected), len(plan.to_send)) == (1, 1, 4)
    run(Batch(folder), prompts(6))
    assert set(bought(sandbox).values()) == {1}


def test_a_request_that_the_journal_does_not_take_is_not_sent(
    run: Run, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk takes half a line and no more: nothing further is sent, and the next run continues after that line."""
    write, room = os.write, iter([10_000, 10_000, 10_000, 20, 0, 0])

    def full(handle: int, line: bytes) -> int:
        return write(handle, line[: next(room)])

    with monkeypatch.context() as patched:
        patched.setattr("segmind_flux_schnell._runtime.batch.journal.os.write", full)
        with pytest.raises(JournalError, match=r"journal\.jsonl was not written: No space left") as raised:
            run(Batch(folder), prompts(6), in_flight=1)
    assert raised.value.billed is None
    assert len(sandbox.ledger.posts) == 1
    summary = run(Batch(folder), prompts(6))
    assert summary.done + summary.from_disk + len(summary.unknown) == 6
    assert set(bought(sandbox).values()) == {1}
