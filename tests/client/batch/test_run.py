"""One run of a batch after another: what is bought, what is served from disk, and why a run ends early."""

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from attrs import evolve
from PIL import Image

from segmind_flux_schnell import (
    AsyncClient,
    Batch,
    Budget,
    Client,
    ConfigurationError,
    GenerateImageRequest,
    InvalidRequestError,
    MismatchError,
    ResponseError,
)
from segmind_flux_schnell.batch import Progress
from segmind_flux_schnell_sandbox.accounts import (
    KEY,
    KEY_CRASH,
    KEY_FORBIDDEN,
    KEY_NO_CREDITS,
    KEY_RETIRED,
    KEY_TEAM_LIMIT,
)
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.image import draw_floored
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.batch import BUSY, POOR, PRICE, bought, prompts
from tests.client.batch.conftest import BEHAVIOUR, Renewed, Run, blocking_client
from tests.client.documented import NUMBERS, with_documented_errors
from tests.client.documented import PRICE as DOCUMENTED_PRICE
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response

# They may stay behind: filelock 3 deletes them when they are released, and so does filelock 4 on Windows.
LOCKS = {".journal.jsonl.lock", ".shards.lock"}


def events(folder: Path, name: str = "journal.jsonl") -> list[dict[str, Any]]:
    """The lines of a journal."""
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def test_each_image_is_named_by_its_content(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """The folder holds a whole image for each request, named by its SHA-256, the journal, and two files to lock."""
    summary = run(Batch(folder), prompts(5))
    assert (summary.total, summary.done, summary.failed, summary.left, summary.stopped) == (5, 5, 0, 0, None)
    assert summary.spent == 5 * Decimal(PRICE) == sandbox.ledger.billed
    images = [path for path in folder.iterdir() if path.suffix == ".jpg"]
    assert len(images) == 5
    for path in images:
        assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        with Image.open(path) as image:
            assert image.size == (512, 512)
    left = {path.name for path in folder.iterdir()}
    assert left - LOCKS == {"journal.jsonl", *(path.name for path in images)}


def test_the_journal_says_what_was_sent_and_what_came_of_it(run: Run, folder: Path) -> None:
    """A head, then a line before each request and one after it, with facts about the image."""
    run(Batch(folder), prompts(1))
    head, sending, done = events(folder)
    assert (head["event"], head["version"], head["shard"]) == ("batch", 1, [1, 1])
    assert (sending["event"], sending["request"]["prompt"]) == ("sending", "tiger 0")
    assert sending["key"] == done["key"] == canonical_key(sending["request"])
    assert {name: done[name] for name in ("event", "width", "height", "cost")} == {
        "event": "done",
        "width": 512,
        "height": 512,
        "cost": PRICE,
    }
    assert (folder / done["file"]).is_file()
    assert done["request_id"]
    assert done["seconds"] >= 0
    assert done["at"].endswith("Z")


def canonical_key(body: dict[str, Any]) -> str:
    """The identity of a request, as readers of the journal can calculate it."""
    plain = {name: int(value) if value == int(value) else value for name, value in body.items() if is_number(value)}
    return hashlib.sha256(json.dumps({**body, **plain}, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def is_number(value: object) -> bool:
    """Whether a value is a number, not a truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


EQUAL: dict[str, tuple[float, float]] = {"1": (1, 1.0), "0": (0, 0.0), "-0.0": (0.0, -0.0)}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("values", EQUAL.values(), ids=EQUAL)
def test_equal_numbers_are_one_request(
    run: Run, sandbox: Sandbox, folder: Path, values: tuple[float, float], name: str
) -> None:
    """However a number is written, the request is bought once, in one run and in the next one."""
    sides = {"width": 512, "height": 512}
    requests = [GenerateImageRequest.from_dict({"prompt": "a tiger", **sides, name: value}) for value in values]
    assert (run(Batch(folder), requests).duplicates, len(sandbox.ledger.posts)) == (1, 1)
    assert run(Batch(folder), requests[1:]).from_disk == 1
    assert len(sandbox.ledger.posts) == 1


def test_what_is_on_disk_is_not_bought_again(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """A second run with more requests buys only the new ones."""
    run(Batch(folder), prompts(3))
    summary = run(Batch(folder), prompts(5))
    assert (summary.done, summary.from_disk, summary.total) == (2, 3, 5)
    assert set(bought(sandbox).values()) == {1}


def test_a_request_that_is_given_twice_is_bought_once(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Requests are duplicates if the same would be sent, whatever their objects are."""
    summary = run(Batch(folder), [*prompts(3), *prompts(2)])
    assert (summary.total, summary.done, summary.duplicates) == (3, 3, 2)
    assert len(sandbox.ledger.posts) == 3


def test_a_missing_image_is_bought_again_only_on_request(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Deleted or changed, it is listed by the plan and the summary, and bought again only with `retry_missing`."""
    batch = Batch(folder)
    run(batch, prompts(3))
    first, second, _ = [entry.file for entry in batch.entries() if entry.file]
    (folder / first).unlink()
    (folder / second).write_bytes(b"spoilt")
    plan = batch.plan(prompts(3))
    assert {planned.entry.file for planned in plan.missing if planned.entry} == {first, second}
    assert not plan.to_send
    summary = run(batch, prompts(3))
    assert (summary.total, summary.done, summary.from_disk, summary.missing) == (3, 0, 1, plan.missing)
    assert set(bought(sandbox).values()) == {1}
    assert batch.plan(prompts(3), retry_missing=True).to_send == plan.missing
    assert run(batch, prompts(3), retry_missing=True).done == 2
    assert sorted(bought(sandbox).values()) == [1, 2, 2]
    assert not batch.plan(prompts(3)).to_send


def test_all_faults_are_found_before_anything_is_sent(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """One error names the faults of all requests by their index, and nothing is sent, not even valid requests."""
    requests: list[Any] = [*prompts(2), "a tiger", *prompts(2, start=2)]
    requests[3].additional_properties = {"steps": 9}
    requests[4].additional_properties = {"unlisted": {1, 2}}
    with pytest.raises(InvalidRequestError) as raised:
        run(Batch(folder), requests)
    fields = [fault.field for fault in raised.value.faults]
    assert fields == ["requests[2]", "requests[3].steps", "requests[4].unlisted"]
    assert list(Batch(folder).plan(requests).faults) == [2, 3, 4]
    assert not sandbox.ledger.entries
    assert not events_of(folder, "sending")


def events_of(folder: Path, event: str) -> list[dict[str, Any]]:
    """The lines of one event."""
    return [line for line in events(folder) if line["event"] == event] if (folder / "journal.jsonl").exists() else []


STOPPING = with_documented_errors(
    {
        "401": ("no-such-key", "KeyRefusedError"),
        "403": (KEY_FORBIDDEN, "ModelNotPermittedError"),
        "406 credits": (KEY_NO_CREDITS, "NotEnoughCreditsError"),
        "406 spend limit": (KEY_TEAM_LIMIT, "SpendLimitReachedError"),
        "410": (KEY_RETIRED, "ModelRetiredError"),
    }
)


@pytest.mark.parametrize(("key", "error"), STOPPING.values(), ids=STOPPING)
def test_a_response_that_all_requests_would_get_ends_the_run(
    run: Run, sandbox: Sandbox, folder: Path, key: str, error: str
) -> None:
    """A rejected key or account: requests in flight are finished, and the others are not sent."""
    summary = run(Batch(folder), prompts(20), key=key, in_flight=2)
    assert summary.stopped is not None
    assert summary.stopped.startswith(error)
    assert 1 <= len(sandbox.ledger.posts) <= 3
    assert summary.failed == len(summary.failures) == len(sandbox.ledger.posts)
    assert summary.left == 20 - summary.failed
    assert all(type(outcome.error).__name__ == error for outcome in summary.failures)


def test_a_refused_parameter_does_not_end_the_run(folder: Path) -> None:
    """It is a 406 as the one without credits is, but says nothing of the other requests."""
    # A service that has lost one sampler, which the document still lists.
    samplers = DOCUMENTED.attribute("sampler_name").allowed
    app = create_app(DOCUMENTED.with_attribute("sampler_name", allowed=tuple(set(samplers) - {"lcm"})))
    requests = [evolve(one, sampler_name="lcm") if at in (0, 7, 11) else one for at, one in enumerate(prompts(30))]
    with running_sandbox(app) as sandbox, blocking_client(sandbox.url) as client:
        summary = Batch(folder).run(client, requests, in_flight=1)
    assert summary.stopped is None
    assert (summary.done, summary.failed, summary.left) == (27, 3, 0)
    assert {type(outcome.error).__name__ for outcome in summary.failures} == {"ParameterRefusedError"}


def test_a_budget_ends_the_run(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Requests beyond the budget of the client are not sent, and have not failed: they are left for another run."""
    summary = run(Batch(folder), prompts(6), in_flight=2, budget=Budget(max_images=4))
    assert summary.stopped is not None
    assert summary.stopped.startswith("BudgetExhaustedError: ")
    assert (summary.done, summary.left, summary.failed, summary.unknown) == (4, 2, 0, ())
    assert len(sandbox.ledger.posts) == 4
    assert run(Batch(folder), prompts(6), budget=Budget(max_images=2)).stopped is None
    assert set(bought(sandbox).values()) == {1}


def test_a_redirect_ends_the_run(server: RespondingServer, folder: Path) -> None:
    """It is not followed, every further request would get it too, and the outcome of the first is unknown."""
    server.response = http_response("302 Found", b"", "location: https://elsewhere.example/")
    with blocking_client(server.url) as client:
        summary = Batch(folder).run(client, prompts(5), in_flight=1)
    assert summary.stopped is not None
    assert summary.stopped.startswith("RedirectRefusedError: ")
    assert (len(summary.unknown), summary.left, len(server.received)) == (1, 4, 1)


def test_once_the_cause_is_gone_the_batch_continues(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """Three images can be paid for; with a key that has credits, the next run buys the others, and no more."""
    summary = run(Batch(folder), prompts(6), key=POOR, in_flight=1)
    assert (summary.done, summary.failed, summary.left) == (3, 1, 2)
    summary = run(Batch(folder), prompts(6))
    assert (summary.done, summary.from_disk, summary.stopped) == (3, 3, None)
    assert set(bought(sandbox).values()) == {1}


def test_what_failed_before_comes_last(run: Run, folder: Path) -> None:
    """So a request that always stops the run does not keep the others from being sent."""
    batch = Batch(folder)
    run(batch, prompts(3), key=KEY_NO_CREDITS, in_flight=1)
    assert [planned.index for planned in batch.plan(prompts(3)).to_send] == [1, 2, 0]


def test_a_run_without_any_success_ends(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """It ends after twenty failures in a row: the next request would fare no better."""
    summary = run(Batch(folder), prompts(40), key=KEY_CRASH, in_flight=4)
    assert summary.stopped is not None
    assert "20 requests in a row without an image" in summary.stopped
    assert 20 <= summary.failed <= 24


def test_a_rejection_for_now_slows_it_down(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """All requests of the first round get a 429: they are put back, fewer are sent at once, and all are bought."""
    in_flight: list[int] = []
    summary = run(
        Batch(folder),
        prompts(30),
        key=BUSY,
        in_flight=25,
        progress=lambda progress: in_flight.append(progress.in_flight),
    )
    assert (summary.done, summary.failed, summary.stopped) == (30, 0, None)
    statuses = [entry.status for entry in sandbox.ledger.posts]
    assert (statuses.count(429), statuses.count(200)) == (25, 30)
    assert max(in_flight) == 25
    assert 1 <= max(in_flight[in_flight.index(0) :]) <= 16


def test_progress_is_reported(run: Run, folder: Path) -> None:
    """Its numbers never exceed the total, and in the end everything is done."""
    run(Batch(folder), prompts(2))
    reported: list[Progress] = []
    run(Batch(folder), prompts(6), in_flight=2, progress=reported.append)
    assert reported[0] == evolve(reported[0], total=6, done=0, from_disk=2, in_flight=2)
    assert reported[-1] == evolve(reported[-1], done=4, in_flight=0, spent=4 * Decimal(PRICE))
    assert all(one.done + one.in_flight + one.from_disk <= 6 for one in reported)
    assert reported[-1].remaining_credits is not None


def test_an_exception_of_the_progress_hook_ends_the_run_cleanly(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """It is raised once the requests in flight have been written down."""

    def broken(progress: Progress) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(Batch(folder), prompts(10), in_flight=3, progress=broken)
    assert len(events_of(folder, "done")) == len(sandbox.ledger.posts) == 3


def test_what_was_paid_for_without_an_image_is_kept(server: RespondingServer, folder: Path) -> None:
    """A 200 without an image: its bytes are on disk, and the request is bought again only with `retry_rejected`."""
    server.response = http_response("200 OK", jpeg()[:-10], JPEG_TYPE)
    batch = Batch(folder)
    with blocking_client(server.url) as client:
        summary = batch.run(client, prompts(1))
        (entry,) = batch.entries()
        assert (entry.status, entry.billed, entry.error) == ("failed", True, "InvalidImageError")
        assert str(entry.file).endswith(".rejected")
        assert (folder / str(entry.file)).read_bytes() == jpeg()[:-10]
        assert (summary.failed, len(batch.plan(prompts(1)).rejected)) == (1, 1)
        batch.run(client, prompts(1))
        assert len(server.received) == 1
        batch.run(client, prompts(1), retry_rejected=True)
        assert len(server.received) == 2


def test_what_was_billed_counts_with_its_documented_price(server: RespondingServer, folder: Path) -> None:
    """If the service reports no cost, images and what was billed in their place count as a budget counts them."""
    documented, budget = DOCUMENTED_PRICE, Budget()
    server.response = http_response("200 OK", jpeg()[:-10], JPEG_TYPE)
    with blocking_client(server.url, budget=budget) as client:
        assert Batch(folder).run(client, prompts(1)).spent == documented
        second = Batch(folder).run(client, prompts(1))
        assert (second.failed, [planned.index for planned in second.rejected]) == (1, [0])
        assert second.spent == 0
        server.response = http_response("200 OK", jpeg(512, 512), JPEG_TYPE)
        reported: list[Progress] = []
        summary = Batch(folder).run(client, prompts(3), in_flight=1, progress=reported.append)
    assert (summary.done, summary.spent, reported[-1].spent) == (2, 2 * documented, 2 * documented)
    assert budget.credits == 3 * documented


def test_what_is_not_known_to_be_billed_costs_nothing(server: RespondingServer, folder: Path) -> None:
    """A request whose connection breaks before the response is listed as unknown, and not counted."""
    with blocking_client(server.url) as client:
        assert Batch(folder).run(client, prompts(1)).spent == 0


def test_the_cost_of_a_billed_failure_is_written_down(
    server: RespondingServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cost that the error reports is counted, and is in the journal."""

    def with_cost(error: ResponseError, *arguments: Any, **options: Any) -> None:
        init(error, *arguments, **options)
        error.__dict__["cost"] = Decimal("0.05")

    init = ResponseError.__init__
    monkeypatch.setattr(ResponseError, "__init__", with_cost)
    server.response = http_response("200 OK", jpeg()[:-10], JPEG_TYPE)
    with blocking_client(server.url) as client:
        assert Batch(folder).run(client, prompts(1)).spent == Decimal("0.05")
    assert events(folder)[-1]["cost"] == "0.05"
    assert [entry.cost for entry in Batch(folder).entries()] == [Decimal("0.05")]


def test_an_unknown_outcome_is_not_bought_again(server: RespondingServer, folder: Path) -> None:
    """A connection that breaks before the response: listed as unknown, and sent again only with `retry_unknown`."""
    batch = Batch(folder)
    with blocking_client(server.url) as client:
        summary = batch.run(client, prompts(1))
        assert [planned.index for planned in summary.unknown] == [0]
        assert events(folder)[-1]["event"] == "unknown"
        assert events(folder)[-1]["billed"] is None
        assert len(batch.run(client, prompts(1)).unknown) == len(server.received) == 1
        server.response = http_response("200 OK", jpeg(512, 512), JPEG_TYPE)
        assert batch.run(client, prompts(1), retry_unknown=True).done == 1
    assert len(server.received) == 2


def test_a_warning_that_is_an_error_loses_no_image(sandbox: Sandbox, folder: Path) -> None:
    """A prompt is too long to be embedded: `save` warns, which raises in these tests, and yet the image is kept."""
    request = GenerateImageRequest(prompt="tiger " * 12_000, width=512, height=512)
    with blocking_client(sandbox.url) as client:
        assert Batch(folder).run(client, [request]).done == 1
    assert len(Batch(folder).plan([request]).already_done) == 1


def test_an_empty_batch_is_done(run: Run, folder: Path) -> None:
    """Without requests there is nothing to do, and the run ends well."""
    assert run(Batch(folder), []).total == 0


WRONG_CLIENT: dict[str, Callable[[], Any]] = {
    "async": lambda: Batch("unused").run(AsyncClient(api_key=KEY), []),  # type: ignore[arg-type]
    "none": lambda: Batch("unused").run(None, []),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("call", WRONG_CLIENT.values(), ids=WRONG_CLIENT)
def test_the_other_kind_of_client_is_refused(call: Callable[[], Any]) -> None:
    """`run` takes a Client and says so."""
    with pytest.raises(TypeError, match="`run` takes a Client, `run_async` an AsyncClient"):
        call()


def test_a_batch_says_where_it_is(folder: Path) -> None:
    """Its repr names the folder and the shard."""
    assert repr(Batch(folder, shard=(2, 8))) == f"Batch({str(folder)!r}, shard=(2, 8))"
    assert Batch(folder, shard=(2, 8)).journal == folder / "journal-2-of-8.jsonl"


def test_a_plan_in_one_line_counts(folder: Path) -> None:
    """The last value of a notebook's cell is shown, and a plan may be of thousands of requests."""
    plan = Batch(folder).plan([*prompts(1000), *prompts(2)])
    assert repr(plan) == "BatchPlan(to_send=<1000>, duplicates=<2>)"


def test_a_request_that_changes_afterwards_does_not_matter(sandbox: Sandbox, folder: Path) -> None:
    """Requests are sent as they were planned, whatever happens to the objects meanwhile."""
    requests: list[GenerateImageRequest] = prompts(3)

    def spoil(progress: Progress) -> None:
        for request in requests:
            request.prompt = "a lion"

    with Client(api_key=KEY, base_url=sandbox.url) as client:
        Batch(folder).run(client, requests, in_flight=1, progress=spoil)
    assert set(bought(sandbox)) == {"tiger 0", "tiger 1", "tiger 2"}


def test_images_of_another_size_are_done(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """A service that floors sizes to 16: each image is paid for once, kept, and noted; the next run buys none."""
    flooring(sandbox)
    requests = [evolve(one, width=1000, height=520) for one in prompts(5)]
    summary = run(Batch(folder), requests)
    assert (summary.done, summary.failed, summary.stopped) == (5, 0, None)
    text = "the image is 992 x 512 pixels, not 1000 x 520 as requested"
    assert [(one.index, one.code, one.message) for one in summary.warnings] == [
        (index, "size-mismatch", text) for index in range(5)
    ]
    done = [line for line in events(folder) if line["event"] == "done"]
    assert [line["warnings"] for line in done] == [[{"code": "size-mismatch", "message": text}]] * 5
    assert [one.warnings[0].code for one in Batch(folder).entries()] == ["size-mismatch"] * 5
    again = run(Batch(folder), requests)
    assert (again.from_disk, again.done, again.warnings, len(sandbox.ledger.posts)) == (5, 0, (), 5)


def test_images_of_another_size_are_rejected_where_that_is_wanted(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """With `on_mismatch="raise"` they are failures that were billed: their bytes are kept, and none is bought again."""
    flooring(sandbox)
    requests = [evolve(one, width=1000) for one in prompts(3)]
    summary = run(Batch(folder), requests, on_mismatch="raise")
    assert (summary.done, summary.failed, summary.spent) == (0, 3, 3 * Decimal(PRICE))
    assert {type(one.error) for one in summary.failures} == {MismatchError}
    assert len(list(folder.glob("*.rejected"))) == 3
    assert run(Batch(folder), requests, on_mismatch="accept").failed == 3
    assert len(sandbox.ledger.posts) == 3


def test_a_setting_for_mismatches_that_is_none_starts_nothing(run: Run, sandbox: Sandbox, folder: Path) -> None:
    """It is refused before the first request is sent."""
    with pytest.raises(ConfigurationError, match="on_mismatch is 'maybe'"):
        run(Batch(folder), prompts(1), on_mismatch="maybe")
    assert not sandbox.ledger.posts


def flooring(sandbox: Sandbox) -> None:
    """Let the service round sizes down to multiples of 16."""
    cast("Renewed", sandbox.app).app = create_app(evolve(BEHAVIOUR, draw=draw_floored))
