"""`drift` against services that have changed: what it reports, and with which exit code."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.image import draw_floored
from segmind_flux_schnell_sandbox.server import running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract import ROOT
from tests.contract import __main__ as command_line
from tests.contract.commands import Options, guarded
from tests.contract.in_process import Done, run
from tests.contract.model.contract import Contract
from tests.contract.mutants.scores import run_against
from tests.contract.mutants.service import COMPATIBLE, DRIFTING, ServiceMutant
from tests.contract.probing.measurement import measure
from tests.contract.probing.probe import MOST_IMAGES
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.sending import Sender
from tests.contract.probing.target import Target
from tests.contract.reports import run_report

pytestmark = pytest.mark.usefixtures("generated_from_document")

SAMPLE = (
    "unauthorized-403",
    "remaining-credits-missing",
    "png-labelled-jpeg",
    "errors-as-text",
    "steps-maximum-9",
    "width-maximum-2040",
    "sampler-name-without-lcm",
    "steps-default-5",
    "key-header-renamed",
    "every-method-accepted",
    "value-rejected-billed",
    "seed-ignored",
    "sides-in-multiples-of-16",
    "every-5th-image-500",
)
HARMLESS = ("header-new", "error-new-field", "credits-as-floats", "value-rejected-400", "sampler-added", "jpeg-quality")


def _drift(url: str, *options: str, **environment: str) -> Done:
    return run("drift", "--base-url", url, *options, **environment)


def _record_at(url: str) -> Done:
    return run("record", "--yes", BASE_URL=url, SEGMIND_API_KEY="some-key")


def _process(url: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the same in a process of its own, whose exit code a shell sees."""
    command = [sys.executable, "-m", "tests.contract", "drift", "--base-url", url, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"})


@pytest.mark.usefixtures("recorded_from_document")
@pytest.mark.parametrize("mutant", [one for one in DRIFTING if one.name in SAMPLE], ids=lambda mutant: mutant.name)
def test_a_change_of_each_kind_is_attributed(mutant: ServiceMutant) -> None:
    """Drift of any kind is reported as breaking at the fact that has changed, for at most 40 images."""
    result = run_against(mutant)
    assert result.outcome == "attributed", result
    assert result.images <= 40


@pytest.mark.usefixtures("recorded_from_document")
@pytest.mark.parametrize("mutant", [one for one in COMPATIBLE if one.name in HARMLESS], ids=lambda mutant: mutant.name)
def test_a_compatible_change_raises_no_alarm(mutant: ServiceMutant) -> None:
    """What breaks no caller is noted at most."""
    assert run_against(mutant).outcome in ("missed", "only noted")


@pytest.mark.usefixtures("recorded_from_document")
def test_no_drift_is_0() -> None:
    """A service that behaves as documented: exit code 0, and what could not be probed is listed."""
    with running_sandbox() as sandbox:
        done = _process(sandbox.url)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no drift" in done.stdout
    assert "not probed status-403-account-forbidden" in done.stdout
    assert "first recording of the live service is still to be made" in done.stdout
    assert "responds with 200" not in done.stdout, "an operation that is in the document is not asked for once more"


def test_an_error_of_the_contract_tests_is_not_drift(capsys: pytest.CaptureFixture[str]) -> None:
    """Python's own exit code for an exception is 1, which says drift: a run that ends in one could not tell."""

    def broken(options: Options) -> int:
        raise ZeroDivisionError(options.max_cost)

    assert guarded(broken, Options(base_url=None, max_cost=Decimal(1), yes=True, formats={})) == 2
    assert "could not tell: the contract tests themselves have failed" in capsys.readouterr().err


@pytest.mark.usefixtures("recorded_from_document")
def test_a_size_that_is_not_kept_is_named(tmp_path: Path) -> None:
    """A service that floors sides to multiples of 16: the report has the fact, the size requested, and the one seen."""
    with running_sandbox(create_app(evolve(DOCUMENTED, draw=draw_floored))) as sandbox:
        done = _drift(sandbox.url, f"--json={tmp_path / 'drift.json'}")
    assert done.returncode == 1, done.stderr
    findings = json.loads((tmp_path / "drift.json").read_text())["findings"]
    (found,) = (one for one in findings if one["probe"] == "accepted-odd-sides" and "/width" in one["pointer"])
    assert found["pointer"] == "/components/schemas/GenerateImageRequest/properties/width"
    assert (found["severity"], found["expected"], found["seen"]) == ("breaking", "width 1016", "width 1008")


@pytest.mark.usefixtures("recorded_from_document")
def test_drift_is_1_and_named(tmp_path: Path) -> None:
    """A moved bound: exit code 1, and every format of the report names the fact."""
    with running_sandbox(create_app(DOCUMENTED.with_attribute("steps", maximum=9))) as sandbox:
        reports = {name: tmp_path / name for name in ("json", "markdown", "junit", "annotations")}
        done = _process(sandbox.url, *(f"--{name}={path}" for name, path in reports.items()))
    assert done.returncode == 1, done.stderr
    finding = json.loads(reports["json"].read_text())["findings"][0]
    assert finding["pointer"] == "/components/schemas/GenerateImageRequest/properties/steps/maximum"
    line = (ROOT / "openapi" / "flux-schnell.yaml").read_text().splitlines()[finding["line"] - 1]
    assert line.strip() == "maximum: 8"
    assert finding["severity"] == "breaking"
    assert finding["evidence"] == "page"
    assert finding["cassette"] == "rejected-steps-above-maximum.yaml"
    assert f"flux-schnell.yaml:{finding['line']}" in done.stdout
    assert "/properties/steps/maximum" in reports["markdown"].read_text()
    suite = ElementTree.parse(reports["junit"]).getroot()
    assert suite.get("failures") == "1"
    failed = [one.get("name") for one in suite.iter("testcase") if one.find("failure") is not None]
    assert failed == ["steps/maximum"], "the queue shows it too, so it has a case of its own"
    line = finding["line"]
    assert f"::error file=openapi/flux-schnell.yaml,line={line},title=breaking%3A steps/maximum::" in (
        reports["annotations"].read_text()
    )
    assert "right would be maximum: 9, or beyond: 10 was not refused" in done.stdout


RIGHT = {
    "steps-maximum-9": "maximum: 9",
    "width-maximum-2040": "maximum: 2040",
    "sampler-name-without-lcm": "without it",
    "value-rejected-billed": "x-billed: true",
    "seed-ignored": "x-no-effect: true",
}


@pytest.mark.parametrize(("name", "right"), RIGHT.items(), ids=RIGHT)
def test_the_value_that_would_be_right_is_named(name: str, right: str, contract: Contract) -> None:
    """Where a run shows what a fact is now."""
    mutant = next(one for one in DRIFTING if one.name == name)
    with running_sandbox(mutant.make()) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        measurement = measure(contract, derived_probes(contract), sender, sender.send, exact=True)
    lines = {one.pointer: one for one in run_report(contract, name, measurement, exact=True).lines}
    assert lines[mutant.pointers[0]].right.startswith(right)


def test_where_a_range_ends_is_found(contract: Contract) -> None:
    """A maximum of the width of 1536: one entry, and the value that the document would have to have."""
    app = create_app(DOCUMENTED.with_attribute("width", maximum=1536))
    with running_sandbox(app) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        measurement = measure(contract, derived_probes(contract), sender, sender.send, exact=True)
        assert sender.images <= 40
    (line,) = run_report(contract, "width", measurement, exact=True).lines
    assert line.pointer == "/components/schemas/GenerateImageRequest/properties/width/maximum"
    assert line.right == "maximum: 1536"


def test_could_not_tell_is_2() -> None:
    """No service, a refused key, no credits: exit code 2, which is not a verdict on the service."""
    unreachable = _process("http://127.0.0.1:9")
    assert unreachable.returncode == 2
    assert "could not tell" in unreachable.stderr
    with running_sandbox() as sandbox:
        refused = _drift(sandbox.url, SEGMIND_API_KEY="no-such-key")
        broke = _drift(sandbox.url, SEGMIND_API_KEY="sandbox-key-no-credits")
    assert (refused.returncode, broke.returncode) == (2, 2)
    assert "the key is refused" in refused.stderr


def test_without_a_key_there_is_no_verdict() -> None:
    """Without a key nothing is sent, and nothing can be said about the service."""
    done = _drift("https://api.segmind.example", "--yes")
    assert done.returncode == 2
    assert "set SEGMIND_API_KEY" in done.stderr


def test_nothing_is_sent_above_the_limit() -> None:
    """A plan that costs more than MAX_COST is shown but not started."""
    with running_sandbox() as sandbox:
        done = _drift(sandbox.url, "--max-cost", "0.01")
        assert sandbox.ledger.entries == ()
    assert done.returncode == 2
    assert "MAX_COST is $0.01" in done.stderr
    assert "can be billed" in done.stderr


@pytest.mark.parametrize("text", ["nan", "inf", "-1", "1e400", "1_000", "\uff11", "0x1", "lots"])
def test_a_limit_that_is_not_an_amount_is_refused_by_name(text: str) -> None:
    """`nan` is above no cost, and would lift the cap: nothing is sent, wherever it is written."""
    with running_sandbox() as sandbox:
        for done in (_drift(sandbox.url, MAX_COST=text), _drift(sandbox.url, f"--max-cost={text}")):
            assert done.returncode == 2
            assert f"MAX_COST is {text!r}, not a number of US dollars from 0, such as 0.50" in done.stderr
        assert sandbox.ledger.entries == ()


@pytest.mark.parametrize("option", ["--json", "--markdown", "--junit"])
def test_a_report_that_cannot_be_written_is_found_before(tmp_path: Path, option: str) -> None:
    """A report without a folder, or in place of one: nothing is sent."""
    with running_sandbox() as sandbox:
        for path in (tmp_path / "nowhere" / "report", tmp_path):
            done = _drift(sandbox.url, option, str(path))
            assert done.returncode == 2
            assert re.search(rf"{path} cannot be written: .*\. Nothing was sent\.\n$", done.stderr)
        assert sandbox.ledger.entries == ()


def test_a_run_never_spends_more_than_its_limit(contract: Contract) -> None:
    """A service that charges more than the document says: the run stops before its limit, and says what it left out."""
    # Enough for the plan at the documented price.
    limit = MOST_IMAGES * contract.price
    with running_sandbox(create_app(evolve(DOCUMENTED, price=6 * contract.price))) as sandbox:
        done = _drift(sandbox.url, MAX_COST=str(limit))
        assert 0 < sandbox.ledger.billed <= limit
    assert f"which may not spend more than ${limit}" in done.stdout


def test_nothing_is_sent_to_the_service_without_confirmation() -> None:
    """A run that costs money has to be confirmed, and without a terminal nobody can be asked."""
    done = _drift("https://api.segmind.example", SEGMIND_API_KEY="some-key")
    assert done.returncode == 2
    assert "nobody confirmed the run" in done.stderr


@pytest.mark.parametrize("text", ["", " ", "0", "no", "NO", "false", "off", "n"])
def test_yes_that_says_no_is_no_consent(text: str) -> None:
    """`YES=no` does not agree to a run that costs money."""
    done = _drift("https://api.segmind.example", SEGMIND_API_KEY="some-key", YES=text)
    assert done.returncode == 2
    assert "nobody confirmed the run" in done.stderr


@pytest.mark.parametrize("text", ["1", "yes", "True", "y", " ON "])
def test_yes_in_any_spelling_is_consent(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word for yes agrees, in any letter case."""
    given: list[Options] = []

    def noted(_: object, options: Options) -> int:
        given.append(options)
        return 0

    monkeypatch.setattr(command_line, "guarded", noted)
    assert command_line.main(["drift"], {"YES": text}) == 0
    assert [options.yes for options in given] == [True]


def test_yes_that_says_neither_is_refused_by_name() -> None:
    """A word that is neither yes nor no: the message has it, and nothing is sent."""
    with running_sandbox() as sandbox:
        done = _drift(sandbox.url, YES="maybe")
        assert sandbox.ledger.entries == ()
    assert done.returncode == 2
    assert "YES is 'maybe', not one of 1, yes, true, y, on, or 0, no, false, n, off. Nothing was sent." in done.stderr


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://[::1", "BASE_URL is 'http://[::1', not a URL such as https://api.example.com."),
        (" ", "BASE_URL is ' ', not a URL such as https://api.example.com."),
        ("https://me:hidden@host", "BASE_URL holds a user name or a password: send them in headers."),
        ("http://me:hidden@127.0.0.1:9", "BASE_URL holds a user name or a password: send them in headers."),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_in_one_sentence(url: str, message: str) -> None:
    """Exit code 2 before anything is printed or sent, and a password is not shown."""
    for done in (_drift(url, "--yes", SEGMIND_API_KEY="some-key"), _record_at(url)):
        assert done.returncode == 2
        assert done.stderr == f"could not tell: {message} Nothing was sent.\n"
        assert done.stdout == ""


@pytest.mark.usefixtures("recorded_from_document")
def test_a_slow_start_is_waited_for() -> None:
    """Slow responses change nothing."""
    slow = tuple(evolve(account, latency=0.01) for account in DOCUMENTED.accounts)
    with running_sandbox(create_app(evolve(DOCUMENTED, accounts=slow))) as sandbox:
        assert _drift(sandbox.url).returncode == 0
