"""Wrong use: each mistake is one sentence and exit code 2, and nothing is sent."""

import re
import sys
from pathlib import Path

import pytest

from segmind_flux_schnell._runtime.cli.application import application
from segmind_flux_schnell.cli import PROGRAM
from tests.client.cli.conftest import Flux
from tests.client.cli.running import run
from tests.client.documented import NUMBERS, allowed, members, step

assert PROGRAM.operation is not None
COMMANDS = list(application(PROGRAM, PROGRAM.operation).commands)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--num-inference-steps", "4"], "No such option '--num-inference-steps'. Did you mean --steps?"),
        (["--num_steps=4"], "No such option '--num_steps'. Did you mean --steps?"),
        (["--sampler", "euler"], "No such option '--sampler'. Did you mean --sampler-name?"),
        (["--sampler_name", "euler"], "No such option '--sampler_name'. Did you mean --sampler-name?"),
        (["--smapler", "euler"], "No such option '--smapler'. Did you mean --sampler-name?"),
        (["--num-sampels", "2"], "No such option '--num-sampels'. Did you mean --samples?"),
        (["--seeed", "2"], "No such option '--seeed'. Did you mean --seed?"),
        (["--hight", "512"], "No such option '--hight'. Did you mean --height?"),
        (["--outptu", "x.jpg"], "No such option '--outptu'. Did you mean --output?"),
        (["--xyzzy"], "No such option '--xyzzy'.\n"),
        (["-s", "4"], "No such option '-s'."),
        (["another"], "Got unexpected extra argument (another)"),
        (["--steps"], "Option '--steps' requires an argument."),
        (["--timeout", "soon"], "'soon' is not a valid float"),
    ],
)
def test_a_wrong_option(flux: Flux, arguments: list[str], message: str) -> None:
    """The option that was probably meant is suggested, even for a name that other services give it."""
    done = flux("generate", "a tiger", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--steps", "99"], f"--steps: 99 is out of range: {allowed('steps')}"),
        (["--steps", "four"], f"--steps: 'four' is a str, not an int: {allowed('steps')}"),
        (["--width", "1001"], f"--width: 1001 is not a multiple of {step('width')}: {allowed('width')}"),
        (["--seed", "9223372036854775808"], "--seed: 9223372036854775808 is out of range: int, within 64 bits"),
        (["--sampler-name", "eulr"], f"--sampler-name: 'eulr' is not one of {members('sampler_name', 2)}"),
        *(
            ([f"--{name}", "nan"], f"--{name}: nan is not a number that JSON can hold: {allowed(name)}")
            for name in NUMBERS
        ),
    ],
)
def test_a_wrong_value(flux: Flux, arguments: list[str], message: str) -> None:
    """An invalid value is refused in the words of the client, under the name of the option."""
    done = flux("generate", "a tiger", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_all_faults_at_once(flux: Flux) -> None:
    """All faults are reported together, with suggestions."""
    done = flux("generate", "", "--steps", "0", "--sampler-name", "eulr", "--json")
    assert done.err.splitlines() == [
        "Error: 3 faults, nothing was sent and nothing was billed",
        "  PROMPT: '' is empty: at least one character is needed",
        f"  --steps: 0 is out of range: {allowed('steps')}",
        f"  --sampler-name: 'eulr' is not one of {members('sampler_name', 2)}; did you mean 'euler'?",
    ]
    assert [fault["field"] for fault in done.json["faults"]] == ["prompt", "steps", "sampler_name"]


def test_no_key_says_where_to_put_it(flux: Flux) -> None:
    """Without a key the message names the environment variable."""
    done = flux("generate", "a tiger")
    assert (done.code, done.out) == (2, "")
    assert "There is no key: put it in the environment variable SEGMIND_API_KEY (export SEGMIND_API_KEY=…)." in done.err


def test_a_wrong_base_url(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the client cannot be constructed with is wrong use too."""
    monkeypatch.setenv("SEGMIND_API_KEY", "a key")
    done = flux("generate", "a tiger", "--base-url", "nowhere")
    assert done.code == 2
    assert "base_url is 'nowhere', not a URL" in done.err


@pytest.mark.parametrize(("command", "meant"), [("genrate", "generate"), ("Plan", "plan"), ("reveiw", "review")])
def test_a_wrong_command(flux: Flux, command: str, meant: str) -> None:
    """The command that was probably meant is suggested."""
    done = flux(command, "x")
    assert done.code == 2
    assert f"No such command {command!r}. Did you mean {meant}?" in done.err


def test_no_prompt(flux: Flux) -> None:
    """The prompt is required."""
    done = flux("generate")
    assert done.code == 2
    assert "Missing argument 'PROMPT'" in done.err


def test_nothing_at_all(flux: Flux) -> None:
    """Without arguments the program shows its help, which is not a success."""
    done = flux()
    assert done.code == 2
    assert "Commands:" in done.out + done.err


@pytest.mark.parametrize("command", ["generate", "plan", "review"])
def test_the_help_has_the_exit_codes(flux: Flux, command: str) -> None:
    """The help of each command explains the exit codes."""
    done = flux(command, "--help")
    assert done.code == 0
    assert "3    sent, and the outcome is unknown: it may have been billed" in done.out


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_fits_and_is_whole(tmp_path: Path, command: str) -> None:
    """At 80 columns, in a pipe: no line is longer, and no sentence is cut."""
    done = run(*filter(None, [command]), "--help", cwd=tmp_path, key=None, COLUMNS="80")
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 80
    assert not re.search(r"^  .*\.\.\.$", done.out, re.MULTILINE)


@pytest.mark.parametrize("command", ["batch", "plan"])
def test_the_help_says_that_a_file_draws_no_seed(flux: Flux, command: str) -> None:
    """The help says that a random seed is for `generate` only, not for files of requests."""
    done = flux(command, "--help")
    assert '`seed: "random"` cannot be used in files of requests' in " ".join(done.out.split())


def test_the_extra_is_named_where_it_is_missing(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the libraries of the extra the program says what to install, and exits with 2."""
    monkeypatch.setitem(sys.modules, "rich", None)
    done = flux("generate", "a tiger")
    assert (done.code, done.out) == (2, "")
    assert re.fullmatch(
        r"The command line needs rich [0-9.]+ or later: pip install 'segmind-flux-schnell\[cli\]'\n", done.err
    )


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that takes no files, even from root")
@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (["generate", "a tiger", "-o", "/proc/tiger.jpg"], "/proc"),
        (["batch", "prompts.txt", "-o", "/proc/out"], "/proc/out"),
        (["batch", "prompts.txt", "-o", "prompts.txt/out"], "prompts.txt/out"),
    ],
)
def test_an_output_that_cannot_be_written(
    flux: Flux, folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], path: str
) -> None:
    """It is found before anything is sent, and is one sentence in words."""
    monkeypatch.setenv("SEGMIND_API_KEY", "a key")
    monkeypatch.setenv("SEGMIND_BASE_URL", "http://127.0.0.1:9")
    (folder / "prompts.txt").write_text("a tiger\n")
    done = flux(*arguments)
    assert (done.code, done.out) == (2, "")
    assert re.search(rf"^Error: {path} cannot be written: [A-Z][a-z ]+\. Nothing was sent\.$", done.err, re.MULTILINE)
    assert "Errno" not in done.err
    assert done.err.count("Error") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that takes no files, even from root")
@pytest.mark.parametrize("output", ["/proc/review.html", "nowhere/review.html"])
def test_a_review_that_cannot_be_written(flux: Flux, output: str) -> None:
    """`review` never sends anything, and does not mention it."""
    done = flux("review", ".", "-o", output)
    assert (done.code, done.out) == (2, "")
    assert re.search(
        r"^Error: \S+ (cannot be written: [A-Z][a-z ]+|is not a folder: create it first)\.\n$", done.err, re.M
    )
    assert "sent" not in done.err


def test_a_wrong_base_url_of_the_environment(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variable."""
    monkeypatch.setenv("SEGMIND_API_KEY", "a key")
    monkeypatch.setenv("SEGMIND_BASE_URL", "nowhere")
    done = flux("generate", "a tiger")
    assert done.code == 2
    assert "Error: The environment variable SEGMIND_BASE_URL is 'nowhere', not a URL" in done.err
