"""`plan`: what a batch would send and cost, without sending anything."""

import json
import re
from pathlib import Path

import pytest

from segmind_flux_schnell._runtime.base.wording import duration
from segmind_flux_schnell.cli import OPERATIONS
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.conftest import Flux
from tests.client.cli.running import run
from tests.client.documented import DEFAULTS, NUMBERS, PRICE, RULES, allowed, least, most, step

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


def test_a_misspelt_field_of_an_object_is_understood(flux: Flux, folder: Path) -> None:
    """In JSON lines as in a header and in a call."""
    (folder / "prompts.jsonl").write_text('{"prompt": "a fox", "smapler": "euler"}')
    assert "did you mean 'sampler_name'?" in flux("plan", "prompts.jsonl").err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "prompt,smapler\na fox,4\n",
            "1: column 2: 'smapler' is not a field of a request; did you mean 'sampler_name'?",
        ),
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


@pytest.mark.parametrize("name", NUMBERS[:1])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_csv_with_decimal_commas(flux: Flux, folder: Path, separator: str, name: str) -> None:
    """A spreadsheet writes them wherever the comma does not stand between cells; in a prompt a comma stays."""
    half = most(name) / 2
    text = f"prompt{separator}{name}\n1,5 foxes{separator}{half}\n".replace(".", ",")
    (folder / "prompts.csv").write_text(text)
    (entry,) = flux("plan", "prompts.csv", "--json").json["to_send"]
    assert (entry["request"]["prompt"], entry["request"][name]) == ("1,5 foxes", half)
    (folder / "prompts.csv").write_text(f'prompt,{name}\na fox,"{half}"\n'.replace(".", ","))
    assert flux("plan", "prompts.csv").code == 2


def test_an_array_is_one_fault(flux: Flux, folder: Path) -> None:
    """It is JSON, but each of its lines is not: the message says what makes JSON lines of it."""
    (folder / "prompts.json").write_text(json.dumps([{"prompt": "a fox"}, {"prompt": "an owl"}], indent=2))
    done = flux("plan", "prompts.json")
    assert (done.code, done.out) == (2, "")
    (message,) = done.err.splitlines()[1:]
    assert message.startswith("  prompts.json:1: is an array, and JSON lines have one object or text in each line")


def test_thousands_have_commas(flux: Flux, folder: Path) -> None:
    """All of them, so that no two numbers of one table look different."""
    (folder / "prompts.txt").write_text("".join(f"a tiger number {number}\n" for number in range(1200)))
    done = flux("plan", "prompts.txt")
    assert "prompts.txt: 1,200 requests, 1,200 to send" in done.out
    assert "and 1,190 more" in done.out
    assert f"({1200:,} x {PRICE})" in done.out


def test_a_file_in_another_encoding(flux: Flux, folder: Path) -> None:
    """It is a fault in the first line that is not UTF-8, which says what to do."""
    (folder / "prompts.txt").write_bytes("a fox\r\nein B\u00e4r\r\n".encode("cp1252"))
    done = flux("plan", "prompts.txt")
    assert done.code == 2
    assert (
        "prompts.txt:2: is not UTF-8: byte 0xE4 would be 'ä' in Windows-1252; "
        "save it as UTF-8; Excel calls that 'CSV UTF-8'\n"
    ) in done.err


EXCEL = {
    "Unicode text": ("prompts.txt", "\t", "\r\n", "utf-16"),
    "UTF-16, the other order": ("prompts.csv", "\t", "\r\n", "utf-16-be"),
    "UTF-32": ("prompts.csv", ",", "\r\n", "utf-32"),
    "CSV UTF-8": ("prompts.csv", ",", "\r\n", "utf-8"),
    "CSV UTF-8 with semicolons": ("prompts.csv", ";", "\r\n", "utf-8"),
    "CSV of a Macintosh": ("prompts.csv", ";", "\r", "utf-8"),
    "tabs": ("prompts.tsv", "\t", "\n", "utf-8"),
    "tabs in a text file": ("prompts.txt", "\t", "\n", "utf-8"),
}
"""Files as Excel saves them: name, separator, end of a line, encoding."""


@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["with a mark", "without"])
@pytest.mark.parametrize(("name", "separator", "end", "encoding"), EXCEL.values(), ids=EXCEL)
def test_a_file_from_excel(
    flux: Flux, folder: Path, name: str, separator: str, end: str, encoding: str, mark: str
) -> None:
    """Its encoding and its separator are recognized, and line numbers are those of the file."""
    if not mark and encoding == "utf-16-be":
        pytest.skip("then nobody knows its order")
    own = "" if encoding in ("utf-16", "utf-32") else mark

    def write(steps: int) -> None:
        rows = [["prompt", "steps"], ["ein Bär", "2"], [], ["a fox", str(steps)], []]
        (folder / name).write_bytes((own + end.join(separator.join(row) for row in rows)).encode(encoding))

    write(99)
    faulty = flux("plan", name)
    assert (faulty.code, faulty.err.splitlines()[1]) == (
        2,
        f"  {name}:4: steps: 99 is out of range: {allowed('steps')}",
    )
    write(4)
    found = [(one["line"], one["request"]) for one in flux("plan", name, "--json").json["to_send"]]
    assert [(line, one["prompt"], one["steps"]) for line, one in found] == [(2, "ein Bär", 2), (4, "a fox", 4)]


@pytest.mark.parametrize("mark", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_csv_that_names_its_separator(flux: Flux, folder: Path, mark: str) -> None:
    """The line by which Excel is told the separator counts as a line, and is not a request."""
    (folder / "prompts.csv").write_text(f"{mark}\nprompt;steps\na, b;2\na fox;99\n")
    assert f"prompts.csv:4: steps: 99 is out of range: {allowed('steps')}" in flux("plan", "prompts.csv").err
    (folder / "prompts.csv").write_text(f"{mark}\nprompt;steps\na, b;2\n")
    (entry,) = flux("plan", "prompts.csv", "--json").json["to_send"]
    assert (entry["line"], entry["request"]["prompt"], entry["request"]["steps"]) == (3, "a, b", 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("prompt\na fox\n".encode("utf-16-le"), "1: is UTF-16 without a byte order mark, it seems: save it as UTF-8"),
        ("prompt\na fox\n".encode("utf-16-be"), "1: is UTF-16 without a byte order mark, it seems: save it as UTF-8"),
        ("prompt\na fox\n".encode("utf-16")[:-1], "2: is not the UTF-16 that its byte order mark announces"),
        (b"PK\x03\x04 and so on", "1: is a workbook or another ZIP file, not a text: save it as UTF-8"),
        (b"a fox\nan\0owl\n", "2: has a NUL character, so it is not a text"),
        (b"a fox\n\x81\n", "2: is not UTF-8: byte 0x81 cannot be part of it"),
    ],
)
def test_what_is_no_text_is_named(flux: Flux, folder: Path, content: bytes, message: str) -> None:
    """Each with its line, and nothing is bought."""
    (folder / "prompts.csv").write_bytes(content)
    done = flux("plan", "prompts.csv")
    assert (done.code, done.err.splitlines()[1].startswith(f"  prompts.csv:{message}")) == (2, True), done.err


def test_a_header_is_not_bought_as_a_prompt(flux: Flux, folder: Path) -> None:
    """Whatever the name of the file, unless the format is given."""
    (folder / "prompts.txt").write_text("prompt\na fox\n")
    assert len(flux("plan", "prompts.txt", "--json").json["to_send"]) == 1
    assert len(flux("plan", "prompts.txt", "--json", "--format", "lines").json["to_send"]) == 2


COMMENTED = "# animals\n\na fox\n  # indented\n\\# one fox\n\\\\# two\nfox #3\n\n\n"
"""Prompts, comments and blank lines, of which the last two are the end of the file."""


def test_comments_are_skipped_and_counted(flux: Flux, folder: Path) -> None:
    """A line that starts with `#` is not a prompt; a backslash before it makes it one."""
    (folder / "prompts.txt").write_text(COMMENTED)
    done = flux("plan", "prompts.txt")
    assert "prompts.txt: 4 requests, 4 to send; 2 comments and 1 blank line skipped" in done.out
    plan = flux("plan", "prompts.txt", "--json").json
    found = [(one["line"], one["request"]["prompt"]) for one in plan["to_send"]]
    assert found == [(3, "a fox"), (5, "# one fox"), (6, "\\# two"), (7, "fox #3")]
    assert (plan["comments"], plan["blank_lines"]) == (2, 1)
    assert "lines that start with # are skipped" in " ".join(flux("plan", "--help").out.split())


@pytest.mark.parametrize(("name", "text"), [("p.jsonl", '"# one"\n\n"two"\n'), ("p.csv", "prompt\n# one\n\ntwo\n")])
def test_other_formats_have_no_comments(flux: Flux, folder: Path, name: str, text: str) -> None:
    """There a prompt can start with `#`; blank lines are counted too."""
    (folder / name).write_text(text)
    plan = flux("plan", name, "--json").json
    assert [one["request"]["prompt"] for one in plan["to_send"]] == ["# one", "two"]
    assert (plan["comments"], plan["blank_lines"]) == (0, 1)


def test_a_batch_says_what_it_skips(
    flux: Flux, sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it buys anything."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY)
    (folder / "prompts.txt").write_text("# animals\na fox\n")
    done = flux("batch", "prompts.txt", "--base-url", sandbox.url)
    assert (done.code, done.err.splitlines()[0]) == (0, "prompts.txt: 1 comment skipped")
    assert done.out.startswith("1 image bought\n")


LONG = {
    "prompt": "a red fox in the snow, " * 20 + "at dawn",
    "seed": 7,
    "steps": most("steps"),
    "width": most("width"),
    "height": least("height"),
    "sampler_name": max(map(str, RULES["sampler_name"].enum or ()), key=len),
}
"""A request that no terminal is wide enough for."""


@pytest.mark.parametrize("columns", ["20", "80"])
def test_a_pipe_gets_whole_rows(folder: Path, columns: str) -> None:
    """Whatever the width of the terminal is said to be: each row is a line, with all of its columns."""
    lines = [json.dumps({"prompt": "a fox"}), json.dumps(LONG), json.dumps({"prompt": "ein Bär 🐻", "seed": 3})]
    (folder / "p.jsonl").write_text("\n".join(lines))
    done = run("plan", "p.jsonl", cwd=folder, key=None, COLUMNS=columns, TERM="xterm-256color")
    rows = [re.split(" {2,}", line) for line in done.out.splitlines()[:4]]
    assert rows == [
        ["line", "prompt", "parameters"],
        ["1", "a fox"],
        ["2", LONG["prompt"], ", ".join(f"{name} {LONG[name]}" for name in RULES if name in LONG and name != "prompt")],
        ["3", "ein Bär 🐻", "seed 3"],
    ]


def test_all_requests_can_be_shown(flux: Flux, folder: Path) -> None:
    """With `--all`, those beyond the first ten and all duplicates too."""
    (folder / "p.txt").write_text("".join(f"a fox number {number % 12}\n" for number in range(40)))
    assert "…     and 2 more, which --all shows" in flux("plan", "p.txt").out
    done = flux("plan", "p.txt", "--all")
    assert "12    a fox number 11\n" in done.out
    assert done.out.count(" (as ") == 28
    assert "…" not in done.out


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
