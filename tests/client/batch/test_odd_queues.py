"""Batches over a queue that is odd: what was submitted is not given up for a moment in which it cannot be had."""

import errno
import os
import pickle
from pathlib import Path
from typing import Any, cast

import pytest

from segmind_flux_schnell import Batch, JournalError
from segmind_flux_schnell._runtime.batch.history import key_of
from segmind_flux_schnell._runtime.batch.journal import Event, Journal
from segmind_flux_schnell_sandbox.accounts import KEY_CRASH
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import bought, prompts
from tests.client.batch.queueing import Watched
from tests.client.batch.test_queue import Run, quick_polls, run, sandbox
from tests.client.batch.test_run import events
from tests.client.faults.queue_relay import At, Cut, Kind, Redirected, Step, passed, refusal, relaying
from tests.standing_clock import standing_clock
from tests.waiting import with_time_enough

__all__ = ["quick_polls", "run", "sandbox"]

NO_RECORD = refusal("404 Not Found", error="Request id not found, or its record has expired")


@pytest.mark.parametrize("kind", ["status", "result"])
def test_a_record_that_is_not_there_yet_has_not_expired(run: Run, sandbox: Sandbox, folder: Path, kind: str) -> None:
    """By the document it lives an hour, and a machine of the service may not know yet what another one took."""
    with relaying(sandbox, {kind: [NO_RECORD, NO_RECORD, passed]}) as (relay, _):  # type: ignore[dict-item]
        summary = run(cast("Sandbox", relay), Batch(folder), prompts(1))
    assert (summary.done, summary.expired) == (1, ())
    assert [line["event"] for line in events(folder)[1:]] == ["sending", "submitted", "done"]


def test_a_record_that_stays_missing_has_expired(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """It is listed after a few more questions, and bought again only with `retry_missing`."""
    with relaying(sandbox, {"status": [NO_RECORD]}) as (relay, _):
        summary = run(cast("Sandbox", relay), Batch(folder), prompts(1))
        assert ([one.index for one in summary.expired], relay.count("status")) == ([0], 5)
    assert Batch(folder).plan(prompts(1), retry_missing=True).to_send


def test_jobs_are_not_lost_by_a_run_for_another_account(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """It is told that there is no record of them. Those of the right account are asked for again, free of charge."""

    def left(seconds: float) -> Batch:
        batch = Batch(folder.with_name(f"{seconds:g}"))
        run(sandbox, batch, prompts(2), timeout=seconds)
        return batch

    with standing_clock() as clock:
        batch = with_time_enough(left, lambda found: len(found.plan(prompts(2)).submitted) == 2, 0.3)
        bought_once = len(sandbox.ledger.posts)
        wrong = run(sandbox, batch, prompts(2), key=KEY_CRASH)
        assert (len(wrong.expired), wrong.done) == (2, 0)
        assert [entry.status for entry in batch.entries()] == ["expired", "expired"]
        assert len(batch.plan(prompts(2)).submitted) == 2
        clock.now += 1
        again = run(sandbox, batch, prompts(2))
    assert (again.done, again.collected, again.expired) == (2, 2, ())
    assert len(sandbox.ledger.posts) == bought_once


def test_an_image_that_keeps_breaking_off_is_fetched_on(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """It was paid for and is whole at its host: nothing but time is lost."""
    with relaying(sandbox, {"image": [Cut(), Cut(), Cut(), Cut(), Cut(), passed]}) as (relay, _):
        summary = run(cast("Sandbox", relay), Batch(folder), prompts(1))
    assert (summary.done, summary.failed, len(sandbox.ledger.posts)) == (1, 0, 1)
    assert not list(folder.glob("*.rejected"))


@pytest.mark.parametrize("job_id", ["\ud800", "x" * 100_000, " "])
def test_an_id_in_a_journal_that_is_not_one_does_not_keep_others_from_being_bought(
    run: Run, sandbox: Sandbox, folder: Path, job_id: str
) -> None:
    """Nobody can be asked for it: its request is listed as unknown."""
    folder.mkdir()
    first, _ = requests = prompts(2)
    with Journal(folder / "journal.jsonl") as journal:
        journal.write("sending", key=key_of(first.to_dict()), request=first.to_dict())
        journal.write("submitted", key=key_of(first.to_dict()), job_id=job_id)
    summary = run(sandbox, Batch(folder), requests)
    assert ([one.index for one in summary.unknown], summary.done, summary.stopped) == ([0], 1, None)


def test_a_full_disk_loses_no_id(run: Run, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has those of all jobs that the journal lacks, whole: of submits that were on their way, too."""
    write = Journal.write

    def full(journal: Journal, event: Event, **facts: Any) -> None:
        if event == "submitted":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(journal, event, **facts)

    monkeypatch.setattr(Journal, "write", full)
    with pytest.raises(JournalError) as raised:
        run(sandbox, Batch(folder), prompts(20), in_flight=20)
    ids = [job_id for found in cast("Watched", sandbox.app).jobs.values() for job_id in found]
    assert sorted(raised.value.job_ids) == sorted(ids)
    assert len(ids) == len(sandbox.ledger.posts) > 1
    assert all(job_id in str(raised.value) for job_id in ids)
    assert pickle.loads(pickle.dumps(raised.value)).job_ids == raised.value.job_ids


@pytest.mark.parametrize(
    ("fault", "said"),
    [(Redirected(), "a redirect to "), (At("https://no-such-host.invalid/image.jpg"), "no-such-host.invalid")],
    ids=["a redirect", "no such host"],
)
def test_an_image_host_that_gives_no_image_costs_no_other_image(
    run: Run, sandbox: Sandbox, folder: Path, fault: Step, said: str
) -> None:
    """Such an image is paid for: the summary says why it is not there, and the next run collects it."""
    kind: Kind = "image" if isinstance(fault, Redirected) else "result"
    with relaying(sandbox, {kind: [fault, passed]}) as (relay, _):
        summary = run(cast("Sandbox", relay), Batch(folder), prompts(4))
        assert (summary.done, len(summary.submitted), summary.failures, summary.stopped) == (3, 1, (), None)
        entry = summary.submitted[0].entry
        assert entry is not None
        assert said in f"{entry.message}"
        assert "is done and billed" in f"{entry.message}"
        again = run(cast("Sandbox", relay), Batch(folder), prompts(4))
    assert (again.collected, again.from_disk, again.submitted) == (1, 3, ())
    assert set(bought(sandbox).values()) == {1}


def test_no_more_is_bought_while_no_image_can_be_fetched(
    run: Run, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run ends after as many in a row as for other failures; what it bought stays to be collected."""
    monkeypatch.setattr("segmind_flux_schnell._runtime.batch.failures.MAX_CONSECUTIVE_FAILURES", 3)
    with relaying(sandbox, {"image": [Redirected()]}) as (relay, _):
        summary = run(cast("Sandbox", relay), Batch(folder), prompts(30), in_flight=2)
    assert f"{summary.stopped}".startswith("3 requests in a row without an image, the last one: RedirectRefusedError")
    assert len(sandbox.ledger.posts) == len(summary.submitted) < 10
    again = run(sandbox, Batch(folder), prompts(len(summary.submitted)))
    assert (again.collected, again.failures) == (len(summary.submitted), ())
