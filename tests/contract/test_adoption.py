"""The first live recording, rehearsed: against a service that differs from the sandbox in all that it guesses."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve, frozen

from generator.document.document import Document, is_grade
from segmind_flux_schnell_sandbox import accounts
from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.refusals import Reason
from segmind_flux_schnell_sandbox.server import Sandbox, Served, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract import CASSETTES, ROOT, SPEC, python_path
from tests.contract.adoption.adoption import Adoption, adoption, is_of_service
from tests.contract.adoption.document_edits import DocumentText
from tests.contract.adoption.verdict import Remove, SetValue
from tests.contract.model.contract import Contract
from tests.contract.mutants.otherwise import LARGEST_SEED, MORE_SAMPLERS, PRICE, UNKNOWN_SAMPLERS, otherwise
from tests.contract.mutants.service import DRIFTING
from tests.contract.probing.measurement import measure
from tests.contract.probing.probe import MOST_IMAGES
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.sending import Sender
from tests.contract.probing.target import Target
from tests.contract.recording.provenance import RecordingProvenance

pytestmark = pytest.mark.usefixtures("recorded_from_document")

FIELD = "/components/schemas/GenerateImageRequest/properties"
RESPONSES = "/components/responses"
DAY = "2026-11-26"
_COPIED = ("openapi", "generated", "tests/contract", "tests/sandbox")
_KEYS = {
    "SEGMIND_API_KEY": accounts.KEY,
    "SEGMIND_API_KEY_NO_CREDITS": accounts.KEY_NO_CREDITS,
    "SEGMIND_API_KEY_TEAM_LIMIT": accounts.KEY_TEAM_LIMIT,
    "SEGMIND_API_KEY_CRASH": accounts.KEY_CRASH,
    "SEGMIND_API_KEY_FORBIDDEN": accounts.KEY_FORBIDDEN,
    "SEGMIND_API_KEY_RETIRED": accounts.KEY_RETIRED,
    "SEGMIND_API_KEY_RATE_LIMITED": accounts.KEY_RATE_LIMITED,
    "SEGMIND_API_KEY_COLD": accounts.KEY_COLD,
}


@frozen
class Project:
    """A copy of the project, whose document and package can change.

    Args:
        root: Its folder.
    """

    root: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, with the copy's package and a key for each account."""
        environment = {
            **os.environ,
            **_KEYS,
            "PYTHONPATH": python_path(self.root),
        }
        return subprocess.run(
            [sys.executable, *command], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    @property
    def spec(self) -> Path:
        """The document."""
        return self.root / "openapi" / SPEC.name

    @property
    def patch(self) -> Path:
        """The edits that a recording proposes."""
        return self.root / "tests" / "contract" / "adoption.patch"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh copy of the project."""
    for name in _COPIED:
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "tests/__init__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return Project(tmp_path)


@pytest.fixture(scope="module")
def rehearsed() -> Adoption:
    """What a recording of the other service decides."""
    contract = Contract.load()
    with running_sandbox(otherwise()) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        measurement = measure(contract, derived_probes(contract), sender, sender.send, exact=True)
        assert sender.images <= MOST_IMAGES
    return adoption(contract, measurement, SPEC, DAY, exact=True)


@pytest.fixture
def other_service() -> Iterator[Sandbox]:
    """The other service."""
    with running_sandbox(otherwise()) as sandbox:
        yield sandbox


REFUTED = {
    "inferred samplers that are not there": (f"{FIELD}/sampler_name/enum/20", "'lcm' is accepted", "refused with 406"),
    "samplers that nobody inferred": (f"{FIELD}/sampler_name/enum", "27 values", "res_multistep, er_sde"),
    "seeds of 64 bits": (f"{FIELD}/seed/format", "64 bits", f"{LARGEST_SEED} is accepted"),
    "unknown fields are ignored": (
        "/components/schemas/GenerateImageRequest/additionalProperties",
        "ignored",
        "refused with 422",
    ),
    "nothing is converted": (f"{FIELD}/steps/x-accepts-also", "nothing else", "null (None), boolean (True), numeral"),
    "an empty prompt is refused": (f"{FIELD}/prompt/minLength", "1 character", "a shorter one is accepted"),
    "a status for wrong types": ("/paths/~1v1~1flux-schnell/post/responses", "a documented status", "422 for rejected"),
    "the text of a wrong key": (f"{RESPONSES}/Unauthorized/x-causes/1/pattern", "^Unauthorized", "does not exist"),
    "the text of a team's limit": (f"{RESPONSES}/NotAcceptable/x-causes/2/pattern", "limit", "Organisation cap"),
    "503 while a model is cold": (f"{RESPONSES}/ServiceUnavailable/x-provoked-by", "account cold: 503", "504"),
    "a header by name": (
        f"{RESPONSES}/Image/headers/x-output-metadata",
        "x-output-metadata",
        "it is called x-metadata",
    ),
    "an identifier with each error": (f"{RESPONSES}/NotFound/headers/x-request-id", "x-request-id", "none in"),
    "the form of a cost": ("/components/headers/Cost", "x-cost is a number", "'$0.01'"),
    "the form of a time": ("/components/headers/GenerationTime", "x-generation-time is a number", "s'"),
    "the price": ("/paths/~1v1~1flux-schnell/post/x-price-usd", "0.008", str(PRICE)),
    "each field changes the image": (f"{FIELD}/denoise/x-no-effect", "a different image", "the same image"),
}


@pytest.mark.parametrize(("pointer", "expected", "seen"), REFUTED.values(), ids=REFUTED)
def test_a_guess_that_does_not_hold_is_named(rehearsed: Adoption, pointer: str, expected: str, seen: str) -> None:
    """With what the document says, what the service did, the cassette that shows it, and the edit that follows."""
    refuted = [one for one in rehearsed.verdicts if one.pointer == pointer and one.outcome == "refuted"]
    (verdict,) = [one for one in refuted if seen in one.seen]
    assert expected in verdict.expected
    assert verdict.probe
    assert verdict.edits
    lines = rehearsed.table().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("refuted") and f"  {pointer}  " in line)
    assert any(f"[{verdict.probe}.yaml]" in line for line in lines[at + 1 :])
    assert lines[at + 2].startswith("          edit: ")


def test_what_holds_is_confirmed(rehearsed: Adoption) -> None:
    """Facts of which the service does what the document says, whatever else it does."""
    confirmed = {one.pointer for one in rehearsed.verdicts if one.outcome == "confirmed"}
    assert {
        f"{FIELD}/sampler_name/enum/0",
        f"{FIELD}/sampler_name/enum/26",
        f"{FIELD}/scheduler/enum/5",
        f"{FIELD}/seed/x-random",
        f"{RESPONSES}/Image/x-billed",
        f"{RESPONSES}/ServerError/x-billed",
        f"{RESPONSES}/NotAcceptable/x-causes/1/pattern",
        "/components/headers/SeedValue",
        "/components/schemas/ErrorBody/properties/status_code",
        "/paths/~1v1~1flux-schnell/post/requestBody/content",
    } <= confirmed


def test_it_does_not_end_in_a_pile_of_unknowns(rehearsed: Adoption) -> None:
    """What stays undecided is what one recording cannot show, and each has its reason."""
    count = {name: sum(one.outcome == name for one in rehearsed.verdicts) for name in ("confirmed", "refuted")}
    undecided = [one for one in rehearsed.verdicts if one.outcome == "undecided"]
    assert len(undecided) < sum(count.values()) / 3
    assert all(one.seen for one in undecided)
    assert rehearsed.remaining == []
    first = rehearsed.table().splitlines()[0]
    assert f"confirms {count['confirmed']}, refutes {count['refuted']}, and leaves {len(undecided)} undecided" in first


def test_the_edited_document_has_the_grade_recorded(rehearsed: Adoption) -> None:
    """Decided facts have it, with the date; what was not decided keeps the grade that it had."""
    document = Document.parse(SPEC.name, rehearsed.text)
    grades = {
        f"{FIELD}/sampler_name/enum/25": f"recorded {DAY}",
        f"{FIELD}/seed/maximum": f"recorded {DAY}",
        f"{FIELD}/seed/default": "page",
        f"{FIELD}/seed/x-accepts-also": "inferred",
        f"{FIELD}/steps/x-accepts-also": f"recorded {DAY}",
        f"{FIELD}/steps/x-mistaken-names": "seen",
        "/paths/~1v1~1flux-schnell/post/x-price-usd": f"recorded {DAY}",
        "/paths/~1v1~1flux-schnell/post/x-timeout-seconds": "inferred",
        f"{RESPONSES}/BadRequest/x-billed": f"recorded {DAY}",
        f"{RESPONSES}/Unauthorized/x-billed": "vendor",
        f"{RESPONSES}/Unauthorized/description": "page",
        f"{RESPONSES}/ServiceUnavailable": "seen",
        f"{RESPONSES}/GatewayTimeout": f"recorded {DAY}",
        "/components/headers/RequestId": f"recorded {DAY}",
    }
    assert {pointer: document.grade(pointer) for pointer in grades} == grades
    samplers = document.at(f"{FIELD}/sampler_name/enum")
    assert not set(UNKNOWN_SAMPLERS) & set(samplers)
    assert samplers[-2:] == list(MORE_SAMPLERS)


def test_nothing_but_the_decided_facts_is_edited(rehearsed: Adoption) -> None:
    """Comments, order and layout of the document stay, byte for byte, outside the lines that the patch names."""
    old, new = SPEC.read_text(encoding="utf-8").splitlines(), rehearsed.text.splitlines()
    comments = [line for line in old if line.strip().startswith("#")]
    assert [line for line in new if line.strip().startswith("#")] == comments
    removed = [line[1:] for line in rehearsed.patch.splitlines() if re.match(r"-[^-]", line)]
    kept = list(old)
    for line in removed:
        kept.remove(line)
    assert all(line in new for line in kept)
    assert all(line == line.rstrip() and len(line) <= 120 for line in new)
    described = [line for line in removed if line.strip().startswith("description")]
    assert described == []


def test_a_document_without_edits_is_written_as_it_was() -> None:
    """Byte for byte."""
    text = SPEC.read_text(encoding="utf-8")
    assert DocumentText(text).text() == text


def test_edits_keep_what_is_around_them() -> None:
    """A value is set, a member goes, a key comes, and the comments and empty lines stay where they were."""
    text = "a:\n  # of b\n  b: 1\n  list:\n    - x  # first\n    - y\n    # of c\n  c: 2\n\n# of d\nd: {e: 1}\n"
    document = DocumentText(text)
    document.apply([SetValue("/a/b", 3), Remove("/a/list/1"), SetValue("/a/new", True), SetValue("/d/e", 4)])
    assert document.text() == (
        "a:\n  # of b\n  b: 3\n  list:\n    - x  # first\n    # of c\n  c: 2\n  new: true\n\n# of d\nd: {e: 4}\n"
    )


def _record(project: Project, url: str) -> subprocess.CompletedProcess[str]:
    """Record a service that differs from the document."""
    record = project.run("-m", "tests.contract", "record", "--rehearse", "--yes", "--base-url", url)
    assert record.returncode == 1, record.stdout + record.stderr
    return record


def test_the_whole_way(project: Project, other_service: Sandbox) -> None:
    """`record`, `adopt`: then the document agrees with the service, and its client works."""
    record = _record(project, other_service.url)
    assert (
        "Of the facts that neither the vendor's page nor a recording settles, the recording confirms" in record.stdout
    )
    assert "run `make adopt` to apply it" in record.stdout
    assert project.spec.read_bytes() == SPEC.read_bytes(), "recording edits nothing"
    assert len([one for one in other_service.ledger.entries if one.billed]) <= MOST_IMAGES

    adopted = project.run("-m", "tests.contract", "adopt")
    assert adopted.returncode == 0, adopted.stdout + adopted.stderr
    assert "is edited, and generated/ is generated anew" in adopted.stdout
    assert re.search(r"\d+ probes of the edited document are not recorded: run `make record` again", adopted.stdout)
    assert not project.patch.exists()
    assert project.run("openapi/generate.py", "--strict", "--check").returncode == 0

    # It charges more than documented, so that the first run stopped at its ceiling. Now the price is known.
    with running_sandbox(otherwise()) as again:
        _record(project, again.url)
    adopted = project.run("-m", "tests.contract", "adopt")
    assert adopted.returncode == 0, adopted.stdout + adopted.stderr

    with running_sandbox(otherwise()) as fresh:
        drift = project.run("-m", "tests.contract", "drift", "--yes", "--base-url", fresh.url)
        assert drift.returncode == 0, drift.stdout + drift.stderr
        assert " 0 breaking, 0 unknown" in drift.stdout
        client = project.run("-c", _CLIENT, fresh.url)
    assert client.returncode == 0, client.stderr
    assert client.stdout.splitlines() == ["512 x 512", "sampler_name", "seed", "KeyRefusedError"]


def test_what_is_confirmed_need_not_be_recorded_again(project: Project) -> None:
    """If only grades change, the recordings that were paid for still belong to the document."""
    with running_sandbox() as sandbox:
        record = project.run("-m", "tests.contract", "record", "--rehearse", "--yes", "--base-url", sandbox.url)
        assert record.returncode == 0, record.stdout + record.stderr
        adopted = project.run("-m", "tests.contract", "adopt")
        assert adopted.returncode == 0, adopted.stdout + adopted.stderr
        assert "run `make record` again" not in adopted.stdout
        assert "enum: recorded 20" in project.spec.read_text(encoding="utf-8")
    # A fresh one: in the other, the model has started by now, for which cold accounts get a 503.
    with running_sandbox() as sandbox:
        drift = project.run("-m", "tests.contract", "drift", "--yes", "--base-url", sandbox.url)
    assert drift.returncode == 0, drift.stdout + drift.stderr
    assert "Not compared with the committed recordings" not in drift.stdout


_CLIENT = f"""
import sys
from segmind_flux_schnell import Client, InvalidRequestError, StatusError
with Client(api_key="{accounts.KEY}", base_url=sys.argv[1]) as client:
    image = client.generate_image(prompt="a fox", sampler_name="{MORE_SAMPLERS[0]}", width=512, height=512)
    print(f"{{image.width}} x {{image.height}}")
    for wrong in ({{"sampler_name": "{UNKNOWN_SAMPLERS[0]}"}}, {{"seed": {LARGEST_SEED + 1}}}):
        try:
            client.generate_image(prompt="a fox", **wrong)
        except InvalidRequestError as error:
            print(*wrong)
with Client(api_key="another", base_url=sys.argv[1]) as client:
    try:
        client.generate_image(prompt="a fox")
    except StatusError as error:
        print(type(error).__name__)
"""


def test_a_service_that_guesses_alike_confirms(contract: Contract) -> None:
    """Against a service like the sandbox, nothing is refuted, and only grades change."""
    with running_sandbox(create_app()) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        measurement = measure(contract, derived_probes(contract), sender, sender.send, exact=True)
    found = adoption(contract, measurement, SPEC, DAY, exact=True)
    assert [one for one in found.verdicts if one.outcome == "refuted"] == []
    changed = [line[1:].strip() for line in found.patch.splitlines() if re.match(r"[+-][^+-]", line)]
    assert changed
    assert all(line.startswith(("x-evidence:", "enum:")) or is_grade(line.partition(": ")[2]) for line in changed)


def _adopted(contract: Contract, app: Served, keys: dict[str, str] | None = None) -> Adoption:
    """What a recording of a service decides."""
    with running_sandbox(app) as sandbox:
        target = Target(sandbox.url, keys, "a service") if keys else Target.sandbox(sandbox.url)
        with Sender(target) as sender:
            measurement = measure(contract, derived_probes(contract), sender, sender.send, exact=True)
            assert sender.images <= MOST_IMAGES
    return adoption(contract, measurement, SPEC, DAY, exact=True)


def _mutant(name: str) -> Served:
    return next(one for one in DRIFTING if one.name == name).make()


def test_another_field_of_the_message_takes_its_place(contract: Contract) -> None:
    """Errors with `detail` in place of `error`: the document then reads the message from there."""
    found = _adopted(contract, create_app(evolve(DOCUMENTED, error_field="detail")))
    body = Document.parse(SPEC.name, found.text).at("/components/schemas/ErrorBody")
    assert body["required"] == ["detail"]
    assert "error" not in body["properties"]
    assert body["properties"]["detail"]["x-semantics"] == "message"
    assert {one.pointer for one in found.verdicts if one.outcome == "refuted"} == {
        "/components/schemas/ErrorBody/properties/detail",
        "/components/schemas/ErrorBody/required",
    }
    assert found.remaining == []


def test_one_text_for_all_causes_has_to_be_sorted_out_by_hand(contract: Contract) -> None:
    """Errors as plain text, always the same: the content type is edited, and each pattern is named without an edit."""
    found = _adopted(contract, _mutant("errors-as-text"))
    edited = Document.parse(SPEC.name, found.text)
    assert edited.at(f"{RESPONSES}/NotFound/content/text~1plain/schema") == {"type": "string"}
    patterns = [one for one in found.verdicts if one.outcome == "refuted" and one.pointer.endswith("/pattern")]
    assert patterns
    assert all(not one.edits and "which other causes have too" in one.seen for one in patterns)
    assert "no edit follows: it has to be made by hand" in found.table()
    assert found.remaining


@pytest.mark.parametrize(
    ("mutant", "pointer", "value"),
    [
        ("value-rejected-billed", f"{RESPONSES}/NotAcceptable/x-billed", True),
        ("width-maximum-2040", f"{FIELD}/width/maximum", 2040),
    ],
)
def test_a_documented_fact_that_does_not_hold_is_edited_too(
    mutant: str, pointer: str, value: object, contract: Contract
) -> None:
    """What the page says is not confirmed once more, but it is corrected: the service decides."""
    found = _adopted(contract, _mutant(mutant))
    assert [one.pointer for one in found.verdicts if one.outcome == "refuted"] == [pointer]
    edited = Document.parse(SPEC.name, found.text)
    assert (edited.at(pointer), edited.grade(pointer)) == (value, f"recorded {DAY}")
    assert found.remaining == []


@pytest.mark.parametrize("maximum", [9, 12])
def test_a_bound_is_inferred_until_the_value_beyond_it_was_refused(maximum: int, contract: Contract) -> None:
    """9 steps are accepted, and 10 were never sent: 9 is the new maximum, but nothing proves it."""
    found = _adopted(contract, create_app(DOCUMENTED.with_attribute("steps", maximum=maximum)))
    (verdict,) = [one for one in found.verdicts if one.outcome == "refuted"]
    edited = Document.parse(SPEC.name, found.text)
    pointer = f"{FIELD}/steps/maximum"
    assert (verdict.pointer, edited.at(pointer), edited.grade(pointer)) == (pointer, 9, "inferred")
    assert verdict.seen.endswith("10 was not refused")
    assert edited.grade(f"{FIELD}/steps/minimum") == "page"


def test_an_inferred_bound_is_recorded_once_the_value_beyond_it_was_refused(contract: Contract) -> None:
    """The recording after that sends 10 steps: refused, they prove that 9 is the maximum."""
    app = create_app(DOCUMENTED.with_attribute("steps", maximum=9))
    again = Contract.of(Document.parse(SPEC.name, _adopted(contract, app).text))
    with running_sandbox(app) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        measurement = measure(again, derived_probes(again), sender, sender.send, exact=True)
    pointer = f"{FIELD}/steps/maximum"
    found = [one for one in adoption(again, measurement, SPEC, DAY, exact=True).verdicts if one.pointer == pointer]
    assert [(one.outcome, one.probe) for one in found] == [("confirmed", "rejected-steps-above-maximum")]


def test_a_default_that_is_refused_is_left_to_people(contract: Contract) -> None:
    """What the service does when the field is left out cannot be known: the table names it, and no edit follows."""
    found = _adopted(contract, _mutant("sampler-name-without-euler"))
    (verdict,) = [one for one in found.verdicts if one.outcome == "refuted"]
    assert (verdict.pointer, verdict.edits) == (f"{FIELD}/sampler_name/enum/0", ())
    assert not any(line.startswith("unusable") for line in found.remaining)
    assert Document.parse(SPEC.name, found.text).at(f"{FIELD}/sampler_name/default") == "euler"


def test_sizes_that_are_rounded_are_not_offered_any_more(contract: Contract) -> None:
    """A service that rounds the sides of an image down to multiples of 16."""
    floored = evolve(DOCUMENTED, accept=lambda values: {**values, **_floored(values)})
    found = _adopted(contract, create_app(floored))
    edited = Document.parse(SPEC.name, found.text)
    assert [edited.at(f"{FIELD}/{name}/multipleOf") for name in ("width", "height")] == [16, 16]


def _floored(values: Parameters) -> dict[str, int]:
    return {name: int(values[name]) // 16 * 16 for name in ("width", "height")}


def test_a_service_that_fails_at_random_refutes_nothing(contract: Contract) -> None:
    """A 500 for every fifth image takes no sampler from the document."""
    found = _adopted(contract, _mutant("every-5th-image-500"))
    assert [one for one in found.verdicts if one.outcome == "refuted"] == []
    samplers = [f"{FIELD}/sampler_name/enum/{at}" for at in range(27)]
    assert (
        Document.parse(SPEC.name, found.text).at(f"{FIELD}/sampler_name/enum")
        == contract.main.properties["sampler_name"]["enum"]
    )
    undecided = [one for one in found.verdicts if one.outcome == "undecided" and one.pointer in samplers]
    assert all("fails at random" in one.seen for one in undecided)


def test_a_service_cannot_speak_to_the_terminal(contract: Contract) -> None:
    """Characters that a terminal obeys do not get from an error into the table or the document."""
    hostile = DOCUMENTED.with_refusal(Reason.TEAM_LIMIT, message="\x1b]0;title\x07Cap reached\x1b[2J")
    found = _adopted(contract, create_app(hostile.with_attribute("scheduler", allowed=("normal",))))
    assert any(one.pointer.endswith("/pattern") for one in found.verdicts if one.outcome == "refuted")
    for text in (found.table(), found.patch):
        assert all(one.isprintable() or one == "\n" for one in text)


def test_with_one_key_the_rest_says_which_key_is_missing(contract: Contract) -> None:
    """The first live recording may have the main account alone."""
    found = _adopted(contract, create_app(), {"main": accounts.KEY})
    assert [one for one in found.verdicts if one.outcome == "refuted"] == []
    reasons = {one.pointer: one.seen for one in found.verdicts if one.outcome == "undecided"}
    assert reasons[f"{RESPONSES}/ModelNotPermitted"] == "no key for the account forbidden"
    assert reasons[f"{RESPONSES}/ServiceUnavailable/x-provoked-by"] == "no key for the account cold"
    assert Document.parse(SPEC.name, found.text).grade(f"{RESPONSES}/RateLimited") == "vendor"


def test_the_sandbox_gives_no_grades(project: Project) -> None:
    """A recording of the sandbox, or of any other service, proves nothing: no patch is written."""
    with running_sandbox() as sandbox:
        record = project.run("-m", "tests.contract", "record", "--yes", "--base-url", sandbox.url)
    assert record.returncode == 0, record.stdout + record.stderr
    assert "No grade changes: only a recording of https://api.segmind.com shows what the service does." in record.stdout
    assert not project.patch.exists()
    adopted = project.run("-m", "tests.contract", "adopt")
    assert adopted.returncode == 2
    assert adopted.stderr.startswith("nothing to adopt: ")


def test_only_the_server_of_the_document_is_the_service(contract: Contract) -> None:
    """Whatever another address claims to be."""
    assert is_of_service(contract, "https://api.segmind.com")
    assert is_of_service(contract, "https://API.segmind.com/")
    for other in ("http://127.0.0.1:8901", "https://api.segmind.com.example", "https://example.com/api.segmind.com"):
        assert not is_of_service(contract, other)


def test_the_committed_grades_are_of_the_service(contract: Contract) -> None:
    """The document has the grade `recorded` only if the committed recordings are of the service."""
    provenance = RecordingProvenance.read(CASSETTES)
    if not is_of_service(contract, provenance.base_url):
        assert [
            line for line in SPEC.read_text("utf-8").splitlines() if re.search(r"[{:,] ?recorded \d{4}-", line)
        ] == []


def test_a_patch_that_does_not_fit_changes_nothing(project: Project, rehearsed: Adoption) -> None:
    """If the document has been edited since the recording, one sentence says so."""
    project.patch.write_text(rehearsed.patch, encoding="utf-8")
    edited = project.spec.read_text("utf-8").replace("minLength: 1", "minLength: 2")
    project.spec.write_text(edited, encoding="utf-8")
    done = project.run("-m", "tests.contract", "adopt")
    assert done.returncode == 2
    assert done.stderr.startswith("nothing was changed: tests/contract/adoption.patch does not fit")
    assert project.spec.read_text("utf-8") == edited
    assert project.patch.exists()


@pytest.mark.parametrize("maximum", ["eight", "-8"])
def test_an_unusable_document_is_put_back(maximum: str, project: Project) -> None:
    """If the generator refuses the edited document, or would not check a rule of it, it is as it was before."""
    before = project.spec.read_text("utf-8")
    line = before.splitlines().index("          maximum: 8") + 1
    project.patch.write_text(
        f"--- a/openapi/{SPEC.name}\n+++ b/openapi/{SPEC.name}\n@@ -{line} +{line} @@\n"
        f"-          maximum: 8\n+          maximum: {maximum}\n",
        encoding="utf-8",
    )
    patch = project.patch.read_text("utf-8")
    context = before.splitlines()
    project.patch.write_text(
        patch.replace(f"-{line} +{line} @@\n", f"-{line - 1},3 +{line - 1},3 @@\n {context[line - 2]}\n")
        + f" {context[line]}\n",
        encoding="utf-8",
    )
    done = project.run("-m", "tests.contract", "adopt")
    assert done.returncode == 2, done.stdout
    assert done.stderr.startswith("nothing was changed, since the edited document cannot be used:")
    assert project.spec.read_text("utf-8") == before
