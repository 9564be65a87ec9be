"""What a person is told while the service takes no requests, and how long a command waits."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import evolve

from segmind_flux_schnell_sandbox.accounts import KEY, KEY_RATE_LIMITED, Account, Window
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.cli.conftest import Flux
from tests.client.cli.running import Finished, run
from tests.waiting import with_time_enough

SMALL = ("--width", "512", "--height", "512")


@pytest.fixture(autouse=True)
def a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of an account that gets images at once."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY)


@contextmanager
def serving(account: Account) -> Iterator[Sandbox]:
    """A service with one account."""
    with running_sandbox(create_app(evolve(DOCUMENTED, accounts=(account,)))) as sandbox:
        yield sandbox


def test_generate_waits_and_says_why(flux: Flux, folder: Path) -> None:
    """The image comes when the window of the rate limit ends; until then a line says what is waited for."""

    def sent(seconds: float) -> tuple[Finished, list[int | None]]:
        with serving(Account(KEY, rate_limit=Window(1, seconds))) as sandbox:
            names = (f"{seconds:g}-1.jpg", f"{seconds:g}-2.jpg")
            one, other = (flux("generate", "a tiger", "-o", name, *SMALL, "--base-url", sandbox.url) for name in names)
        assert (one.code, other.code) == (0, 0)
        return other, [entry.status for entry in sandbox.ledger.posts]

    done, statuses = with_time_enough(sent, lambda found: 429 in found[1], 2.5)
    assert done.err.startswith("too many requests in too short a time, next try in ")
    assert statuses == [200, 429, 200]


@pytest.mark.parametrize("command", ["generate", "batch"])
def test_a_wait_can_be_ruled_out(flux: Flux, sandbox: Sandbox, folder: Path, command: str) -> None:
    """`--max-wait 0` sends a request once, and the message says when the service takes requests again."""
    (folder / "prompts.txt").write_text("a tiger\n")
    before = len(sandbox.ledger.posts)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SEGMIND_API_KEY", KEY_RATE_LIMITED)
        what = "a tiger" if command == "generate" else "prompts.txt"
        done = flux(command, what, "--max-wait", "0", "--base-url", sandbox.url)
    assert done.code == 1
    assert len(sandbox.ledger.posts) == before + 1
    assert "429 Too Many Requests" in done.err
    if command == "generate":
        assert "the service takes requests again in 1 min (at 2" in done.err
        assert done.err.rstrip().endswith("to wait for it, raise `max_wait`")


def test_a_batch_in_a_pipe_says_once_what_it_waits_for(folder: Path) -> None:
    """A line for each wait, and not one for each second of it."""
    (folder / "prompts.jsonl").write_text(
        "".join(f'{{"prompt": "tiger {number}", "width": 512, "height": 512}}\n' for number in range(4))
    )

    def finished(seconds: float) -> Finished:
        with serving(Account(KEY, rate_limit=Window(3, seconds))) as sandbox:
            arguments = ("batch", "prompts.jsonl", "-o", f"{seconds:g}", "--base-url", sandbox.url)
            return run(*arguments, cwd=folder)

    done = with_time_enough(finished, lambda found: found.err, 2.5)
    assert done.code == 0
    (line,) = done.err.splitlines()
    assert line.startswith("too many requests in too short a time, next try in ")


def test_a_batch_can_be_sent_slowly(flux: Flux, folder: Path) -> None:
    """With `--rate-limit` the last of six leaves five intervals after the first, at the earliest."""
    (folder / "prompts.txt").write_text("".join(f"a tiger number {number}\n" for number in range(6)))
    with serving(Account(KEY)) as sandbox:
        began = time.monotonic()
        done = flux("batch", "prompts.txt", "--rate-limit", "2 per second", "--base-url", sandbox.url)
        assert time.monotonic() - began >= 2.5
    assert (done.code, done.err) == (0, "")
    assert [entry.status for entry in sandbox.ledger.posts] == [200] * 6


def test_a_rate_that_is_not_one(flux: Flux, folder: Path) -> None:
    """The message shows how one is written."""
    (folder / "prompts.txt").write_text("a tiger\n")
    done = flux("batch", "prompts.txt", "--rate-limit", "fast")
    assert done.code == 2
    assert "'fast' is not a rate, such as '60 a minute' or '2/s'." in done.err
