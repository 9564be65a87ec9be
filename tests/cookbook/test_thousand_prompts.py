"""A thousand prompts: a trial, a kill, the rest, and a gallery of all."""

import csv
import json
import re
from pathlib import Path

import pytest

from segmind_flux_schnell_sandbox.accounts import KEY, KEY_SLOW
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.cookbook.conftest import Recipes, wait_until

ROWS = 1000


@pytest.fixture
def script(recipes: Recipes) -> str:
    """The recipe, beside a file with a thousand prompts."""
    with (recipes.folder / "prompts.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["prompt", "seed", "width", "height"])
        rows.writerows(
            [f"a red fox, number {number}", number if number % 2 else "", 512, 512] for number in range(ROWS)
        )
    return recipes.copy("thousand_prompts.py").name


def images(folder: Path) -> int:
    """How many images there are."""
    return len(list(folder.glob("images/*.jpg")))


def test_a_trial_and_then_the_rest(recipes: Recipes, script: str, sandbox: Sandbox) -> None:
    """The second run buys what the first has not, the third buys nothing, and the gallery shows all."""
    printed = recipes.run(script, "prompts.csv", "images", "--first", "3")
    assert "3 requests, 3 to send" in printed
    assert "3 bought, 0 failed, 0 unknown, 0.024 credits" in printed
    assert "12 requests, 9 to send" in recipes.run(script, "prompts.csv", "images", "--first", "12")
    assert "12 requests, 0 to send" in recipes.run(script, "prompts.csv", "images", "--first", "12")
    assert (images(recipes.folder), len(sandbox.ledger.posts)) == (12, 12)
    assert {post.json["prompt"]: post.json["seed"] for post in sandbox.ledger.posts}["a red fox, number 7"] == 7
    recipes.run("-m", "segmind_flux_schnell", "review", "images")
    assert (recipes.folder / "images" / "review.html").read_text("utf-8").count("a red fox, number 11") >= 1


def test_a_row_that_is_inserted_is_all_that_is_bought(recipes: Recipes, script: str, sandbox: Sandbox) -> None:
    """The rows below it have no seed of their own, and are the requests that they were; so is a prompt that repeats."""
    prompts = recipes.folder / "prompts.csv"
    prompts.write_text("prompt\na red fox\nan owl\na red fox\n", "utf-8")
    assert "3 bought" in recipes.run(script, "prompts.csv", "images")
    prompts.write_text("prompt\na bengal tiger\na red fox\na red fox\nan owl\n", "utf-8")
    assert "4 requests, 1 to send" in recipes.run(script, "prompts.csv", "images")
    assert sandbox.ledger.posts[-1].json["prompt"] == "a bengal tiger"


def test_the_budget_ends_it(recipes: Recipes, script: str, sandbox: Sandbox) -> None:
    """It stops before the limit is passed, and says so; another run goes on."""
    printed = recipes.run(script, "prompts.csv", "images", "--first", "9", "--max-credits", "0.04", code=1)
    assert "5 bought" in printed
    assert "stopped early" in printed
    assert len(sandbox.ledger.posts) == 5
    assert "9 requests, 4 to send" in recipes.run(script, "prompts.csv", "images", "--first", "9")


def test_kill_9_loses_nothing_that_was_answered(recipes: Recipes, script: str, sandbox: Sandbox) -> None:
    """What was in flight is listed as unknown, and not sent again: each request was sent once."""
    recipes.environment["SEGMIND_API_KEY"] = KEY_SLOW
    process = recipes.start(script, "prompts.csv", "images", "--first", "40")
    wait_until(lambda: images(recipes.folder), process)
    recipes.kill(process)
    recipes.environment["SEGMIND_API_KEY"] = KEY
    printed = recipes.run(script, "prompts.csv", "images", "--first", "40", code=1)
    unknown = int(re.findall(r"failed, (\d+) unknown, ", printed)[-1])
    assert unknown > 0
    assert images(recipes.folder) >= 40 - unknown
    sent = [(body["prompt"], body["seed"]) for body in (json.loads(post.body) for post in sandbox.ledger.posts)]
    assert len(sent) == len(set(sent)) <= 40


def test_a_row_that_cannot_be_sent_is_named(recipes: Recipes, script: str, sandbox: Sandbox) -> None:
    """One sentence, before anything is sent."""
    (recipes.folder / "prompts.csv").write_text("prompt,width\na red fox,512\nan owl,513\n", "utf-8")
    printed = recipes.run(script, "prompts.csv", "images", code=1)
    assert "width: 513 is not a multiple of 8" in printed
    assert "Traceback" not in printed
    assert sandbox.ledger.posts == ()
