"""Batches over the queue: what is in the journal, what the next run does with it, and how a run ends."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import anyio
import httpx
import pytest
from attrs import evolve

from segmind_flux_schnell import (
    AsyncClient,
    AttemptEnded,
    Batch,
    BatchSummary,
    Budget,
    Client,
    ConfigurationError,
    Event,
    GenerateImageRequest,
    JobFailedError,
    JournalError,
)
from segmind_flux_schnell._runtime.batch.history import key_of
from segmind_flux_schnell._runtime.batch.journal import Journal
from segmind_flux_schnell.batch import Progress
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_CRASH
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import PRICE, bought, prompts
from tests.client.batch.conftest import ROOT
from tests.client.batch.queueing import QUICK, SLOW, SUBMIT, Watched, questions, queueing_sandbox, scale_polls
from tests.client.batch.test_run import events, events_of
from tests.client.images import jpeg
from tests.client.responding_server import RespondingServer
from tests.standing_clock import standing_clock
from tests.waiting import PATIENCE, until, with_time_enough

Run = Callable[..., BatchSummary[GenerateImageRequest]]

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process on SIGTERM")


@pytest.fixture(autouse=True)
def quick_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are asked for more often than the document allows."""
    scale_polls(monkeypatch)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox whose jobs are done at once, nearly."""
    with queueing_sandbox() as running:
        yield running


@pytest.fixture(params=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Run:
    """Runs a batch over the queue, in one test with the blocking client, in another with the asynchronous one."""

    def options_of(sandbox: Sandbox, options: dict[str, Any]) -> dict[str, Any]:
        own: dict[str, Any] = {name: options.pop(name) for name in ("budget", "hooks") if name in options}
        return {"api_key": options.pop("key", KEY), "base_url": sandbox.url, "retry": None, **own}

    def run_sync(sandbox: Sandbox, batch: Batch, requests: Any, **options: Any) -> Any:
        transport = httpx.HTTPTransport(verify=False)
        with Client(transport=transport, **options_of(sandbox, options)) as client:
            return batch.run(client, requests, **{"route": "queue", **options})

    async def run_async(sandbox: Sandbox, batch: Batch, requests: Any, **options: Any) -> Any:
        transport = httpx.AsyncHTTPTransport(verify=False)
        async with AsyncClient(transport=transport, **options_of(sandbox, options)) as client:
            return await batch.run_async(client, requests, **{"route": "queue", **options})

    if request.param == "sync":
        return run_sync
    return lambda *arguments, **options: asyncio.run(run_async(*arguments, **options))


def leave_jobs(
    sandbox: Sandbox, folder: Path, requests: list[GenerateImageRequest], name: str = "journal.jsonl"
) -> list[str]:
    """Submit requests as a run would that was killed right afterwards, and return the ids of their jobs."""
    folder.mkdir(exist_ok=True)
    ids: list[str] = []
    with Client(api_key=KEY, base_url=sandbox.url) as client, Journal(folder / name) as journal:
        for request in requests:
            body = request.to_dict()
            job = client.submit_image(prompt=request.prompt, width=512, height=512)
            journal.write("sending", key=key_of(body), request=body)
            journal.write("submitted", key=key_of(body), job_id=job.request_id)
            ids.append(job.request_id)
    return ids


def test_images_are_bought_over_the_queue(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Each request is submitted once and no image is bought directly; what it cost is what the jobs report."""
    summary = run(sandbox, Batch(folder), prompts(12), in_flight=4)
    assert (summary.done, summary.collected, summary.failed, summary.stopped) == (12, 0, 0, None)
    assert (summary.submitted, summary.unknown, summary.expired) == ((), (), ())
    assert summary.spent == 12 * Decimal(PRICE) == sandbox.ledger.billed
    assert summary.remaining_credits is not None
    assert {entry.path for entry in sandbox.ledger.posts} == {SUBMIT}
    assert set(bought(sandbox).values()) == {1}
    assert len(list(folder.glob("*.jpg"))) == 12
    again = run(sandbox, Batch(folder), prompts(12))
    assert (again.done, again.from_disk, len(sandbox.ledger.posts)) == (0, 12, 12)


def test_the_journal_has_the_id_of_each_job(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """A line when it is submitted, and the id beside the outcome."""
    run(sandbox, Batch(folder), prompts(1))
    _, sending, submitted, done = events(folder)
    (job_id,) = cast("Watched", sandbox.app).jobs["tiger 0"]
    assert [line["event"] for line in (sending, submitted, done)] == ["sending", "submitted", "done"]
    assert (submitted["job_id"], done["job_id"], done["request_id"], done["cost"]) == (job_id, job_id, job_id, PRICE)
    assert sending["key"] == submitted["key"] == done["key"]
    (entry,) = Batch(folder).entries()
    assert (entry.status, entry.job_id, entry.billed) == ("done", job_id, True)


def test_nothing_follows_before_the_id_is_on_disk(
    run: Run, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever the service is asked for a job, its id has been written and synced."""
    synced: list[str] = []
    sync = Journal.sync

    def noting(self: Journal) -> None:
        sync(self)
        synced[:] = [self.path.read_text()]

    monkeypatch.setattr(Journal, "sync", noting)
    seen: list[bool] = []

    def look(event: Any) -> None:
        parts = event.request.path.split("/")
        if "requests" in parts:
            seen.append(f'"job_id": "{parts[3]}"' in synced[0])

    run(sandbox, Batch(folder), prompts(6), in_flight=3, hooks=[look])
    assert seen
    assert all(seen)


@pytest.mark.parametrize("route", ["queue", "direct"])
def test_the_next_run_collects_before_it_sends(run: Run, sandbox: Sandbox, folder: Path, route: str) -> None:
    """What an earlier run submitted is asked for first, whatever the route, and nothing is bought twice."""
    ids = leave_jobs(sandbox, folder, prompts(3))
    batch = Batch(folder)
    assert {one.entry.job_id for one in batch.plan(prompts(5)).submitted if one.entry} == set(ids)
    assert [one.index for one in batch.plan(prompts(5)).to_send] == [3, 4]
    before = len(sandbox.ledger.entries)
    summary = run(sandbox, batch, prompts(5), route=route)
    after = sandbox.ledger.entries[before:]
    first_post = next(at for at, entry in enumerate(after) if entry.method == "POST")
    assert {entry.path.split("/")[3] for entry in after[:first_post] if entry.path.endswith("/status")} == set(ids)
    assert (summary.done, summary.collected, summary.total) == (5, 3, 5)
    assert summary.spent == 2 * Decimal(PRICE)
    assert set(bought(sandbox).values()) == {1}
    paths = {entry.path for entry in after if entry.method == "POST"}
    assert paths == {SUBMIT if route == "queue" else "/v1/flux-schnell"}


def test_jobs_of_other_requests_are_collected_too(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """An earlier run had other requests: what it submitted would expire. It counts for itself."""
    leave_jobs(sandbox, folder, prompts(3))
    assert len(Batch(folder).plan(prompts(2, start=3)).others) == 3
    summary = run(sandbox, Batch(folder), prompts(2, start=3))
    assert (summary.total, summary.done, summary.collected, summary.others, summary.submitted) == (2, 2, 0, 3, ())
    assert summary.spent == 2 * Decimal(PRICE)
    again = run(sandbox, Batch(folder), prompts(5))
    assert (again.from_disk, again.others) == (5, 0)
    assert set(bought(sandbox).values()) == {1}


def test_jobs_of_other_requests_that_go_on_are_left(run: Run, folder: Path) -> None:
    """They are not requests of this run, and stay in the journal."""
    with queueing_sandbox(SLOW) as sandbox:
        leave_jobs(sandbox, folder, prompts(2))
        summary = run(sandbox, Batch(folder), [], timeout=0.3)
    assert (summary.total, summary.done, summary.others, summary.submitted) == (0, 0, 0, ())
    assert len(Batch(folder).plan(prompts(2)).submitted) == 2


def test_jobs_of_other_shards_are_left_to_them(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Each shard collects what it owns, whichever journal has it; afterwards no shard asks for it again."""
    leave_jobs(sandbox, folder, prompts(8), "journal-1-of-3.jsonl")
    own = Batch(folder, shard=(1, 2))
    planned = own.plan(prompts(8))
    assert 0 < len(planned.submitted) < 8
    assert run(sandbox, own, prompts(8)).collected == len(planned.submitted)
    assert run(sandbox, Batch(folder, shard=(2, 2)), prompts(8)).collected == 8 - len(planned.submitted)
    before = len(sandbox.ledger.entries)
    assert run(sandbox, Batch(folder), prompts(8)).from_disk == 8
    assert len(sandbox.ledger.entries) == before
    assert [entry.status for entry in Batch(folder).entries()] == ["done"] * 8


def test_a_job_that_failed_costs_nothing_and_may_be_submitted_again(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """It counts as failed in the run that learns it; the next run submits it again."""
    summary = run(sandbox, Batch(folder), prompts(2), key=KEY_CRASH, budget=(budget := Budget()))
    assert (summary.failed, len(summary.unknown)) == (2, 0)
    assert summary.spent == budget.credits == 0
    assert {type(one.error) for one in summary.failures} == {JobFailedError}
    (line, _) = events_of(folder, "failed")
    assert (line["billed"], line["error"]) == (False, "JobFailedError")
    assert [one.entry.status for one in Batch(folder).plan(prompts(2)).to_send if one.entry] == ["failed"] * 2
    assert run(sandbox, Batch(folder), prompts(2)).done == 2
    assert set(bought(sandbox).values()) == {1}


def test_a_failed_job_of_another_shard_stays_failed(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Its id still stands as submitted in the journal of the other shard, which is not asked for it for ever."""
    folder.mkdir()
    (request,) = prompts(1)
    key = key_of(request.to_dict())
    with Journal(folder / "journal-1-of-2.jsonl") as journal:
        journal.write("sending", key=key, request=request.to_dict())
        journal.write("submitted", key=key, job_id="job-1")
    with Journal(folder / "journal.jsonl") as journal:
        journal.write("failed", key=key, job_id="job-1", billed=False)
    assert [entry.status for entry in Batch(folder).entries()] == ["failed"]
    assert len(Batch(folder).plan(prompts(1)).to_send) == 1


def test_a_job_that_expired_is_paid_and_lost(run: Run, folder: Path) -> None:
    """It is listed, and bought again only with `retry_missing`; its entry says what happened."""
    with queueing_sandbox(evolve(QUICK, record_seconds=0.0)) as sandbox:
        (job_id,) = leave_jobs(sandbox, folder, prompts(1))
        summary = run(sandbox, Batch(folder), prompts(1))
        assert (summary.done, summary.failed, summary.unknown, summary.missing) == (0, 0, (), ())
        assert [one.index for one in summary.expired] == [0]
    (entry,) = Batch(folder).entries()
    assert (entry.status, entry.job_id, entry.billed, entry.error) == ("expired", job_id, None, "JobExpiredError")
    with queueing_sandbox() as sandbox:
        summary = run(sandbox, Batch(folder), prompts(1))
        assert ([one.index for one in summary.expired], len(sandbox.ledger.entries)) == ([0], 0)
        assert Batch(folder).plan(prompts(1), retry_missing=True).to_send
        assert run(sandbox, Batch(folder), prompts(1), retry_missing=True).done == 1


def test_a_record_that_is_there_a_moment_later_is_not_lost(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """A service that does not know a job right after its submit: it is asked again before the job counts as expired."""
    watched = cast("Watched", sandbox.app)
    watched.refusals, watched.refusal = 2, 404
    summary = run(sandbox, Batch(folder), prompts(1))
    assert (summary.done, summary.expired, watched.refusals) == (1, (), 0)


def test_a_submit_whose_answer_is_lost_is_unknown(run: Run, folder: Path, server: RespondingServer) -> None:
    """It may have been billed, and is submitted again only with `retry_unknown`."""
    summary = run(cast("Sandbox", server), Batch(folder), prompts(1))
    assert [one.index for one in summary.unknown] == [0]
    assert [entry.status for entry in Batch(folder).entries()] == ["unknown"]
    assert len(run(cast("Sandbox", server), Batch(folder), prompts(1)).unknown) == len(server.received) == 1


def test_jobs_count_as_in_flight(run: Run, folder: Path) -> None:
    """No more than five are submitted and not collected at any time."""
    reported: list[Progress] = []
    with queueing_sandbox(evolve(QUICK, processing_seconds=0.1)) as sandbox:
        summary = run(sandbox, Batch(folder), prompts(15), in_flight=5, progress=reported.append)
    assert summary.done == 15
    assert max(one.in_flight for one in reported) == 5
    assert max(one.submitted for one in reported) == 5
    assert all(one.submitted <= one.in_flight for one in reported)
    assert (reported[-1].submitted, reported[-1].in_flight) == (0, 0)


def test_no_job_is_asked_for_more_often_than_the_document_allows(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two questions about one job, and between its submit and the first, are at least the seconds it says."""
    scale_polls(monkeypatch, 0.1)
    answered: dict[str, float] = {}
    gaps: dict[str, list[float]] = {}

    def look(event: Any) -> None:
        path = event.request.path
        if not path.endswith("/status"):
            return
        job_id = path.split("/")[3]
        # From the end of a question to the next one: that it was held up on its way shortens no gap.
        if hasattr(event, "outcome"):
            answered[job_id] = time.monotonic()
        elif job_id in answered:
            gaps.setdefault(job_id, []).append(time.monotonic() - answered[job_id])
        if len(gaps) == 10 and min(map(len, gaps.values())) >= 3:
            clock.now = 1.0

    with standing_clock() as clock, queueing_sandbox() as sandbox:
        assert run(sandbox, Batch(folder), prompts(10), in_flight=10, hooks=[look]).done == 10
    assert min(min(found) for found in gaps.values()) >= 0.1


def test_a_429_to_questions_loses_nothing(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """They are asked again later; the submits are as they were."""
    cast("Watched", sandbox.app).refusals = 2
    summary = run(sandbox, Batch(folder), prompts(6), in_flight=6)
    assert (summary.done, summary.failed, summary.stopped) == (6, 0, None)
    assert set(bought(sandbox).values()) == {1}


def test_submits_do_not_pass_a_budget(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Two of 0.008 fit into 0.02, and no third: the two are collected, and the downloads cost nothing."""
    budget = Budget(max_credits="0.02")
    summary = run(sandbox, Batch(folder), prompts(6), budget=budget)
    assert (summary.done, summary.left, summary.failed) == (2, 4, 0)
    assert summary.stopped is not None
    assert summary.stopped.startswith("BudgetExhaustedError: ")
    assert (budget.images, budget.credits, summary.spent) == (2, Decimal("0.016"), Decimal("0.016"))
    assert sandbox.ledger.billed == Decimal("0.016")


def test_a_job_that_takes_too_long_is_left_to_the_next_run(run: Run, folder: Path) -> None:
    """It goes on, is listed with its id, and is neither unknown nor lost."""
    kept: dict[str, Path] = {}

    def left(seconds: float) -> tuple[BatchSummary[GenerateImageRequest], dict[str, list[str]]]:
        kept["folder"] = folder.with_name(f"{seconds:g}")
        with queueing_sandbox(SLOW) as sandbox:
            summary = run(sandbox, Batch(kept["folder"]), prompts(2), timeout=seconds)
            return summary, cast("Watched", sandbox.app).jobs

    summary, jobs = with_time_enough(left, lambda found: len(found[0].submitted) == 2, 0.4)
    assert (summary.done, summary.failed, summary.unknown, summary.left) == (0, 0, (), 0)
    assert {one.request.prompt: one.entry and one.entry.job_id for one in summary.submitted} == {
        prompt: ids[0] for prompt, ids in jobs.items()
    }
    assert summary.spent == 2 * Decimal(PRICE)
    assert [entry.status for entry in Batch(kept["folder"]).entries()] == ["submitted"] * 2


def test_a_journal_that_does_not_take_an_id_names_the_job(
    run: Run, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The id is in the error then: without it the job could not be collected."""
    write = Journal.write

    def full(self: Journal, event: Any, **facts: Any) -> None:
        if event == "submitted":
            raise OSError(28, "No space left on device")
        write(self, event, **facts)

    monkeypatch.setattr(Journal, "write", full)
    with pytest.raises(JournalError, match="No space left on device") as raised:
        run(sandbox, Batch(folder), prompts(1))
    (job_id,) = cast("Watched", sandbox.app).jobs["tiger 0"]
    assert job_id in str(raised.value)


def test_an_image_that_breaks_off_is_fetched_again(
    run: Run, sandbox: Sandbox, folder: Path, server: RespondingServer
) -> None:
    """Fetching is free: what is not whole is no reason to give up what was paid for."""
    whole = jpeg(512, 512)
    answers = iter([whole[:-10], whole[:-10]])
    images: Any = sandbox.app
    image = images.app._queueing.generation.drawn

    async def broken(parameters: Any, latency: float) -> bytes:
        content: bytes = await image(parameters, latency)
        return next(answers, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(images.app._queueing.generation), "drawn", lambda self, *given: broken(*given))
        summary = run(sandbox, Batch(folder), prompts(1))
    assert (summary.done, summary.failed) == (1, 0)


def test_a_route_that_is_none_starts_nothing(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """It is refused before anything is written."""
    with pytest.raises(ConfigurationError, match="route is 'detour'"):
        run(sandbox, Batch(folder), prompts(1), route="detour")
    assert not folder.exists()


@pytest.mark.parametrize(("own", "route", "path"), [("queue", None, SUBMIT), ("queue", "direct", "/v1/flux-schnell")])
def test_the_route_is_that_of_the_client_unless_the_run_says_otherwise(
    sandbox: Sandbox, folder: Path, own: Any, route: str | None, path: str
) -> None:
    """A client that buys over the queue does so for its batches."""
    options: dict[str, Any] = {} if route is None else {"route": route}
    with Client(api_key=KEY, base_url=sandbox.url, route=own) as client:
        assert Batch(folder).run(client, prompts(2), **options).done == 2
    assert {entry.path for entry in sandbox.ledger.posts} == {path}


@needs_signals
@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(("name", "stopped"), [("SIGINT", "Ctrl-C"), ("SIGTERM", "SIGTERM"), ("SIGHUP", "SIGHUP")])
def test_jobs_are_not_waited_for_after_a_signal(folder: Path, name: str, stopped: str, kind: str) -> None:
    """They go on, and are in the journal: the summary lists them as submitted, and the next run collects them."""
    with queueing_sandbox(SLOW) as sandbox:
        command = [sys.executable, "-m", "tests.client.batch.queue_victim", sandbox.url, str(folder), kind, "9", "4"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
            try:
                until(lambda: len(sandbox.ledger.entries) > 12)
                process.send_signal(signal.Signals[name])
                printed, errors = process.communicate(timeout=PATIENCE)
            finally:
                process.kill()
    assert process.returncode == 0, errors
    summary = json.loads(printed.splitlines()[-1])
    assert (summary["submitted"], summary["left"], summary["stopped"]) == (4, 5, stopped)
    assert (summary["unknown"], summary["done"], summary["expired"]) == (0, 0, 0)
    assert len(Batch(folder).plan(prompts(9)).submitted) == 4


def test_a_cancelled_task_leaves_its_jobs(folder: Path) -> None:
    """Their ids are in the journal: none of them is unknown."""

    async def cancelled(url: str) -> None:
        async with AsyncClient(api_key=KEY, base_url=url, route="queue") as client:
            task = asyncio.ensure_future(Batch(folder).run_async(client, prompts(3)))
            await asyncio.to_thread(until, lambda: len(events_of(folder, "submitted")) == 3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with queueing_sandbox(SLOW) as sandbox:
        asyncio.run(cancelled(sandbox.url))
    assert [entry.status for entry in Batch(folder).entries()] == ["submitted"] * 3


def test_a_cancel_scope_leaves_the_jobs_that_were_answered(folder: Path) -> None:
    """It cancels again and again: each job whose submit was answered is in the journal all the same."""
    answered: list[AttemptEnded] = []

    async def cancelled(url: str) -> None:
        scope = anyio.CancelScope()

        def hook(event: Event) -> None:
            if isinstance(event, AttemptEnded) and event.status_code is not None:
                answered.append(event)
                scope.cancel()

        async with AsyncClient(base_url=url, api_key=KEY, hooks=[hook], route="queue") as client:
            with scope:
                await Batch(folder).run_async(client, prompts(4), in_flight=4)

    with queueing_sandbox(SLOW) as sandbox:
        asyncio.run(cancelled(sandbox.url))
    assert answered
    assert len(events_of(folder, "submitted")) == len(answered)
    assert len(events_of(folder, "submitted")) + len(events_of(folder, "unknown")) == 4


def test_polls_of_many_jobs_are_paced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred jobs that go on are asked for no more often than fifteen times a second, all together."""
    monkeypatch.setattr("segmind_flux_schnell._runtime.batch.polling.ASKED_A_SECOND", 15.0)

    def asked(timeout: float) -> int:
        started, own = time.monotonic(), folder.with_name(f"{timeout:g}")
        with queueing_sandbox(SLOW) as sandbox, Client(api_key=KEY, base_url=sandbox.url, route="queue") as client:
            Batch(own).run(client, prompts(100), in_flight=100, timeout=timeout)
            found = sum(questions(sandbox).values())
        assert found <= 32 + 15 * (time.monotonic() - started)
        return found

    assert with_time_enough(asked, lambda found: found >= 20, 3) >= 20
