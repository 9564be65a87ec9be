"""`plan`: what a batch would send and cost, without sending anything."""

import json
from pathlib import Path

import pytest

from segmind_flux_schnell._runtime.base.wording import duration
from segmind_flux_schnell.cli import OPERATIONS
from tests.client.cli.conftest import Flux
from tests.client.cli.running import run
from tests.client.documented import DEFAULTS, NUMBERS, PRICE, allowed, step

(SECONDS,) = (options.seconds for options in OPERATIONS if options.operation.name == "generate_image")
"""How long an image usually takes."""


def test_a_plan(flux: Flux, folder: Path) -> None:
    """Requests, duplicates, cost and time are shown, and no key is needed."""
    prompts = [f"a tiger number {number}" for number in range(40)]
    (folder / "prompts.txt").write_text("\n".join([*prompts, prompts[2]]))
    done = flux("plan", "prompts.txt", "--in-flight", "4")
    assert (done.code, done.err) == (0, "")
    assert "prompts.txt: 41 requests, 40 to send" in done.out
    assert "duplicates, not sent again (1): line 41 (as 3)" in done.out
    assert f"estimated cost: {40 * PRICE} credits (40 x {PRICE})" in done.out
    assert f"estimated time: {duration(10 * (SECONDS or 0))}, 4 in flight" in done.out
    assert "and 30 more" in done.out


def test_a_plan_as_json(flux: Flux, folder: Path) -> None:
    """For scripts: each request is complete, with its line."""
    requests = ["a fox", {"prompt": "a fox", "steps": DEFAULTS["steps"]}, {"prompt": "a fox", "samples": 3}]
    (folder / "prompts.jsonl").write_text("\n".join(map(json.dumps, requests)))
    done = flux("plan", "prompts.jsonl", "--json")
    assert [entry["line"] for entry in done.json["to_send"]] == [1, 3]
    assert done.json["to_send"][1]["request"]["samples"] == 3
    assert done.json["duplicates"] == [{"line": 2, "first": 1}]
    assert done.json["estimated_cost"] == str(4 * PRICE)
    assert done.json["estimated_seconds"] == SECONDS


def test_faults_have_their_lines(flux: Flux, folder: Path) -> None:
    """All faults are found, each with file and line, and the exit code is 2."""
    lines = [
        '{"prompt": "a tiger", "num_inference_steps": 4}',
        '"a fox"',
        "",
        '{"prompt": "a fox", "width": 1001, "seed": "random"}',
        "[1]",
        "{'prompt': 'a fox'}",
        '{"steps": 4}',
        '{"prompt": "a fox", "steps": null}',
        '{"prompt": "a fox", "prompt": "a wolf"}',
    ]
    (folder / "prompts.jsonl").write_text("\n".join(lines))
    done = flux("plan", "prompts.jsonl")
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        "Error: 7 faults, nothing was sent and nothing was billed",
        "  prompts.jsonl:1: num_inference_steps: 4 is given, but GenerateImageRequest has no such parameter; "
        "did you mean 'steps'?",
        "  prompts.jsonl:4: seed: 'random' would be another image in each run: give a number",
        f"  prompts.jsonl:4: width: 1001 is not a multiple of {step('width')}: {allowed('width')}",
        "  prompts.jsonl:5: is [1], neither an object nor a text",
        "  prompts.jsonl:6: is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        f"  prompts.jsonl:7: prompt: is missing: {allowed('prompt')}",
        "  prompts.jsonl:9: 'prompt' occurs twice in one object",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prompt,stpes\na fox,4\n", "1: column 2: 'stpes' is not a field of a request; did you mean 'steps'?"),
        (
            "prompt,num_images\na fox,4\n",
            "1: column 2: 'num_images' is not a field of a request; did you mean 'samples'?",
        ),
        ("prompt,xyzzy\na fox,4\n", "1: column 2: 'xyzzy' is not a field of a request, only prompt, steps, seed"),
        ("prompt,steps,prompt\n", "1: column 3: 'prompt' occurs twice"),
        ("steps\n4\n", "1: there is no column 'prompt'"),
        ("prompt,steps\na fox,4,a wolf\n", "2: has 3 cells for 2 columns: a text with a comma needs quotes"),
        ('prompt,steps\n"a\nfox",4\na wolf,99\n', f"4: steps: 99 is out of range: {allowed('steps')}"),
        ('prompt,steps\n"a fox"s,4\n', "2: is not CSV"),
        ("", "1: has no requests"),
    ],
)
def test_a_csv_names_line_and_column(flux: Flux, folder: Path, text: str, message: str) -> None:
    """The first line of a CSV file names the fields; faults are reported with line and column."""
    (folder / "prompts.csv").write_text(text)
    done = flux("plan", "prompts.csv")
    assert done.code == 2
    assert f"prompts.csv:{message}" in done.err


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_from_any_program(flux: Flux, folder: Path, separator: str) -> None:
    """Spreadsheets write other separators, a byte order mark, blank cells and blank lines."""
    numbers = NUMBERS[:1]
    rows = [["prompt", "steps", *numbers], ["a fox", "2.0", *("0.5" for _ in numbers)], [""], ["ein Bär"]]
    rows = [[*row, *[""] * (len(rows[0]) - len(row))] for row in rows]
    text = "\r\n".join(separator.join(row) for row in rows)
    (folder / "prompts.csv").write_bytes(text.encode("utf-8-sig"))
    found = [entry["request"] for entry in flux("plan", "prompts.csv", "--json").json["to_send"]]
    assert [(one["prompt"], one["steps"]) for one in found] == [("a fox", 2), ("ein Bär", DEFAULTS["steps"])]
    for name in numbers:
        assert [one[name] for one in found] == [0.5, DEFAULTS[name]]


def test_a_file_in_another_encoding(flux: Flux, folder: Path) -> None:
    """It is a fault in the first line that is not UTF-8."""
    (folder / "prompts.txt").write_bytes("a fox\nein B\u00e4r\n".encode("latin-1"))
    done = flux("plan", "prompts.txt")
    assert done.code == 2
    assert "prompts.txt:2: is not UTF-8" in done.err


@pytest.mark.parametrize(
    ("text", "form"),
    [('"a fox"\n', None), ("a fox\n", None), ("prompt\na fox\n", "csv"), ('{"prompt": "a fox"}', "jsonl")],
)
def test_the_standard_input(tmp_path: Path, text: str, form: str | None) -> None:
    """`-` reads from a pipe; `--format` names the format if the first character does not show it."""
    options = ["--format", form] if form else []
    done = run("plan", "-", "--json", *options, cwd=tmp_path, key=None, stdin=text)
    assert [entry["request"]["prompt"] for entry in json.loads(done.out)["to_send"]] == ["a fox"]


def test_prompts_are_not_acted_upon(flux: Flux, folder: Path) -> None:
    """Prompts are shown literally: without markup, and without anything that a terminal would act upon."""
    (folder / "prompts.jsonl").write_text(json.dumps("[bold]a fox[/] [link=x] :fox: \x1b]0;title\x07"))
    out = flux("plan", "prompts.jsonl").out
    assert "[bold]a fox[/] [link=x] :fox: \\x1b]0;title\\x07" in out


def test_a_file_that_does_not_exist(flux: Flux) -> None:
    """It is wrong use, with exit code 2."""
    done = flux("plan", "prompts.jsonl")
    assert done.code == 2
    assert "File 'prompts.jsonl' does not exist" in done.err
