"""SIGTERM and SIGHUP: what is in flight is finished within a grace period, and what is not is in the journal."""

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from segmind_flux_schnell import AsyncClient, Batch, Client, ConfigurationError, GenerateImageRequest
from segmind_flux_schnell._runtime.batch.interrupts import first_signal
from segmind_flux_schnell._runtime.batch.tunables import SIGNALS_TOGETHER
from segmind_flux_schnell.batch import Progress
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import bought, prompts
from tests.client.batch.conftest import blocking_client
from tests.client.batch.test_kill import stopping, victim
from tests.client.batch.victim import COUNT
from tests.client.gate import Gate
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process on SIGTERM, and has no SIGHUP")

FIVE = "5"


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_is_in_flight_is_finished(sandbox: Sandbox, folder: Path, gate: Gate, name: str, kind: str) -> None:
    """Five in flight: five are paid for, five are saved, nothing new is sent, and the process goes on to its end."""
    gate.close()
    with victim(sandbox, folder, "never", kind, FIVE) as process:
        until(lambda: sandbox.ledger.in_flight == 5)
        process.send_signal(signal.Signals[name])
        stopping(folder)
        gate.open()
        printed, errors = process.communicate(timeout=PATIENCE)
    assert f"ended: 5 done, {COUNT - 5} left, stopped: {name}\n0 unknown" in printed, errors
    assert process.returncode == 0
    assert sum(bought(sandbox).values()) == len(list(folder.glob("*.jpg"))) == 5
    assert len(Batch(folder).plan(prompts(COUNT)).already_done) == 5


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_what_takes_longer_than_the_grace_period_is_in_the_journal(
    sandbox: Sandbox, folder: Path, gate: Gate, kind: str
) -> None:
    """Images that take longer are not waited for: they are listed as unknown, and not bought again."""
    gate.close()
    with victim(sandbox, folder, "never", kind, FIVE, "0.2") as process:
        until(lambda: sandbox.ledger.in_flight == 5)
        process.send_signal(signal.SIGTERM)
        printed, errors = process.communicate(timeout=PATIENCE)
        assert f"ended: 0 done, {COUNT - 5} left, stopped: SIGTERM\n5 unknown" in printed, errors
        assert sandbox.ledger.in_flight == 5
    unknown = [entry for entry in Batch(folder).entries() if entry.status == "unknown"]
    assert len(unknown) == 5
    assert {entry.error for entry in unknown} == {"OutcomeUnknownError"}
    assert "SIGTERM: the grace period was over" in str(unknown[0].message)
    with blocking_client(sandbox.url) as client:
        assert Batch(folder).run(client, prompts(COUNT)).done == COUNT - 5
    assert set(bought(sandbox).values()) == {1}


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    "names", [("SIGHUP", "SIGHUP"), ("SIGTERM", "SIGHUP"), ("SIGTERM", "SIGTERM"), ("SIGINT", "SIGTERM")], ids="+".join
)
def test_signals_that_arrive_together_are_one(
    sandbox: Sandbox, folder: Path, gate: Gate, names: tuple[str, str], kind: str
) -> None:
    """A shell and the kernel both say that the terminal is closed: what was paid for is saved all the same."""
    gate.close()
    with victim(sandbox, folder, "together", kind, FIVE, f"{PATIENCE}") as process:
        until(lambda: sandbox.ledger.in_flight == 5)
        process.send_signal(signal.Signals[names[0]])
        stopping(folder)
        process.send_signal(signal.Signals[names[1]])
        gate.open()
        printed, errors = process.communicate(timeout=PATIENCE)
    first = "Ctrl-C" if names[0] == "SIGINT" else names[0]
    assert f"ended: 5 done, {COUNT - 5} left, stopped: {first}\n0 unknown" in printed, errors
    assert process.returncode == 0
    assert sum(bought(sandbox).values()) == len(list(folder.glob("*.jpg"))) == 5


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_second_signal_ends_it_at_once(sandbox: Sandbox, folder: Path, gate: Gate, kind: str) -> None:
    """The process is killed by it, and the journal is true: five may have been billed, and are not bought again."""
    gate.close()
    with victim(sandbox, folder, "never", kind, FIVE, f"{PATIENCE}") as process:
        until(lambda: sandbox.ledger.in_flight == 5)
        process.send_signal(signal.SIGTERM)
        stopping(folder)
        # Signals that arrive together are one.
        time.sleep(SIGNALS_TOGETHER)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        printed, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGTERM, (printed, errors)
    assert len(Batch(folder).plan(prompts(COUNT)).unknown) == 5
    with blocking_client(sandbox.url) as client:
        Batch(folder).run(client, prompts(COUNT))
    assert set(bought(sandbox).values()) == {1}


def test_a_program_that_handles_signals_itself_keeps_them(sandbox: Sandbox, folder: Path) -> None:
    """A host application decides what SIGTERM means, and a process under nohup does not end at SIGHUP."""
    seen: list[object] = []

    def own(number: int, frame: object) -> None:
        seen.append(number)

    def press(progress: Progress) -> None:
        if progress.done == 1 and not seen:
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGHUP)

    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP)}
    signal.signal(signal.SIGTERM, own)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with blocking_client(sandbox.url) as client:
            summary = Batch(folder).run(client, prompts(4), in_flight=1, progress=press)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    assert (summary.done, summary.stopped, seen) == (4, None, [signal.SIGTERM])


def test_a_ctrl_c_while_the_plan_is_made_sends_nothing(sandbox: Sandbox, folder: Path) -> None:
    """asyncio notes it, and cancels the task when that next waits: by then no request may be in the journal."""

    def pressed() -> Iterator[GenerateImageRequest]:
        yield from prompts(3)
        signal.raise_signal(signal.SIGINT)

    async def main() -> None:
        async with AsyncClient(api_key=KEY, base_url=sandbox.url) as client:
            await Batch(folder).run_async(client, pressed())

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(main())
    assert sandbox.ledger.posts == ()
    assert len(Batch(folder).plan(prompts(3)).to_send) == 3


def test_the_handlers_are_put_back() -> None:
    """After the context, and before the second signal takes effect."""
    # What the tests themselves handle below `nohup` is left to them.
    usual = (signal.SIG_DFL, signal.default_int_handler)
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if signal.getsignal(signal.Signals[name]) in usual]
    before = [signal.getsignal(signal.Signals[name]) for name in names]
    seen: list[str] = []
    with first_signal(seen.append):
        during = [signal.getsignal(signal.Signals[name]) for name in names]
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            os.kill(os.getpid(), signal.Signals[name])
        time.sleep(SIGNALS_TOGETHER)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert before == [signal.getsignal(signal.Signals[name]) for name in names]
    assert seen == ["SIGTERM"]
    assert all(now is not then for now, then in zip(during, before, strict=True))
    assert before == [signal.getsignal(signal.Signals[name]) for name in names]


def test_signals_are_left_alone_in_another_thread(sandbox: Sandbox, folder: Path) -> None:
    """Only the main thread receives them: a batch in another one runs, and changes no handler."""
    handlers: list[object] = []

    def look(progress: Progress) -> None:
        handlers.append(signal.getsignal(signal.SIGTERM))

    def run() -> None:
        with Client(api_key=KEY, base_url=sandbox.url) as client:
            Batch(folder).run(client, prompts(2), progress=look)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert handlers
    assert set(handlers) == {signal.getsignal(signal.SIGTERM)}


@pytest.mark.parametrize("option", ["max_wait", "grace_period"])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), "8", True], ids=repr)
def test_seconds_have_to_be_a_number(folder: Path, option: str, value: object) -> None:
    """Before anything is sent or written."""
    options: dict[str, object] = {option: value}
    with Client(api_key=KEY) as client, pytest.raises(ConfigurationError, match=f"{option} is .*, not a number of sec"):
        Batch(folder).run(client, prompts(1), **options)  # type: ignore[arg-type]
    assert not folder.exists()
