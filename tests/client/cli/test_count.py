"""`generate --count`: several images of one prompt, each with a seed of its own."""

import json
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from PIL import Image

from segmind_flux_schnell import Client, GenerateImageRequest
from segmind_flux_schnell._runtime.batch.tunables import SIGNALS_TOGETHER
from segmind_flux_schnell._runtime.cli.requests_counted import requests_of
from segmind_flux_schnell._runtime.cli.several_calls import Call, Calls
from segmind_flux_schnell._runtime.cli.stopping import CallWatch
from segmind_flux_schnell._runtime.spec.semantics import NO_SEMANTICS
from segmind_flux_schnell._runtime.validation.seeds import draw as draw_seed
from segmind_flux_schnell.cli import OPERATIONS
from segmind_flux_schnell.models.generate_image_request import FIELDS
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_FORBIDDEN, KEY_RATE_LIMITED
from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.image import draw
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.batch.queueing import SLOW, queueing_sandbox, scale_polls
from tests.client.cli.conftest import Flux
from tests.client.cli.held_saving import HeldSaving
from tests.client.cli.running import redirected, run
from tests.client.cli.test_signals import said, started
from tests.client.documented import DEFAULTS, PRICE
from tests.client.gate import Gate
from tests.waiting import PATIENCE, until

SMALL = ("--width", "512", "--height", "512")

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process on SIGTERM")


@pytest.fixture(autouse=True)
def a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of an account that gets images at once."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY)


@contextmanager
def serving(**changes: Any) -> Iterator[Sandbox]:
    """A sandbox that differs in something."""
    behaviour: Behaviour = evolve(DOCUMENTED, **changes)
    with running_sandbox(create_app(behaviour)) as sandbox:
        yield sandbox


def test_four_images_come_out(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """Numbered files, each an image of its own, whose seed it holds."""
    before = sandbox.ledger.billed
    done = flux("generate", "a tiger", "--count", "4", "--seed", "random", *SMALL, "--base-url", sandbox.url)
    assert done.code == 0, done.err
    names = [f"a-tiger-{number}.jpg" for number in range(1, 5)]
    assert sorted(done.out.splitlines()) == names
    assert len({(folder / name).read_bytes() for name in names}) == 4
    shown = {flux("show", name, "--json").json["seed"] for name in names}
    assert len(shown) == 4
    assert DEFAULTS["seed"] not in shown
    assert f"{sandbox.ledger.billed - before:.3f}" == f"{4 * PRICE:.3f}"


def test_a_seed_is_the_first_of_several(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """7 gives 7 to 10, in the order of the files, and the list of results says so."""
    done = flux(
        *("generate", "a tiger", "--count", "4", "--seed", "7", "-o", "t.jpg", *SMALL),
        *("--json", "--base-url", sandbox.url),
    )
    assert (done.code, done.err) == (0, "")
    assert [(one["file"], one["seed"], one["request"]["seed"]) for one in done.json] == [
        (f"t-{number}.jpg", 6 + number, 6 + number) for number in range(1, 5)
    ]
    assert all((folder / one["file"]).stat().st_size > 1000 for one in done.json)


def test_without_a_seed_each_is_random(flux: Flux, sandbox: Sandbox) -> None:
    """The seed of the document would buy the same image four times: the output says what is done instead."""
    done = flux("generate", "a tiger", "--count", "3", *SMALL, "--base-url", sandbox.url)
    assert done.err.splitlines()[0] == "Each image gets a random seed: --seed N would make it N, N + 1 and so on."
    found = {line.split("seed ")[1].split(",")[0] for line in done.err.splitlines()[1:]}
    assert (len(found), str(DEFAULTS["seed"]) in found) == (3, False)


def test_the_service_can_draw_the_seeds(flux: Flux, sandbox: Sandbox) -> None:
    """The value for that is the same in each request, and no number of a series is that value."""
    call = ("generate", "a tiger", "--dry-run", "--json", "--base-url", sandbox.url)
    drawn = flux(*call, "--count", "2", "--seed", "-1").json["requests"]
    assert [one["request"]["seed"] for one in drawn] == [-1, -1]
    passed = flux(*call, "--count", "3", "--seed", "-2").json["requests"]
    assert [one["request"]["seed"] for one in passed] == [-2, 0, 1]


def test_seeds_beyond_their_range_are_refused(flux: Flux, sandbox: Sandbox) -> None:
    """Before anything is sent."""
    before = len(sandbox.ledger.posts)
    done = flux("generate", "a tiger", "--count", "2", "--seed", str((1 << 63) - 1), "--base-url", sandbox.url)
    assert (done.code, len(sandbox.ledger.posts)) == (2, before)
    assert "--seed: 9223372036854775808 is out of range" in done.err


def test_one_of_one_keeps_its_name(flux: Flux, sandbox: Sandbox) -> None:
    """With `--count 1` there is nothing to number, and the JSON is a list all the same."""
    done = flux("generate", "a fox", "--count", "1", "-o", "f.jpg", *SMALL, "--json", "--base-url", sandbox.url)
    assert [one["file"] for one in done.json] == ["f.jpg"]


def test_numbers_that_are_taken_are_passed_over(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """In a folder nothing is overwritten; names that were given have to be free."""
    (folder / "out").mkdir()
    (folder / "out" / "a-fox-2.jpg").write_text("mine")
    call = ("generate", "a fox", "--count", "2", *SMALL, "--base-url", sandbox.url)
    assert sorted(flux(*call, "-o", "out/").out.splitlines()) == ["out/a-fox-1.jpg", "out/a-fox-3.jpg"]
    before = sandbox.ledger.billed
    refused = flux(*call, "-o", "out/a-fox.jpg")
    assert (refused.code, sandbox.ledger.billed) == (2, before)
    assert "out/a-fox-1.jpg exists already: --force overwrites it. Nothing was sent." in refused.err
    assert flux(*call, "-o", "out/a-fox.jpg", "--force").code == 0
    assert (folder / "out" / "a-fox-2.jpg").read_bytes() != b"mine"


(OPERATION,) = (one for one in OPERATIONS if one.operation.name == "generate_image")


def test_a_document_without_a_seed() -> None:
    """Then all requests are alike: the service draws what it draws."""
    seedless = evolve(OPERATION, operation=OPERATION.operation._replace(semantics=NO_SEMANTICS))
    assert len(set(map(repr, requests_of(seedless, {"prompt": "a fox"}, 3)))) == 1


def test_a_document_with_few_seeds() -> None:
    """Each has its own as long as there are enough."""
    rule = FIELDS[2].rule._replace(minimum=1, maximum=4)
    few = FIELDS[2]._replace(rule=rule)

    def checked(**values: Any) -> GenerateImageRequest:
        if values.get("seed") == "random":
            values["seed"] = draw_seed(rule)
        return GenerateImageRequest(**values)

    narrow = evolve(OPERATION, fields=(*FIELDS[:2], few, *FIELDS[3:]), request=checked)
    assert sorted(one.seed for one in requests_of(narrow, {"prompt": "a fox"}, 4)) == [1, 2, 3, 4]
    assert len(requests_of(narrow, {"prompt": "a fox"}, 5)) == 5


@pytest.mark.parametrize("count", ["0", "101", "x"])
def test_a_number_that_cannot_be(flux: Flux, count: str) -> None:
    """More than a hundred are for `batch`."""
    done = flux("generate", "a tiger", "--count", count)
    assert done.code == 2
    assert "--count" in done.err


def test_one_failure_does_not_lose_the_others(flux: Flux, folder: Path) -> None:
    """The others are saved; the exit code is that of the failure, whose place in the list says what it was."""

    def drawing(parameters: Parameters, image_format: str) -> bytes:
        image = draw(parameters, image_format)
        return image[:-100] if parameters["seed"] == 8 else image

    with serving(draw=drawing) as sandbox:
        call = ("generate", "a tiger", "--count", "3", "--seed", "7", *SMALL, "--base-url", sandbox.url)
        done = flux(*call)
        listed = flux(*call, "--json", "-o", "j.jpg")
    assert (done.code, sorted(done.out.splitlines())) == (1, ["a-tiger-1.jpg", "a-tiger-3.jpg"])
    assert "the image is cut off" in done.err
    assert "; the bytes of the response are kept as a-tiger-2.rejected\n" in done.err
    assert done.err.endswith("2 of 3 images saved\n")
    assert [one.get("error") for one in listed.json] == [None, "InvalidImageError", None]
    assert (listed.json[1]["billed"], listed.json[1]["file"], listed.json[1]["request"]["seed"]) == (
        True,
        "j-2.rejected",
        8,
    )


def test_failures_of_one_cause_are_one_message(
    flux: Flux, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What all were refused for is said once."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY_FORBIDDEN)
    done = flux("generate", "a tiger", "--count", "4", *SMALL, "--base-url", sandbox.url)
    assert (done.code, done.out, done.err.count("403 Forbidden")) == (1, "", 1)
    assert done.err.endswith("  … and the same for 3 other images\n0 of 4 images saved\n")
    assert list(folder.iterdir()) == []


def test_numbers_make_no_causes(flux: Flux) -> None:
    """A service that nobody runs is one cause, however often each call has tried it."""
    done = flux(*("generate", "a tiger", "--count", "3", "--max-wait", "1", "--base-url", "http://127.0.0.1:9"))
    assert (done.code, done.err.count("Error ("), "the same for 2 other images" in done.err) == (1, 1, True), done.err


def test_what_fails_in_a_row_ends_it(flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a batch: the next would fare no better, and may be charged for."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY_FORBIDDEN)
    before = len(sandbox.ledger.posts)
    done = flux("generate", "a tiger", "--count", "100", *SMALL, "--base-url", sandbox.url)
    assert done.code == 1
    sent = len(sandbox.ledger.posts) - before
    assert 20 <= sent < 40
    assert done.err.endswith(f"0 of 100 images saved, {100 - sent} not bought\n")


def test_a_budget_holds_for_all(flux: Flux, folder: Path) -> None:
    """`--max-cost` buys as many as it allows."""
    with serving() as sandbox:
        done = flux(
            *("generate", "a tiger", "--count", "4", "--max-cost", str(2 * PRICE), *SMALL),
            *("--base-url", sandbox.url),
        )
        assert (done.code, len(done.out.splitlines())) == (1, 2)
        assert len(sandbox.ledger.posts) == 2
    assert "2 of 4 images saved" in done.err
    assert "budget" in done.err


def test_several_over_the_queue(flux: Flux, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a job, whose id is said as soon as it is known."""
    scale_polls(monkeypatch)
    with queueing_sandbox() as sandbox:
        done = flux("generate", "a tiger", "--count", "3", "--queue", *SMALL, "--base-url", sandbox.url)
    assert done.code == 0, done.err
    assert done.err.count("Submitted as ") == 3
    assert sorted(done.out.splitlines()) == [f"a-tiger-{number}.jpg" for number in (1, 2, 3)]


@needs_signals
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 0), ("SIGHUP", 0)])
def test_a_signal_lets_those_in_flight_finish(
    sandbox: Sandbox, tmp_path: Path, gate: Gate, name: str, code: int
) -> None:
    """It says how many it waits for, and nothing is lost."""
    gate.close()
    options = ("--count", "3", *SMALL, "--base-url", sandbox.url)
    with started(tmp_path, KEY, "generate", "a tiger", *options) as process:
        until(lambda: sandbox.ledger.in_flight == 3)
        process.send_signal(signal.Signals[name])
        waiting = said(process, "nothing more is sent")
        gate.open()
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, len(out.splitlines())) == (code, 3), err
    called = {"SIGINT": "Ctrl-C"}.get(name, name)
    assert waiting.startswith(f"{called}: nothing more is sent, waiting for 3 images in flight, ")
    assert waiting.endswith(f"{'Ctrl-C again' if name == 'SIGINT' else 'a second signal'} ends at once\n")
    assert len(list(tmp_path.glob("*.jpg"))) == 3


@needs_signals
def test_a_signal_sends_nothing_more(tmp_path: Path, gate: Gate) -> None:
    """Those that wait for their turn are not sent: the output says how many."""
    gate.close()
    with serving(draw=gate.draw) as sandbox:
        options = ("--count", "10", "--json", *SMALL, "--base-url", sandbox.url)
        with started(tmp_path, KEY, "generate", "a tiger", *options) as process:
            until(lambda: sandbox.ledger.in_flight == 8)
            process.send_signal(signal.SIGINT)
            said(process, "nothing more is sent")
            gate.open()
            out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130
        assert len(sandbox.ledger.posts) == 8
    assert err.endswith("8 of 10 images saved, 2 not bought\n")
    found = json.loads(out)
    assert [("file" in one, one.get("error")) for one in found] == [*[(True, None)] * 8, *[(False, "Ctrl-C")] * 2]
    assert found[-1]["billed"] is False


@needs_signals
def test_what_waits_to_be_sent_again_is_not_waited_for(sandbox: Sandbox, tmp_path: Path) -> None:
    """The service has refused it, so nothing was billed."""
    before = len(sandbox.ledger.posts)
    options = ("--count", "2", *SMALL, "--base-url", sandbox.url)
    with started(tmp_path, KEY_RATE_LIMITED, "generate", "a tiger", *options) as process:
        until(lambda: len(sandbox.ledger.posts) >= before + 2)
        waiting = said(process, "next try in")
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    assert waiting.startswith("too many requests in too short a time, next try in ")
    assert "next try in" not in err
    assert err.endswith("0 of 2 images saved, 2 not bought\n")


@needs_signals
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_second_signal_says_what_may_have_been_billed(
    sandbox: Sandbox, tmp_path: Path, gate: Gate, name: str
) -> None:
    """It ends at once."""
    gate.close()
    options = ("--count", "3", "--json", *SMALL, "--base-url", sandbox.url)
    with started(tmp_path, KEY, "generate", "a tiger", *options) as process:
        until(lambda: sandbox.ledger.in_flight == 3)
        process.send_signal(signal.Signals[name])
        said(process, "nothing more is sent")
        time.sleep(SIGNALS_TOGETHER)
        process.send_signal(signal.Signals[name])
        out, err = process.communicate(timeout=PATIENCE)
    gate.open()
    called, code = {"SIGINT": ("Ctrl-C", 130), "SIGTERM": ("SIGTERM", 143)}[name]
    assert process.returncode == code, err
    assert err.endswith(f"{called}: 3 requests in flight may have been billed\n0 of 3 images saved\n")
    assert [one["billed"] for one in json.loads(out)] == [None, None, None]
    until(lambda: sandbox.ledger.in_flight == 0)


@needs_signals
def test_the_grace_period_ends_the_wait(sandbox: Sandbox, tmp_path: Path, gate: Gate) -> None:
    """What takes longer may have been billed."""
    gate.close()
    options = ("--count", "2", "--grace-period", "0.2", *SMALL, "--base-url", sandbox.url)
    with started(tmp_path, KEY, "generate", "a tiger", *options) as process:
        until(lambda: sandbox.ledger.in_flight == 2)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    assert "SIGTERM: 2 requests in flight may have been billed\n" in err
    gate.open()
    until(lambda: sandbox.ledger.in_flight == 0)


@needs_signals
def test_a_signal_names_the_jobs_that_go_on(tmp_path: Path) -> None:
    """Nothing is waited for, and nothing is lost: each has the command that collects it."""
    with queueing_sandbox(SLOW) as sandbox:
        options = ("--count", "2", "--queue", "--json", *SMALL, "--base-url", sandbox.url)
        with started(tmp_path, KEY, "generate", "a tiger", *options) as process:
            until(lambda: sum(entry.path.endswith("/status") for entry in sandbox.ledger.entries) >= 2)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, err
    found = json.loads(out)
    for number, one in enumerate(found, start=1):
        assert f"Image {number}: the job is still active: collect it with `" in err
        assert one["job_id"] in err
        assert one["billed"] is None


@needs_signals
def test_a_second_signal_during_the_saving_keeps_what_arrived(tmp_path: Path) -> None:
    """What the service sent is kept elsewhere, and the message says where."""
    content = BytesIO()
    Image.effect_noise((512, 512), 60).convert("RGB").save(content, "JPEG", quality=90)
    noise = content.getvalue()
    (tmp_path / "kept").mkdir()
    (tmp_path / "out").mkdir()
    held = HeldSaving(tmp_path / "held", together=False)
    with serving(draw=lambda _, __: noise) as sandbox:
        options = ("--count", "2", "-o", "t.png", *SMALL, "--base-url", sandbox.url)
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("TMPDIR", str(tmp_path / "kept"))
            with started(tmp_path / "out", KEY, "generate", "a tiger", *options, **held.variables) as process:
                held.received(0)
                until(lambda: len(sandbox.ledger.posts) == 2 and sandbox.ledger.in_flight == 0)
                process.send_signal(signal.SIGTERM)
                held.received(1)
                process.send_signal(signal.SIGTERM)
                out, err = process.communicate(timeout=PATIENCE)
    kept = list((tmp_path / "kept").glob("t-*.jpg"))
    assert (process.returncode, len(kept) + len(out.splitlines())) == (143, 2), err
    assert kept
    for file in kept:
        assert file.read_bytes() == noise
        assert f"the image was billed, and is kept as {file}\n" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@needs_signals
def test_what_arrives_after_a_second_signal_stays_unknown(tmp_path: Path) -> None:
    """Nothing waits for it any more: what came during the report would be in no line of it."""
    arrives = threading.Event()

    def drawn(parameters: Parameters, image_format: str) -> bytes:
        arrives.wait(PATIENCE)
        return draw(parameters, image_format)

    def press_twice(sandbox: Sandbox) -> None:
        until(lambda: sandbox.ledger.in_flight == 2)
        # Another thread than the main one may receive it, which then does not wake at once.
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        until(lambda: made.first is not None)
        time.sleep(SIGNALS_TOGETHER)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    request = GenerateImageRequest(prompt="a tiger", width=512, height=512)
    calls = [
        Call(number, request, request.to_dict(), tmp_path / f"{number}.jpg", CallWatch(print)) for number in (1, 2)
    ]
    made = Calls(calls, None, 8.0, take=print, stopping=print)
    with serving(draw=drawn) as sandbox, Client(base_url=sandbox.url) as client:
        presses = threading.Thread(target=press_twice, args=(sandbox,))
        presses.start()
        made.make(lambda watch: client.with_options(hooks=[watch]).generate_image)
        presses.join()
        arrives.set()
    # The sandbox has ended, so both images have arrived.
    assert made.ended_by == "Ctrl-C"
    assert [(call.is_unknown, call.image) for call in calls] == [(True, None)] * 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_an_output_that_is_full_loses_no_image(sandbox: Sandbox, tmp_path: Path) -> None:
    """The images are saved, and the standard error says that nobody was told their names."""
    done = redirected(
        f"generate tiger --count 2 -o t.jpg --width 512 --height 512 --base-url {sandbox.url}", ">/dev/full", tmp_path
    )
    assert done.returncode == 1
    assert "Error: the standard output was not written: No space left on device" in done.stderr
    assert len(list(tmp_path.glob("t-*.jpg"))) == 2


def test_help_says_which_seeds_the_images_have(tmp_path: Path) -> None:
    """And what the JSON is."""
    text = " ".join(run("generate", "--help", cwd=tmp_path).out.split())
    assert "With --seed 7, their seeds are 7, 8, 9 and so on" in text
    assert "with --count a list of results" in text
