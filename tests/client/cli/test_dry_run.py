"""`--dry-run`: everything is checked, and nothing is sent."""

import json
from pathlib import Path

import pytest

from segmind_flux_schnell.cli import OPERATIONS
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.conftest import Flux
from tests.client.documented import DEFAULTS, PRICE, allowed

(SECONDS,) = (options.seconds for options in OPERATIONS if options.operation.name == "generate_image")


def test_what_would_be_sent(flux: Flux, sandbox: Sandbox, folder: Path) -> None:
    """Address, body, file, cost and time are shown, without a key."""
    before = len(sandbox.ledger.entries)
    done = flux("generate", "a fox", "--seed", "7", "--dry-run", "--base-url", sandbox.url)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:2] == [f"POST {sandbox.url}/v1/flux-schnell", "key: none yet, SEGMIND_API_KEY is not set"]
    body = json.loads(done.out[done.out.index("{") : done.out.index("}") + 1])
    assert body == {**DEFAULTS, "prompt": "a fox", "seed": 7}
    assert lines[-4:] == [
        "file: a-fox.jpg",
        f"estimated cost: {PRICE} credits",
        f"estimated time: {SECONDS:g} s",
        "1 request checked, nothing was sent",
    ]
    assert (len(sandbox.ledger.entries), list(folder.iterdir())) == (before, [])


def test_the_key_is_not_shown(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where it comes from."""
    monkeypatch.setenv("SEGMIND_API_KEY", "SG_very_secret_0123456789")
    for more in ([], ["--json"]):
        done = flux("generate", "a fox", "--dry-run", *more)
        assert done.code == 0
        assert "very_secret" not in done.out + done.err
    assert "key: from SEGMIND_API_KEY\n" in flux("generate", "a fox", "--dry-run").out


def test_several_as_json(flux: Flux, folder: Path) -> None:
    """Each has its seed and its file; the address is that of the queue with `--queue`."""
    done = flux("generate", "a fox", "--count", "3", "--seed", "7", "-o", "f.jpg", "--queue", "--dry-run", "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.json["method"], done.json["url"].endswith("/v2/flux-schnell")) == ("POST", True)
    found = [(one["file"], one["request"]["seed"]) for one in done.json["requests"]]
    assert found == [("f-1.jpg", 7), ("f-2.jpg", 8), ("f-3.jpg", 9)]
    assert (done.json["estimated_cost"], done.json["estimated_seconds"]) == (str(3 * PRICE), SECONDS)


def test_seeds_that_are_drawn_are_said_to_be(flux: Flux) -> None:
    """The next run draws others."""
    done = flux("generate", "a fox", "--seed", "random", "--dry-run", "-o", "-")
    assert done.err == "The seeds were drawn: the next run draws others.\n"
    assert "file: the standard output\n" in done.out


def test_what_a_limit_allows_is_said(flux: Flux) -> None:
    """`--max-cost` is compared with the price of the document."""
    done = flux("generate", "a fox", "--count", "4", "--seed", "1", "--max-cost", str(2 * PRICE), "--dry-run")
    assert (done.code, done.err) == (0, f"Warning: --max-cost {2 * PRICE} allows 2 of 4 images\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--steps", "99"], f"--steps: 99 is out of range: {allowed('steps')}"),
        (["-o", "nowhere/x.jpg"], "nowhere is not a folder"),
        (["-o", "there.jpg"], "there.jpg exists already: --force overwrites it"),
        (["--base-url", "nowhere"], "base_url is 'nowhere', not a URL"),
        (["--timeout", "-1"], "timeout"),
    ],
)
def test_faults_are_found(flux: Flux, folder: Path, options: list[str], message: str) -> None:
    """As in the run itself: exit code 2."""
    (folder / "there.jpg").write_text("mine")
    done = flux("generate", "a fox", *options, "--dry-run")
    assert (done.code, done.out) == (2, "")
    assert message in done.err
