"""`progress=True` outside notebooks: a line on a terminal, and lines in a file. Bars are in `tests/client/notebook`."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from segmind_flux_schnell import Batch, Client, ConfigurationError
from segmind_flux_schnell._runtime.batch.progress_display import displayed, sentence
from segmind_flux_schnell.batch import Progress
from segmind_flux_schnell_sandbox import FluxSchnellSandbox, running_sandbox
from tests.client.batch import prompts

BEGUN = Progress(
    total=40,
    done=10,
    from_disk=2,
    failed=0,
    unknown=0,
    missing=0,
    submitted=0,
    expired=0,
    in_flight=8,
    spent=Decimal("0.080"),
    remaining_credits=None,
    seconds=5.0,
    seconds_left=14.2,
)

RUN = """
from segmind_flux_schnell import Batch, Client
from tests.client.batch import prompts
with Client() as client:
    print(Batch({folder!r}).run(client, prompts(5), in_flight=1, progress={progress}).done)
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[FluxSchnellSandbox]:
    """A sandbox whose images take a moment, so that there is progress to be seen."""
    with running_sandbox() as running:
        running.takes(0.15)
        yield running


def ran(sandbox: FluxSchnellSandbox, folder: Path, progress: object, errors: Any) -> str:
    """Run a batch in a process of its own, and return what it prints on the standard output."""
    code = RUN.format(folder=str(folder), progress=progress)
    variables = {"SEGMIND_BASE_URL": sandbox.url, "SEGMIND_API_KEY": sandbox.key}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **variables}, stdout=subprocess.PIPE, stderr=errors, check=True
    )
    return done.stdout.decode()


def test_a_terminal_has_one_line_that_is_overwritten(sandbox: FluxSchnellSandbox, tmp_path: Path) -> None:
    """With done and total, what was spent and what is left; at the end it stays, and the cursor is below it."""
    ours, theirs = pty.openpty()
    try:
        assert ran(sandbox, tmp_path / "tigers", True, theirs) == "5\n"
        shown = os.read(ours, 1 << 16).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    states = shown.rstrip().split("\r")
    assert shown.count("\n") == 1
    assert any(state.startswith("3 of 5, ") and " left" in state for state in states)
    assert states[-1].startswith("5 of 5, ")
    assert "0.040 spent" in states[-1]
    assert " after " in states[-1]


def test_a_file_has_no_more_lines_than_a_person_reads(sandbox: FluxSchnellSandbox, tmp_path: Path) -> None:
    """The first, one every ten seconds, and the last; without characters that only a terminal understands."""
    log = tmp_path / "log"
    with log.open("wb") as errors:
        ran(sandbox, tmp_path / "tigers", True, errors)
    lines = log.read_bytes().decode().splitlines()
    assert [line.partition(",")[0] for line in lines] == ["0 of 5", "5 of 5"]
    assert "\r" not in log.read_text()


@pytest.mark.parametrize("progress", [False, None])
def test_nothing_is_shown_unless_asked_for(sandbox: FluxSchnellSandbox, tmp_path: Path, progress: object) -> None:
    """Neither False nor None writes anything."""
    log = tmp_path / "log"
    with log.open("wb") as errors:
        ran(sandbox, tmp_path / "tigers", progress, errors)
    assert log.read_bytes() == b""


def test_a_screen_that_is_gone_does_not_end_the_batch(sandbox: FluxSchnellSandbox, tmp_path: Path) -> None:
    """The images are bought and saved all the same."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as errors:
        assert ran(sandbox, tmp_path / "tigers", True, errors) == "5\n"


@pytest.mark.parametrize("progress", ["yes", 1, [print]])
def test_what_is_neither_a_function_nor_true_is_refused(tmp_path: Path, progress: Any) -> None:
    """Before anything is sent or written."""
    with Client(api_key="k") as client, pytest.raises(ConfigurationError, match="progress is "):
        Batch(tmp_path / "tigers").run(client, prompts(1), progress=progress)
    assert not (tmp_path / "tigers").exists()


@pytest.mark.parametrize(
    ("progress", "is_over", "shown"),
    [
        (BEGUN, False, "12 of 40, 2.0/s, 0.080 spent, about 15 s left"),
        (evolve(BEGUN, failed=3, unknown=1), False, "16 of 40, 3 failed, 1 of unknown outcome, 2.0/s, 0.080 spent"),
        (evolve(BEGUN, done=0, seconds_left=None), False, "2 of 40, 0.080 spent"),
        (evolve(BEGUN, wait_notice="next try in 12 s"), False, "12 of 40, next try in 12 s, 2.0/s, 0.080 spent, "),
        (BEGUN, True, "12 of 40, 2.0/s, 0.080 spent, after 5 s"),
    ],
)
def test_a_line_says_how_far_it_is(progress: Progress, is_over: bool, shown: str) -> None:
    """Done of total, what is waited for, failures, spent, and what is left; at its end, how long it took."""
    assert shown in sentence(progress, is_over=is_over)


def test_a_line_is_no_longer_than_the_terminal_is_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lines could not be overwritten."""
    monkeypatch.setenv("COLUMNS", "30")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as screen:
        monkeypatch.setattr(sys, "stderr", screen)
        with displayed(True) as show:
            assert show is not None
            show(evolve(BEGUN, wait_notice="the model may be starting, next try in 12 s"))
    shown = os.read(ours, 4096).decode()
    os.close(ours)
    assert shown.startswith("\r12 of 40, the model may be st")
    assert max(map(len, shown.replace("\n", "\r").split("\r"))) == 29


def test_a_program_without_a_screen_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As those that Windows starts without a console."""
    monkeypatch.setattr(sys, "stderr", None)
    with displayed(True) as show:
        assert show is None
