"""`batch`: many images into a folder, none of which is bought twice."""

import json
import re
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from segmind_flux_schnell import GenerateImageRequest
from segmind_flux_schnell._runtime.batch.history import key_of
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_NO_CREDITS, KEY_SLOW
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.conftest import Flux
from tests.client.cli.galleries import failed, journal, sending
from tests.client.cli.running import MODULE, environment
from tests.client.documented import PRICE as DOCUMENTED_PRICE
from tests.client.documented import allowed
from tests.client.faults.responses import JSON_TYPE
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response
from tests.waiting import PATIENCE, until

PRICE = Decimal("0.008")


@pytest.fixture(autouse=True)
def a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of an account that gets images at once."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY)


@pytest.fixture
def prompts(folder: Path) -> Path:
    """Twelve requests, one of which repeats another."""
    path = folder / "prompts.jsonl"
    lines = [{"prompt": f"a tiger number {number}", "width": 512, "height": 512} for number in range(11)]
    path.write_text("\n".join(json.dumps(line) for line in [*lines, lines[3]]))
    return path


@pytest.mark.parametrize("option", ["--max-cost", "--keep-credits"])
@pytest.mark.parametrize("text", ["nan", "inf", "1e400", "1_000", "\uff11", "0x10", "", " ", "-1"])
def test_what_is_not_an_amount_is_refused_by_name(
    flux: Flux, sandbox: Sandbox, prompts: Path, option: str, text: str
) -> None:
    """A limit that is not a number would be no limit: nothing is bought, and the message names the option."""
    before = sandbox.ledger.billed
    done = flux("batch", prompts, f"{option}={text}", "--base-url", sandbox.url)
    assert (done.code, sandbox.ledger.billed) == (2, before)
    assert f"Invalid value for '{option}': {text!r} is not a number of credits, such as 2.50." in done.err


@pytest.mark.parametrize("command", ["batch prompts.jsonl", "generate fox", "generate fox --count 2", "credits"])
def test_the_first_line_says_where_a_command_sends_to(
    flux: Flux, sandbox: Sandbox, prompts: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Where only a variable says so: an image of the sandbox is not taken for one of the service."""
    monkeypatch.setenv("SEGMIND_BASE_URL", sandbox.url)
    arguments = [str(prompts) if word == "prompts.jsonl" else word for word in command.split()]
    done = flux(*arguments, "--json")
    assert done.err == f"Sending to {sandbox.url} (SEGMIND_BASE_URL)\n"
    assert done.json
    assert flux(*arguments, "--json", "--base-url", sandbox.url).err == ""


def test_a_batch(flux: Flux, sandbox: Sandbox, prompts: Path) -> None:
    """Each request is bought once, and the summary says what the images cost."""
    before = sandbox.ledger.billed
    done = flux("batch", prompts, "-o", "out", "--in-flight", "4", "--base-url", sandbox.url)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("11 images bought, 1 duplicate\n0.088 credits spent, ")
    assert sandbox.ledger.billed - before == 11 * PRICE
    images = list((prompts.parent / "out").glob("*.jpg"))
    assert len(images) == 11
    with Image.open(images[0]) as image:
        image.load()


def test_a_batch_that_runs_again(flux: Flux, sandbox: Sandbox, prompts: Path) -> None:
    """Images that are on disk are not bought again, and `plan` says so beforehand."""
    flux("batch", prompts, "--base-url", sandbox.url)
    before = sandbox.ledger.billed
    plan = flux("plan", prompts, "-o", "out", "--json").json
    assert (len(plan["to_send"]), len(plan["already_done"]), float(plan["estimated_cost"])) == (0, 11, 0.0)
    done = flux("batch", prompts, "--base-url", sandbox.url, "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.json["done"], done.json["from_disk"], done.json["spent"]) == (0, 11, "0")
    assert sandbox.ledger.billed == before


def test_images_of_another_size_are_done(flux: Flux, server: RespondingServer, folder: Path) -> None:
    """The summary, its JSON and the gallery name the lines and what is odd; the run succeeds."""
    server.response = http_response("200 OK", jpeg(992, 512), JPEG_TYPE)
    lines = [{"prompt": f"a tiger number {number}", "width": 1000, "height": 512} for number in range(3)]
    (folder / "prompts.jsonl").write_text("\n".join(map(json.dumps, lines)))
    text = "the image is 992 x 512 pixels, not 1000 x 512 as requested"
    done = flux("batch", "prompts.jsonl", "--base-url", server.url)
    assert done.code == 0
    assert done.err.splitlines()[-1] == f"Warning: 3 images of prompts.jsonl, lines 1-3; the first: {text}"
    assert (flux("review", "out").code, text in (folder / "out" / "review.html").read_text()) == (0, True)
    again = flux("batch", "prompts.jsonl", "-o", "again", "--base-url", server.url, "--json")
    assert again.json["warnings"] == [{"line": line, "code": "size-mismatch", "message": text} for line in (1, 2, 3)]
    strict = flux("batch", "prompts.jsonl", "-o", "strict", "--base-url", server.url, "--on-mismatch", "raise")
    (kept,) = (folder / "strict").glob("*.rejected")
    assert (strict.code, kept.read_bytes()) == (1, jpeg(992, 512))
    assert "MismatchError in prompts.jsonl, lines 1-3" in strict.err


def test_shards_share_a_batch(flux: Flux, sandbox: Sandbox, prompts: Path) -> None:
    """Each shard buys its part, and together they buy everything."""
    found = [
        flux("batch", prompts, "--shard", f"{number}/3", "--base-url", sandbox.url, "--json").json
        for number in (1, 2, 3)
    ]
    assert sum(one["done"] for one in found) == 11
    assert flux("review", "out", "--json").json["done"] == 11


def test_faults_are_found_first(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """If the file has a fault, nothing is sent, and the fault is named with its line."""
    (folder / "prompts.csv").write_text("prompt,steps\na fox,4\na wolf,99\n")
    before = sandbox.ledger.billed
    done = flux("batch", "prompts.csv", "--base-url", sandbox.url, "--json")
    assert done.code == 2
    message = f"steps: 99 is out of range: {allowed('steps')}"
    assert f"prompts.csv:3: {message}" in done.err
    assert done.json["faults"] == [{"line": 3, "message": message}]
    assert sandbox.ledger.billed == before
    assert not (folder / "out").exists()


def test_no_credits_end_it(flux: Flux, sandbox: Sandbox, prompts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The batch stops at a response that every further request would get too, and names the lines that failed."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY_NO_CREDITS)
    done = flux("batch", prompts, "--in-flight", "2", "--base-url", sandbox.url)
    assert done.code == 1
    assert "Stopped early: " in done.err
    assert f"NotEnoughCreditsError in {prompts}, lines 1-2: " in done.err
    assert "the first: generate_image (POST /v1/flux-schnell): 406 Not Acceptable" in done.err
    assert "not sent" in done.out


def affordable(credits: Decimal) -> int:
    """Images that fit below a limit: what the sandbox bills is spent, and the next one counts as the document says."""
    return int((credits - max(PRICE, DOCUMENTED_PRICE)) / PRICE) + 1


@pytest.mark.parametrize(
    ("limit", "bought", "reason"),
    [
        (["--max-cost", "0.04"], affordable(Decimal("0.04")), "max_credits is 0.04"),
        (["--max-images", "3"], 3, "max_images is 3"),
        (["--keep-credits", "999999"], 1, "keep_credits is 999999"),
    ],
)
def test_a_budget(flux: Flux, sandbox: Sandbox, prompts: Path, limit: list[str], bought: int, reason: str) -> None:
    """The batch ends before an image that would exceed a limit; the same command without the limit continues it."""
    before = sandbox.ledger.billed
    done = flux("batch", prompts, *limit, "--in-flight", "1", "--base-url", sandbox.url, "--json")
    assert (done.code, done.json["done"]) == (1, bought)
    assert reason in done.json["stopped"]
    assert done.json["left"] == 11 - bought
    assert sandbox.ledger.billed - before == bought * PRICE
    assert flux("batch", prompts, "--base-url", sandbox.url, "--json").json["done"] == 11 - bought


def test_a_limit_that_is_not_a_number(flux: Flux, prompts: Path) -> None:
    """Credits are written with a decimal point."""
    done = flux("batch", prompts, "--max-cost", "1,50")
    assert done.code == 2
    assert "Invalid value for '--max-cost': '1,50' is not a number of credits, such as 2.50." in done.err


def test_an_unknown_outcome_is_sent_again_only_on_request(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """After a `kill -9` the request is listed, with exit code 3, until `--retry-unknown` sends it again."""
    request = GenerateImageRequest(prompt="a fox", width=512, height=512).to_dict()
    (folder / "prompts.jsonl").write_text(json.dumps({"prompt": "a fox", "width": 512, "height": 512}))
    journal(folder / "out", {**sending(key_of(request)), "request": request})
    done = flux("batch", "prompts.jsonl", "--base-url", sandbox.url)
    assert done.code == 3
    told = "OutcomeUnknownError in prompts.jsonl, line 1: may have been billed, --retry-unknown sends it again"
    assert told in done.err
    plan = flux("plan", "prompts.jsonl", "-o", "out")
    assert "of unknown outcome, not sent again without --retry-unknown (1): line 1" in plan.out
    assert flux("batch", "prompts.jsonl", "--retry-unknown", "--base-url", sandbox.url).code == 0


def test_an_image_that_was_moved_is_bought_again_only_on_request(flux: Flux, sandbox: Sandbox, prompts: Path) -> None:
    """It is listed with its line until `--retry-missing` buys it again."""
    flux("batch", prompts, "--base-url", sandbox.url)
    image = next((prompts.parent / "out").glob("*.jpg"))
    image.rename(prompts.parent / "best.jpg")
    before = sandbox.ledger.billed
    second = flux("batch", prompts, "--base-url", sandbox.url)
    assert second.code == 1
    assert second.out.startswith("0 images bought, 10 on disk already, 1 duplicate, 1 no longer on disk\n")
    assert f"Images moved, changed or deleted in {prompts}, line " in second.err
    assert "paid for, --retry-missing buys them again" in second.err
    (missing,) = flux("batch", prompts, "--base-url", sandbox.url, "--json").json["missing"]
    assert missing["file"] == image.name
    plan = flux("plan", prompts, "-o", "out")
    assert f"not bought again without --retry-missing (1): line {missing['line']}" in plan.out
    assert flux("plan", prompts, "-o", "out", "--json").json["missing"][0]["file"] == image.name
    assert sandbox.ledger.billed == before
    assert flux("batch", prompts, "--retry-missing", "--base-url", sandbox.url).code == 0
    assert sandbox.ledger.billed == before + PRICE


def test_what_was_paid_for_without_an_image_is_listed(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """The line is named, and the option that sends it again."""
    request = GenerateImageRequest(prompt="a fox", width=512, height=512).to_dict()
    (folder / "prompts.jsonl").write_text(json.dumps({"prompt": "a fox", "width": 512, "height": 512}))
    key = key_of(request)
    journal(folder / "out", {**sending(key), "request": request}, failed(key, "no image", billed=True))
    done = flux("batch", "prompts.jsonl", "--base-url", sandbox.url)
    assert (done.code, done.out.splitlines()[0]) == (1, "0 images bought, 1 failed")
    again = "billed in an earlier run, --retry-rejected sends it again; the first: no image"
    assert f"NotEnoughCreditsError in prompts.jsonl, line 1: {again}" in done.err
    assert flux("batch", "prompts.jsonl", "--base-url", sandbox.url, "--json").json["rejected"][0]["line"] == 1
    assert flux("batch", "prompts.jsonl", "--retry-rejected", "--base-url", sandbox.url).code == 0


@pytest.mark.parametrize("shard", ["0/8", "9/8", "2", "a/b", "1/0"])
def test_an_invalid_shard(flux: Flux, prompts: Path, shard: str) -> None:
    """A shard is written as 2/8, and the message says so."""
    done = flux("batch", prompts, "--shard", shard)
    assert done.code == 2
    assert f"{shard!r} is not a shard: write 2/8 for the second of eight." in done.err


def test_no_key(flux: Flux, prompts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key the message says where to put it."""
    monkeypatch.delenv("SEGMIND_API_KEY")
    done = flux("batch", prompts)
    assert done.code == 2
    assert "put it in the environment variable SEGMIND_API_KEY" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a console, not to a process")
def test_ctrl_c_lets_requests_in_flight_finish(sandbox: Sandbox, prompts: Path) -> None:
    """The first Ctrl-C ends the batch cleanly with exit code 130: images of sent requests are on disk."""
    process = subprocess.Popen(
        [*MODULE, "batch", prompts.name, "--in-flight", "3", "--json", "--base-url", sandbox.url],
        cwd=prompts.parent,
        env=environment(KEY_SLOW),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: sandbox.ledger.in_flight == 3)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Stopped early: Ctrl-C" in err
    summary = json.loads(out)
    assert (summary["done"], summary["left"], summary["unknown"]) == (3, 8, [])


def test_images_that_another_program_holds_are_named(flux: Flux, sandbox: Sandbox, prompts: Path, held: None) -> None:
    """The run ends with a sentence for each file that has another name; run again, it goes on with the others."""
    before = len(sandbox.ledger.posts)
    done = flux("batch", prompts, "-o", "out", "--in-flight", "2", "--base-url", sandbox.url, "--json")
    bought = len(sandbox.ledger.posts) - before
    kept = sorted(path.name for path in (prompts.parent / "out").glob("*.jpg"))
    assert (done.code, len(kept), done.json["error"]) == (1, bought, "NotSavedError")
    assert all(name in done.err for name in kept)
    assert "Errno" not in done.err
    assert flux("plan", prompts, "-o", "out", "--json").json["already_done"]


TRACE = """\
Traceback (most recent call last):
  File "serve.py", line 3, in respond
    go()
ValueError: \x1b[31mno\x1b[0m
"""
"""What some services send: its last line says what went wrong."""


@pytest.fixture
def failing(server: RespondingServer) -> RespondingServer:
    """A service that responds with a stack trace."""
    server.response = http_response("500 Internal Server Error", json.dumps({"error": TRACE}).encode(), JSON_TYPE)
    return server


def test_a_failure_has_one_name(flux: Flux, failing: RespondingServer, folder: Path) -> None:
    """The class of its error: of one image, in a summary, in JSON, in the journal, and in the gallery."""
    (folder / "prompts.txt").write_text("a fox\nan owl\n")
    one = flux("generate", "a fox", "--base-url", failing.url)
    assert one.err.startswith(
        "Error (ServerError): generate_image (POST /v1/flux-schnell): 500 Internal Server Error: "
    )
    assert flux("generate", "a fox", "--base-url", failing.url, "--json").json["error"] == "ServerError"
    many = flux("batch", "prompts.txt", "--base-url", failing.url)
    assert "ServerError in prompts.txt, lines 1-2: not billed, the next run sends them again; the first: " in many.err
    as_json = flux("batch", "prompts.txt", "-o", "again", "--base-url", failing.url, "--json").json
    assert [failure["error"] for failure in as_json["failures"]] == ["ServerError", "ServerError"]
    assert "ServerError: 2 requests" in (flux("review", "out"), (folder / "out" / "review.html").read_text())[1]


@pytest.mark.parametrize("command", [("generate", "a fox"), ("batch", "prompts.txt"), ("credits",)])
def test_a_stack_trace_of_the_service_is_one_line(
    flux: Flux, failing: RespondingServer, folder: Path, command: tuple[str, ...]
) -> None:
    """What was raised, its escape sequences escaped; `--verbose` shows the rest, and JSON has all of it."""
    (folder / "prompts.txt").write_text("a fox\n")
    brief = flux(*command, "--base-url", failing.url)
    assert r"ValueError: \x1b[31mno\x1b[0m" in brief.err
    assert "serve.py" not in brief.err
    assert "; --verbose shows the stack trace" in brief.err
    assert "\x1b" not in brief.err
    whole = flux(*command, "-v", "--base-url", failing.url)
    assert '  |   File "serve.py", line 3, in respond' in whole.err
    assert "\x1b" not in whole.err
    found = flux(*command, "--json", "--base-url", failing.url).json
    text = (found["failures"][0] if command[0] == "batch" else found)["text"]
    assert json.loads(text)["error"] == TRACE


def test_nobody_listens(flux: Flux, folder: Path) -> None:
    """One sentence, with the address: no errno, no name of a class of a library, no TLS where none is spoken."""
    done = flux("generate", "a fox", "--max-wait", "0", "--base-url", "http://127.0.0.1:9")
    sentence = (
        "generate_image (POST /v1/flux-schnell): not sent, so not billed: nothing is listening at http://127.0.0.1:9"
    )
    assert done.err.startswith(f"Error (NotSentError): {sentence}")
    assert not any(word in done.err for word in ("Errno", "ConnectError", "ssl"))


def test_a_log_gets_a_line_now_and_then(
    flux: Flux, sandbox: Sandbox, prompts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each minute in which something is in flight, here scaled down: how far it is, the rate, the credits, the time."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY_SLOW)
    monkeypatch.setattr("segmind_flux_schnell._runtime.cli.progress_bar.LINE_EACH", 1.5)
    done = flux("batch", prompts, "--in-flight", "6", "--base-url", sandbox.url)
    lines = [line for line in done.err.splitlines() if " of 11" in line]
    assert lines[0] == "0 of 11, 0 spent"
    assert any(
        re.fullmatch(r"6 of 11, [0-9.e+]+/(min|s), 0\.048 spent, \S+ left, about \d s left", line) for line in lines
    )
    assert len(lines) <= 5


def test_what_ends_a_batch_is_said_once(flux: Flux, failing: RespondingServer, folder: Path) -> None:
    """A failure that all requests would share ends it: its name says why, and its message follows with its lines."""
    failing.response = http_response("401 Unauthorized", b'{"error": "no such key"}', JSON_TYPE)
    (folder / "prompts.txt").write_text("a fox\nan owl\n")
    done = flux("batch", "prompts.txt", "--base-url", failing.url)
    assert "Stopped early: UnauthorizedError\n" in done.err
    assert done.err.count("no such key") == 1


def test_lines_that_follow_each_other_are_a_range(flux: Flux, failing: RespondingServer, folder: Path) -> None:
    """Of a batch and of a plan: one line alone is a `line`."""
    (folder / "prompts.txt").write_text("a fox\n\nan owl\na wolf\na hare\n")
    done = flux("batch", "prompts.txt", "--in-flight", "1", "--base-url", failing.url)
    assert "ServerError in prompts.txt, lines 1, 3-5: not billed" in done.err
    (folder / "prompts.txt").write_text("a fox\na fox\na fox\n")
    assert "duplicates, not sent again (2): lines 2 (as 1), 3 (as 1)" in flux("plan", "prompts.txt").out
