"""The commands over the queue: `batch --queue`, `generate --queue`, and `collect`."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from segmind_flux_schnell import Client, ImageJob, JobTimeoutError, OutcomeUnknownError
from segmind_flux_schnell._runtime.cli.queued_call import QueuedCall
from segmind_flux_schnell._runtime.cli.start import start
from segmind_flux_schnell.cli import PROGRAM
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_CRASH
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch.queueing import QUICK, SLOW, SUBMIT, queueing_sandbox, scale_polls
from tests.client.cli.conftest import Flux
from tests.client.cli.galleries import Page
from tests.client.cli.running import environment
from tests.client.cli.test_signals import started
from tests.client.faults.queue_relay import Exchange, passed, relaying
from tests.waiting import PATIENCE, until, with_time_enough

SMALL = ("--width", "512", "--height", "512")

SCRIPT = Path(sys.executable).with_name("flux-schnell")

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process on SIGTERM")


@pytest.fixture(autouse=True)
def quick_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are asked for more often than the document allows, by an account that gets images at once."""
    scale_polls(monkeypatch)
    monkeypatch.setenv("SEGMIND_API_KEY", KEY)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox whose jobs are done at once, nearly."""
    with queueing_sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def slow() -> Iterator[Sandbox]:
    """A sandbox whose jobs go on."""
    with queueing_sandbox(SLOW) as running:
        yield running


@pytest.fixture
def prompts(folder: Path) -> Path:
    """Three requests."""
    path = folder / "prompts.jsonl"
    path.write_text("\n".join(json.dumps({"prompt": f"tiger {n}", "width": 512, "height": 512}) for n in range(3)))
    return path


def submitted(sandbox: Sandbox, key: str = KEY, prompt: str = "a fox") -> str:
    """The id of a job that another program has submitted."""
    with Client(api_key=key, base_url=sandbox.url) as client:
        return str(client.submit_image(prompt=prompt, width=512, height=512).request_id)


def test_a_batch_over_the_queue(flux: Flux, sandbox: Sandbox, prompts: Path) -> None:
    """Its images are bought by submits alone, and its summary is that of any batch."""
    before = len(sandbox.ledger.posts)
    done = flux("batch", prompts, "--queue", "--base-url", sandbox.url)
    assert done.code == 0, done.err
    assert done.out.startswith("3 images bought\n0.024 credits spent, ")
    assert {entry.path for entry in sandbox.ledger.posts[before:]} == {SUBMIT}
    assert len(list((prompts.parent / "out").glob("*.jpg"))) == 3


def test_jobs_that_go_on_are_collected_by_the_next_run(flux: Flux, prompts: Path) -> None:
    """They are named as submitted by the summary, the plan and the gallery, and collected by any route."""
    with queueing_sandbox(evolve(QUICK, processing_seconds=1.5)) as sandbox:
        first = flux("batch", prompts, "--queue", "--timeout", "0.5", "--base-url", sandbox.url)
        assert (first.code, first.out.splitlines()[0]) == (4, "0 images bought, 3 submitted")
        assert "3 jobs are still active" in first.err
        assert "lines 1-3): run again within 1 h to collect them" in first.err
        assert "unknown" not in first.out + first.err
        plan = flux("plan", prompts, "-o", "out")
        assert "submitted before, collected first (3): lines 1-3" in plan.out
        ids = {one["job_id"] for one in flux("plan", prompts, "-o", "out", "--json").json["submitted"]}
        assert len(ids) == 3
        assert flux("review", "out", "--json").json["submitted"] == 3
        page = Page.read(prompts.parent / "out" / "review.html")
        assert len(page.all("li", "submitted")) == 3
        assert "Submitted, not collected yet" in " ".join(page.texts)
        again = flux("batch", prompts, "--base-url", sandbox.url, "--json")
        assert (again.code, again.json["done"], again.json["collected"], again.json["submitted"]) == (0, 3, 3, [])
        assert len(sandbox.ledger.posts) == 3


def test_jobs_that_expired_are_listed(flux: Flux, prompts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They may have been billed: exit code 3, until `--retry-missing` buys them again."""
    scale_polls(monkeypatch, record_seconds=0.7)
    with queueing_sandbox(evolve(SLOW, record_seconds=0.7)) as sandbox:
        flux("batch", prompts, "--queue", "--timeout", "0.2", "--base-url", sandbox.url)
        until(lambda: flux("batch", prompts, "--timeout", "0.2", "--base-url", sandbox.url, "--json").json["expired"])
        done = flux("batch", prompts, "--base-url", sandbox.url)
    assert (done.code, done.out.splitlines()[0]) == (3, "0 images bought, 3 expired")
    assert "lines 1-3: may have been billed, --retry-missing buys them again" in done.err
    assert (
        "not collected in time, not bought again without --retry-missing (3)" in flux("plan", prompts, "-o", "out").out
    )
    with queueing_sandbox() as sandbox:
        assert flux("batch", prompts, "--queue", "--retry-missing", "--base-url", sandbox.url).code == 0


@needs_signals
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_leaves_jobs_to_the_next_run(slow: Sandbox, prompts: Path, name: str, code: int) -> None:
    """It says how many go on, and nothing is unknown."""
    before = len(slow.ledger.entries)
    arguments = ("batch", prompts.name, "--queue", "--base-url", slow.url)
    with started(prompts.parent, KEY, *arguments) as process:
        until(lambda: len(slow.ledger.entries) >= before + 6)
        process.send_signal(signal.Signals[name])
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == code, err
    assert out.splitlines()[0] == "0 images bought, 3 submitted"
    assert "3 jobs are still active" in err


def test_an_image_over_the_queue(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """The id of its job is said as soon as it is known; the rest is as without a queue."""
    done = flux("generate", "a tiger", "-o", "t.jpg", *SMALL, "--queue", "--base-url", sandbox.url)
    assert (done.code, done.out) == (0, "t.jpg\n"), done.err
    first, second = done.err.splitlines()
    assert first.startswith("Submitted as ")
    assert second.startswith("512 x 512, ")
    assert "cost 0.008" in second
    facts = flux("generate", "an owl", *SMALL, "--queue", "--json", "--base-url", sandbox.url).json
    assert (facts["width"], facts["cost"], facts["request"]["prompt"]) == (512, "0.008", "an owl")
    assert (folder / "t.jpg").stat().st_size > 1000


@needs_signals
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_says_how_to_collect_the_image(slow: Sandbox, folder: Path, name: str, code: int) -> None:
    """Nothing is lost: the job is named, with the command that collects it."""
    before = len(slow.ledger.entries)
    arguments = ("generate", "a tiger", *SMALL, "--queue", "--grace-period", "0.2", "--base-url", slow.url)
    with started(folder, KEY, *arguments) as process:
        until(lambda: len(slow.ledger.entries) >= before + 2)
        process.send_signal(signal.Signals[name])
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == code, err
    job_id = err.split("Submitted as ")[1].split()[0]
    assert f"the job is still active: collect it with `python -m segmind_flux_schnell collect {job_id}`" in err


@pytest.mark.skipif(not SCRIPT.exists(), reason="needs the installed program")
def test_the_command_that_collects_is_that_of_the_program(slow: Sandbox, folder: Path) -> None:
    """`python -m` would find no package that pipx or uvx has installed."""
    arguments = [str(SCRIPT), "collect", going := submitted(slow), "--timeout", "0.3", "--base-url", slow.url]
    done = subprocess.run(
        arguments, cwd=folder, env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 4
    assert f"`flux-schnell collect {going}`" in done.stderr
    assert "python -m" not in done.stderr


def test_the_time_of_an_image_over_the_queue_begins_with_its_submit(slow: Sandbox) -> None:
    """What the submit takes is not given to the wait once more: half of the time is left for that."""

    def share(timeout: float) -> float | None:
        def late(exchange: Exchange) -> None:
            exchange.connection.wait(timeout / 2)
            passed(exchange)

        with (
            relaying(slow, {"submit": [late]}) as (relay, _),
            Client(api_key=KEY, base_url=relay.url, timeout=timeout) as client,
            pytest.raises((JobTimeoutError, OutcomeUnknownError)) as raised,
        ):
            QueuedCall(client, ImageJob._spec, timeout)(prompt="a fox", width=512, height=512)
        return raised.value.waited / timeout if isinstance(raised.value, JobTimeoutError) else None

    found = with_time_enough(share, lambda found: found is not None and found < 0.95, 2)
    assert found is not None
    assert found < 0.95


def test_a_job_is_collected(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """By its id, into a file that has it as its name; collecting costs nothing, and can be repeated."""
    job_id, before = submitted(sandbox), sandbox.ledger.billed
    done = flux("collect", job_id, "--base-url", sandbox.url)
    assert (done.code, done.out) == (0, f"{job_id}.jpg\n"), done.err
    assert "512 x 512" in done.err
    assert flux("collect", job_id, "-o", "fox.jpg", "--base-url", sandbox.url).out == "fox.jpg\n"
    assert (folder / "fox.jpg").read_bytes()[:2] == b"\xff\xd8"
    assert sandbox.ledger.billed == before


def test_several_jobs_are_collected_into_a_folder(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """A line each; the output as JSON is one list."""
    ids = [submitted(sandbox, prompt=f"fox {number}") for number in range(3)]
    # What is done comes first: here all of them are.
    until(lambda: all(_state(sandbox, one) == "COMPLETED" for one in ids))
    (folder / "foxes").mkdir()
    done = flux("collect", *ids, "-o", "foxes", "--base-url", sandbox.url)
    assert (done.code, done.out.splitlines()) == (0, [str(Path("foxes", f"{one}.jpg")) for one in ids])
    found = flux("collect", *ids, ids[0], "--json", "--base-url", sandbox.url).json
    assert [one["job_id"] for one in found] == ids
    assert [one["cost"] for one in found] == ["0.008"] * 3
    wrong = flux("collect", *ids, "-o", "fox.jpg", "--base-url", sandbox.url)
    assert (wrong.code, "fox.jpg is not a folder: several images need one" in wrong.err) == (2, True)


def test_what_is_done_is_collected_before_the_others_are_waited_for(flux: Flux, folder: Path) -> None:
    """The record of a job that is done could expire meanwhile. The output as JSON has them as they were named."""
    with queueing_sandbox(evolve(QUICK, processing_seconds=3.0)) as sandbox:
        done = submitted(sandbox)
        until(lambda: _state(sandbox, done) == "COMPLETED")
        going_on = submitted(sandbox)
        found = flux("collect", going_on, done, "--base-url", sandbox.url)
        assert (found.code, found.out.splitlines()) == (0, [f"{done}.jpg", f"{going_on}.jpg"]), found.err
        listed = flux("collect", going_on, done, "--json", "--base-url", sandbox.url).json
    assert [one["job_id"] for one in listed] == [going_on, done]


def _state(sandbox: Sandbox, job_id: str) -> str:
    with Client(api_key=KEY, base_url=sandbox.url) as client:
        return client.image_job(job_id).status()


@pytest.mark.parametrize("wrong", ["", "  ", "x" * 5000])
def test_what_is_not_an_id_is_refused_before_anything_is_sent(flux: Flux, sandbox: Sandbox, wrong: str) -> None:
    """The others can be collected without it."""
    job_id = submitted(sandbox)
    before = len(sandbox.ledger.entries)
    done = flux("collect", job_id, wrong, "--base-url", sandbox.url)
    assert (done.code, done.out, len(sandbox.ledger.entries)) == (2, "", before)
    assert "is neither the id of a job nor an ImageJob" in done.err


def test_each_job_that_brings_no_image_has_a_sentence(flux: Flux, sandbox: Sandbox, slow: Sandbox) -> None:
    """One that failed, one that goes on, and one that nobody knows: the others are collected all the same."""
    good = submitted(sandbox)
    done = flux("collect", "no-such-job", good, "--base-url", sandbox.url)
    assert (done.code, done.out) == (3, f"{good}.jpg\n")
    assert "has expired, or the id is not one of this account" in done.err
    running = flux("collect", going := submitted(slow), "--timeout", "0.3", "--base-url", slow.url)
    assert (running.code, running.out) == (4, "")
    assert f"python -m segmind_flux_schnell collect {going}" in running.err
    assert flux("collect", going, "--timeout", "0.3", "--json", "--base-url", slow.url).json[0]["job_id"] == going


def test_a_job_that_failed_is_not_billed(flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 1, with the service's reason."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY_CRASH)
    failed = submitted(sandbox, KEY_CRASH)
    done = flux("collect", failed, "--json", "--base-url", sandbox.url)
    (found,) = done.json
    assert (done.code, found["error"], found["billed"], found["job_id"]) == (1, "JobFailedError", False, failed)
    assert "the job failed" in done.err


def test_a_document_without_a_queue_has_none_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the command nor the options are offered."""
    program = evolve(PROGRAM, job=None)
    assert start(program, ["collect", "x"]) == 2
    assert "No such command 'collect'" in capsys.readouterr().err
    for command in ("generate", "batch"):
        assert start(program, [command, "--help"]) == 0
        assert "--queue" not in capsys.readouterr().out


def test_the_help_says_how_long_jobs_can_be_collected(flux: Flux, document: dict[str, Any]) -> None:
    """The time is that of the document."""
    job: dict[str, Any] = document["components"]["responses"]["Queued"]["x-job"]
    assert job["record-seconds"] == 3600
    assert "The service keeps the record of a job for 1 h." in " ".join(flux("collect", "--help").out.split())


def test_collect_finds_a_missing_folder_before(flux: Flux) -> None:
    """For all ids at once: nothing is sent."""
    done = flux("collect", "0f0f", "1f1f", "-o", "missing/")
    assert (done.code, done.err) == (2, "Error: missing is not a folder: create it first. Nothing was sent.\n")
