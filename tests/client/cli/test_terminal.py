"""Terminals and pipes: bars and colours on a terminal, plain text through a pipe."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

from segmind_flux_schnell.cli import OPERATIONS
from segmind_flux_schnell_sandbox.accounts import KEY, Account
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.cli.running import MODULE, environment, redirected, run
from tests.waiting import PATIENCE

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")


def on_a_terminal(*arguments: str, cwd: Path, **variables: str) -> str:
    """What a person sees of a run."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*MODULE, *arguments],
        cwd=cwd,
        env=environment(KEY, **{"TERM": "xterm-256color", "COLUMNS": "120", **variables}),
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    seen = b""
    try:
        while chunk := os.read(master, 65536):
            seen += chunk
    except OSError:
        # This is how Linux says that the other end is closed.
        pass
    assert process.wait(PATIENCE) == 0
    os.close(master)
    return seen.decode()


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """A few requests."""
    path = tmp_path / "prompts.txt"
    path.write_text("".join(f"a tiger number {number}\n" for number in range(30)))
    return path


def test_a_terminal_gets_a_bar(sandbox: Sandbox, prompts: Path) -> None:
    """The bar shows progress, rate, credits spent and credits left; then the summary follows."""
    seen = on_a_terminal("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent)
    assert "/30" in seen
    assert "/s, 0." in seen
    assert " spent, 99" in seen
    assert "\x1b[38;5;" in seen
    assert "30 images bought" in seen


def test_a_bar_says_what_is_waited_for(prompts: Path) -> None:
    """While the model starts, in the words of the document, and with the seconds that are left."""
    account = Account(KEY, starts_in=1.5)
    with running_sandbox(create_app(evolve(DOCUMENTED, accounts=(account,)))) as sandbox:
        seen = on_a_terminal("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent, COLUMNS="160")
    assert re.search(r"the model may be starting, next try in \d s", seen)
    assert "30 images bought" in seen


def test_no_color_is_respected(sandbox: Sandbox, prompts: Path) -> None:
    """With `NO_COLOR` set, the bar has no colours."""
    seen = on_a_terminal("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent, NO_COLOR="1")
    assert "/30" in seen
    assert "\x1b[38;5;" not in seen


@pytest.mark.parametrize("columns", [30, 50, 80])
def test_a_narrow_terminal_loses_no_column(tmp_path: Path, columns: int) -> None:
    """Prompts are shortened and parameters wrapped: every line number and every parameter is there."""
    facts = {"steps": 8, "seed": 7, "sampler_name": "dpm_2", "width": 2048, "height": 512}
    requests = [{"prompt": f"a red fox number {number} in the snow at dawn", **facts} for number in range(3)]
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, requests)))
    seen = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal("plan", "p.jsonl", cwd=tmp_path, COLUMNS=str(columns)))
    table = seen.partition("p.jsonl:")[0].splitlines()
    assert max(map(len, table)) <= columns
    assert [line.split()[0] for line in table if re.match(r"\w", line)] == ["line", "1", "2", "3"]
    assert table[0].split() == ["line", "prompt", "parameters"]
    parameters = " ".join(line[table[0].index("parameters") :].strip() for line in table[1:])
    wanted = ", ".join(f"{name} {value}" for name, value in facts.items())
    assert parameters.replace("  ", " ").count(wanted) == 3


def test_a_pipe_gets_neither(sandbox: Sandbox, prompts: Path) -> None:
    """Without a terminal there is no bar and no colour, whatever the environment asks for."""
    done = run("batch", prompts.name, "--base-url", sandbox.url, cwd=prompts.parent, FORCE_COLOR="1")
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out
    plan = run("plan", prompts.name, cwd=prompts.parent, FORCE_COLOR="1")
    assert "\x1b" not in plan.out


def test_a_pipe_that_closes_early(prompts: Path) -> None:
    """A reader such as `head` that closes the pipe ends the program quietly."""
    prompts.write_text("".join(f"a tiger number {number}\n" for number in range(3000)))
    command = subprocess.list2cmdline([*MODULE, "plan", prompts.name, "--json"])
    piped = subprocess.run(
        ["sh", "-c", f"{command} | head -n 2"],
        cwd=prompts.parent,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert piped.stdout == '{\n  "file": "prompts.txt",\n'
    assert piped.stderr == ""


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_an_output_that_is_closed_gets_nothing(sandbox: Sandbox, prompts: Path, redirection: str) -> None:
    """As if it led to the null device: the images are bought and saved, and nothing fails."""
    before = sandbox.ledger.billed
    one = redirected(f"generate tiger -o t.jpg --base-url {sandbox.url}", redirection, prompts.parent)
    many = redirected(f"batch {prompts.name} --base-url {sandbox.url}", redirection, prompts.parent)
    assert (one.returncode, many.returncode) == (0, 0), (one.stderr, many.stderr)
    assert ("Traceback" in one.stderr + many.stderr, one.stdout == "") == (False, redirection != "2>&-")
    assert (prompts.parent / "t.jpg").stat().st_size > 1000
    assert len(list((prompts.parent / "out").glob("*.jpg"))) == 30
    assert f"{sandbox.ledger.billed - before:.3f}" == "0.248"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("form", ["", "--json"])
def test_an_output_that_is_full(sandbox: Sandbox, tmp_path: Path, form: str) -> None:
    """The image was paid for and is saved: the standard error says where."""
    before = sandbox.ledger.billed
    done = redirected(f"generate tiger -o t.jpg {form} --base-url {sandbox.url}", ">/dev/full", tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "Error: the standard output was not written: No space left on device; "
        "the image was billed, and is saved as t.jpg"
    )
    assert (tmp_path / "t.jpg").stat().st_size > 1000
    assert f"{sandbox.ledger.billed - before:.3f}" == "0.008"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("form", ["", "--json"])
def test_an_output_that_is_full_at_the_end_of_a_batch(sandbox: Sandbox, tmp_path: Path, form: str) -> None:
    """It says where the images are, and what was not bought: the summary is not all that is lost otherwise."""
    (tmp_path / "prompts.txt").write_text("a fox\nan owl\n")
    command = f"batch prompts.txt --in-flight 1 --max-images 1 {form} --base-url {sandbox.url}"
    done = redirected(command, ">/dev/full", tmp_path)
    assert done.returncode == 1
    assert "the standard output was not written: No space left on device; what was bought is in out\n" in done.stderr
    assert "1 request not sent" in done.stderr
    assert len(list((tmp_path / "out").glob("*.jpg"))) == 1


def test_help_groups_the_options_and_has_examples_to_copy(tmp_path: Path) -> None:
    """Below headings, in whole lines; each option is there once, and the commands stand in the order of their use."""
    text = run("generate", "--help", cwd=tmp_path).out
    headings = re.findall(r"^(\w+):$", text, re.MULTILINE)
    assert headings == ["Image", "Output", "Spending", "Service", "Examples"]
    flags = re.findall(r"^  (?:-\w, )?(--[\w-]+)", text, re.MULTILINE)
    assert len(flags) == len(set(flags))
    assert {"--seed", "--output", "--max-cost", "--timeout", "--help"} <= set(flags)
    assert f"{OPERATIONS[0].operation.timeout:g} by default" in " ".join(text.split())
    assert re.search(r"^  .*segmind_flux_schnell generate \"a fox\" -o - > fox\.jpg$", text, re.MULTILINE)
    commands = run("--help", cwd=tmp_path).out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in commands.splitlines()][:3] == ["generate", "batch", "plan"]
