"""Batches and commands over the queue of a changed document: they follow, and nothing is left of them without one."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.client.images import jpeg
from tests.generator.conftest import Generate
from tests.generator.generation import altered
from tests.generator.queues import ImageHost
from tests.generator.recording_server import Response, running
from tests.generator.test_altered_jobs import BROKEN, HOSTILE, Orders, change, without_job


def change_names(document: Any) -> None:
    """Change the job, and the call that tells the balance."""
    change(document)
    document["paths"]["/v1/get-user-credits"]["get"]["operationId"] = "lookIntoPurse"
    purse = document["components"]["schemas"]["UserCredits"]
    purse["properties"] = {"coins": purse["properties"]["credits"]}
    purse["required"] = ["coins"]


def take_away(document: Any) -> None:
    """Take out the job, and the call that tells the balance."""
    without_job(document)
    del document["paths"]["/v1/get-user-credits"]


@pytest.fixture(scope="module")
def package(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package of the changed document."""
    return generated(altered(change_names, tmp_path_factory.mktemp("tickets") / "tickets.yaml"))


@pytest.fixture(scope="module")
def plain(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package of the document without a queue and a balance."""
    return generated(altered(take_away, tmp_path_factory.mktemp("bare") / "bare.yaml"))


@pytest.fixture
def orders() -> Iterator[Orders]:
    """The service that the changed document describes, with a host of images."""
    with running(ImageHost) as host, running(Orders) as server:
        host.image = Response(200, {"content-type": "image/jpeg"}, jpeg(512, 512))
        server.host = host.url
        yield server


def run(package: Any, url: str, folder: Path) -> Any:
    """Run a batch of one request over the queue."""
    with package.Client(api_key="SG_0", base_url=url, retry=None) as client:
        request = package.GenerateImageRequest(prompt="a fox", width=512, height=512)
        return package.Batch(folder).run(client, [request], route="queue")


def test_a_batch_follows_the_document(package: Any, orders: Orders, tmp_path: Path) -> None:
    """Submit, questions and result are those of the changed document, and so is what a job costs."""
    summary = run(package, orders.url, tmp_path / "out")
    assert (summary.done, str(summary.spent)) == (1, "0.016")
    assert {(one.method, one.path) for one in orders.requests} == {
        ("POST", "/v9/orders"),
        ("GET", "/v9/tickets/t-1/state"),
        ("GET", "/v9/tickets/t-1"),
    }
    lines = [json.loads(line) for line in (tmp_path / "out" / "journal.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["batch", "sending", "submitted", "done"]
    assert lines[2]["job_id"] == "t-1"


def test_a_job_fails_by_the_states_of_the_document(package: Any, orders: Orders, tmp_path: Path) -> None:
    """It is counted as failed, and is free; its result is not asked for."""
    orders.states = [HOSTILE[0], BROKEN]
    summary = run(package, orders.url, tmp_path / "out")
    assert (summary.done, summary.failed, summary.spent, summary.unknown) == (0, 1, 0, ())
    assert "no brush" in str(summary.failures[0].error)
    assert [one.path for one in orders.requests if one.path.endswith("t-1")] == []


def test_the_commands_follow_the_document(package: Any, orders: Orders, capsys: pytest.CaptureFixture[str]) -> None:
    """The balance is asked for by the operation of the document, and the queue is offered."""
    cli = importlib.import_module(f"{package.__name__}.cli")
    assert cli.PROGRAM.job.method == "flux_order"
    assert (cli.PROGRAM.balance.name, cli.PROGRAM.balance.balance) == ("look_into_purse", "coins")
    start = importlib.import_module(f"{package.__name__}._runtime.cli.start").start
    assert start(cli.PROGRAM, ["batch", "--help"]) == 0
    assert "--queue" in capsys.readouterr().out


def test_without_a_queue_nothing_is_left_of_it(plain: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Neither commands nor options, and a batch that is to run over the queue is refused."""
    cli = importlib.import_module(f"{plain.__name__}.cli")
    assert (cli.PROGRAM.job, cli.PROGRAM.balance) == (None, None)
    start = importlib.import_module(f"{plain.__name__}._runtime.cli.start").start
    for command in ("collect", "credits"):
        assert start(cli.PROGRAM, [command]) == 2
        assert f"No such command '{command}'" in capsys.readouterr().err
    with pytest.raises(plain.ConfigurationError, match="the document has no queue for generate_image"):
        run(plain, "http://127.0.0.1:9", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_journal_with_jobs_is_left_alone_without_a_queue(plain: Any, tmp_path: Path) -> None:
    """Their requests are listed as submitted, and not bought again."""
    request = plain.GenerateImageRequest(prompt="a fox")
    key = importlib.import_module(f"{plain.__name__}._runtime.batch.history").key_of(request.to_dict())
    lines = [
        {"event": "sending", "key": key, "request": request.to_dict()},
        {"event": "submitted", "key": key, "job_id": "t-1"},
    ]
    (tmp_path / "journal.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    with plain.Client(api_key="SG_0", base_url="http://127.0.0.1:9") as client:
        summary = plain.Batch(tmp_path).run(client, [request])
    assert [one.entry.job_id for one in summary.submitted] == ["t-1"]
    assert (summary.done, summary.left, summary.stopped) == (0, 0, None)
