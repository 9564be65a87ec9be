"""A batch whose service takes no requests for a while: it waits, says so, and buys everything once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from segmind_flux_schnell import Backoff, Batch, BatchSummary, Client, GenerateImageRequest, NotSentError, RateLimit
from segmind_flux_schnell.batch import Progress
from segmind_flux_schnell_sandbox.accounts import KEY, Account, Window
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.batch import bought, prompts
from tests.client.faults.servers import refusing_port

SOON = Backoff(first=0.05, longest=0.2)


@contextmanager
def serving(**behaviour: Any) -> Iterator[Sandbox]:
    """A service with one account."""
    app = create_app(evolve(DOCUMENTED, accounts=(Account(KEY, **behaviour),)))
    with running_sandbox(app) as sandbox:
        yield sandbox


def run(url: str, folder: Path, count: int, **options: Any) -> BatchSummary[GenerateImageRequest]:
    """Run a batch."""
    rate_limit = options.pop("rate_limit", None)
    with Client(api_key=KEY, base_url=url, retry=SOON, rate_limit=rate_limit) as client:
        return Batch(folder).run(client, prompts(count), **options)


def test_a_model_that_starts_is_probed_by_one_request_at_a_time(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Eight requests get a 503 at first, then one at a time; once the model is there, all are bought."""
    reported: list[Progress] = []
    with serving(starts_in=1.0) as sandbox, caplog.at_level(logging.INFO, "segmind_flux_schnell"):
        summary = run(sandbox.url, folder, 20, progress=reported.append)
    assert (summary.done, summary.stopped) == (20, None)
    statuses = [entry.status for entry in sandbox.ledger.posts]
    assert 8 < statuses.count(503) <= 8 + 16
    assert set(bought(sandbox).values()) == {1}
    notices = {progress.wait_notice for progress in reported}
    assert notices == {None, "the model may be starting, next try in 1 s"}
    assert "batch: the model may be starting, next try in 1 s" in caplog.messages


def test_the_first_429_teaches_the_pace(folder: Path) -> None:
    """Ten in a window of a second: of 40 requests, few are refused after the first round."""
    reported: list[Progress] = []
    with serving(rate_limit=Window(10, 1.0)) as sandbox:
        summary = run(sandbox.url, folder, 40, progress=reported.append)
    assert (summary.done, summary.failed, summary.stopped) == (40, 0, None)
    statuses = [entry.status for entry in sandbox.ledger.posts]
    assert 1 <= statuses.count(429) <= 8 + 6
    assert set(bought(sandbox).values()) == {1}
    assert "too many requests in too short a time, next try in 1 s" in {one.wait_notice for one in reported}


def test_a_rate_limit_of_the_client_holds_for_its_batches(folder: Path) -> None:
    """Nothing is refused where the client sends no faster than the service takes."""
    with serving(rate_limit=Window(10, 1.0)) as sandbox:
        summary = run(sandbox.url, folder, 12, rate_limit=RateLimit(10, per=2.0))
    assert (summary.done, summary.stopped) == (12, None)
    assert {entry.status for entry in sandbox.ledger.posts} == {200}


def test_an_outage_that_lasts_ends_the_run(folder: Path) -> None:
    """What was not taken has not failed: it is left for the next run, which buys it."""
    with serving(starts_in=3.0) as sandbox:
        summary = run(sandbox.url, folder, 5, max_wait=0.4)
        assert summary.stopped is not None
        assert summary.stopped.startswith("no request was taken for 1 s, the last one: generate_image")
        assert (summary.done, summary.failed, summary.left, summary.unknown) == (0, 0, 5, ())
        assert run(sandbox.url, folder, 5).done == 5
    assert set(bought(sandbox).values()) == {1}


def test_a_service_that_is_not_there_ends_the_run(folder: Path) -> None:
    """Nothing was sent, so nothing has failed."""
    with refusing_port() as nobody:
        summary = run(f"http://{nobody}", folder, 5, max_wait=0.2)
    assert summary.stopped is not None
    assert "not sent, so not billed: nothing is listening at http://127.0.0.1" in summary.stopped
    assert (summary.left, summary.failed) == (5, 0)


def test_a_service_that_restarts_in_between_is_waited_for(folder: Path) -> None:
    """The batch goes on when it is back."""
    with serving() as first:
        port = int(first.url.rpartition(":")[2])
        assert run(first.url, folder, 2).done == 2
    notices: set[str | None] = set()
    with running_later(port) as start:

        def progress(reported: Progress) -> None:
            notices.add(reported.wait_notice)
            if reported.wait_notice is not None:
                start()

        assert run(f"http://127.0.0.1:{port}", folder, 6, progress=progress).done == 4
    assert "no connection, next try in 1 s" in notices


@contextmanager
def running_later(port: int) -> Iterator[Any]:
    """A service that starts when it is told to."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        started: list[Sandbox] = []

        def start() -> None:
            if not started:
                started.append(stack.enter_context(running_sandbox(port=port)))

        yield start


def test_a_host_that_does_not_exist_ends_the_run_at_once(folder: Path) -> None:
    """Every further request would fare the same."""
    summary = run(f"https://{'.'.join(['nowhere' * 8] * 5)}.invalid", folder, 5, in_flight=1)
    assert summary.stopped is not None
    assert summary.stopped.startswith("NotSentError: ")
    (failure,) = summary.failures
    assert isinstance(failure.error, NotSentError)
    assert (failure.error.attempts, summary.left) == (1, 4)
