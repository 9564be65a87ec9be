"""A recording beside the last one: what has not changed keeps its bytes, what has is written and named."""

import hashlib
import json
import re
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from generator.document.document import Document
from generator.output.folders import replacing_folder
from segmind_flux_schnell._runtime.base.messages import Headers, Response
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.refusals import Reason
from segmind_flux_schnell_sandbox.server import Served, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract import SPEC
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction, ProbeRequest
from tests.contract.mutants.service import DRIFTING
from tests.contract.probing.target import Target
from tests.contract.recording.differences import differences
from tests.contract.recording.keeping import CONFIRMED_ANEW_AFTER, RecordingChanges, keep_unchanged
from tests.contract.recording.noise import comparables
from tests.contract.recording.provenance import RecordingProvenance
from tests.contract.recording.recording import RecordingPlan, record_into, recorded_interactions

pytestmark = pytest.mark.usefixtures("generated_from_document")


PROBES = (
    *("status-404-another-path", "status-406-account-team-limit", "status-429-account-rate-limited"),
    *("rejected-prompt-too-short", "rejected-steps-above-maximum"),
    *("accepted-base", "unbilled-rejected-content-type", "accepted-repeated", "accepted-other-seed"),
    *("unbilled-rejected-sampler-name-non-member", "accepted-other-scheduler", "accepted-row-02"),
)
"""Enough to show each kind of noise and of change: `accepted-row-02` asks the service to draw a seed."""


def recorded(folder: Path, app: Served, contract: Contract, *, name: str = "sandbox") -> RecordingChanges:
    """Record a few probes of a service in place of what is in a folder."""
    with running_sandbox(app) as sandbox:
        target = Target(sandbox.url, Target.sandbox(sandbox.url).keys, name)
        plan = RecordingPlan.of(contract, target)
        plan = evolve(plan, probes=[one for one in plan.probes if one.name in PROBES])
        with replacing_folder(folder) as new:
            record_into(new, contract, plan, keep=True)
            return keep_unchanged(new, folder, contract, exact=True)


def contents(folder: Path) -> dict[str, str]:
    """The hash of each file of a folder, by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def written(before: dict[str, str], folder: Path) -> set[str]:
    """The files that differ from before, new and vanished ones included, without their suffix."""
    now = contents(folder)
    return {name.partition(".")[0] for name in {*before, *now} if before.get(name) != now.get(name)}


def with_credits(behaviour: Behaviour, credits: Decimal) -> Behaviour:
    """The same service, in which the main account has other credits to begin with."""
    accounts = tuple(evolve(one, credits=credits) if one.key == KEY else one for one in behaviour.accounts)
    return evolve(behaviour, accounts=accounts)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of the sandbox."""
    folder = tmp_path_factory.mktemp("recordings") / "cassettes"
    changes = recorded(folder, create_app(), Contract.load())
    assert re.fullmatch(r"There was no recording before: all \d+ probes are new\.", changes.text())
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    """A copy of it, which can change."""
    return Path(shutil.copytree(first, tmp_path / "cassettes"))


def test_an_unchanged_service_changes_no_byte(folder: Path, contract: Contract) -> None:
    """Dates, request ids, times, drawn seeds and their images differ from run to run: none of it is written."""
    before = contents(folder)
    for _ in range(2):
        changes = recorded(folder, create_app(), contract)
        assert written(before, folder) == set()
        assert "nothing has changed" in changes.text()
        assert changes.unchanged == len(RecordingProvenance.read(folder).probes)


def test_another_balance_is_not_a_change(folder: Path, contract: Contract) -> None:
    """An account has other credits each time; only what an image takes from them counts."""
    before = contents(folder)
    recorded(folder, create_app(with_credits(DOCUMENTED, Decimal("123.456"))), contract)
    assert written(before, folder) == set()


def test_of_a_changed_service_only_the_change_is_written(folder: Path, contract: Contract) -> None:
    """Another text in one refusal: its cassette and its date are written, and named with both texts."""
    before = contents(folder)
    recorded_at = RecordingProvenance.read(folder).recorded_at
    changed = DOCUMENTED.with_refusal(Reason.TEAM_LIMIT, message="The team limit is 5 now")
    changes = recorded(folder, create_app(changed), contract)
    assert written(before, folder) == {"status-406-account-team-limit", "provenance"}
    assert set(changes.changed) == {"status-406-account-team-limit"}
    (line,) = changes.changed["status-406-account-team-limit"]
    assert re.fullmatch(r"body/error: .+ → The team limit is 5 now", line)
    provenance = RecordingProvenance.read(folder)
    assert provenance.recorded_at == recorded_at, "most cassettes are as old as they were"
    assert set(provenance.newer) == {"status-406-account-team-limit"}


def test_what_has_changed_is_readable(folder: Path, contract: Contract) -> None:
    """Status, headers, body and pixels, each with before and after, by probe."""
    moved = DOCUMENTED.with_attribute("steps", maximum=9).with_headers(output_metadata=None)
    text = recorded(folder, create_app(moved), contract).text()
    head, *lines = text.splitlines()
    assert re.fullmatch(r"Beside the recording of \S+: \d+ changed, \d+ probes are as before\.", head)
    at = lines.index("changed   rejected-steps-above-maximum")
    assert lines[at + 1].strip() == "status: 500 → 200"
    assert "          header content-type: application/json → image/jpeg" in lines
    assert re.search(r"body: .*steps must be at most 8.* → an image, 1024 x 1024", text)
    assert re.search(r"changed   accepted-base\n          header x-output-metadata: {.*} → none", text)


def test_other_pixels_are_named(folder: Path, contract: Contract) -> None:
    """A seed that is ignored: the image of the probe with another seed is now that of the base."""
    mutant = next(one for one in DRIFTING if one.name == "seed-ignored")
    changes = recorded(folder, mutant.make(), contract)
    (line,) = changes.changed["accepted-other-seed"]
    assert re.fullmatch(r"image: \d+\.\d % of the pixels differ, by up to \d+ of 255 levels", line)
    assert "accepted-base" not in changes.changed


def test_probes_come_and_go_with_the_document(folder: Path, contract: Contract) -> None:
    """A rule that the document no longer has: its probe is gone; with the rule, it is new again."""
    text = SPEC.read_text(encoding="utf-8").replace(
        "minLength: 1\n          x-semantics: prompt", "x-semantics: prompt"
    )
    text = text.replace("{here: page, minLength: inferred}", "page")
    without = Contract.of(Document.parse(SPEC.name, text))
    before = contents(folder)
    changes = recorded(folder, create_app(), without)
    assert "rejected-prompt-too-short" in changes.gone
    assert "gone      rejected-prompt-too-short" in changes.text()
    assert "rejected-prompt-too-short" in written(before, folder)
    assert not (folder / "rejected-prompt-too-short.yaml").exists()
    back = recorded(folder, create_app(), contract)
    assert "rejected-prompt-too-short" in back.new
    assert "new       rejected-prompt-too-short" in back.text()


ANOTHER: Parameters = {"prompt": "another", "width": 512, "height": 512, "seed": 1}


def test_no_image_is_left_over(folder: Path, contract: Contract) -> None:
    """The images of a run that are not kept go with their cassettes."""
    before = contents(folder)
    recorded(folder, create_app(evolve(DOCUMENTED, draw=lambda _, name: DOCUMENTED.draw(ANOTHER, name))), contract)
    assert any(name not in contents(folder) for name in before if name.endswith(".jpg"))
    used = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.yaml"))
    assert [path.name for path in folder.glob("blobs/*") if path.name not in used] == []
    assert all(one.response.content for one in recorded_interactions(folder) if one.accepted)


def test_cassettes_of_two_days_do_not_look_like_a_wrong_bill(folder: Path, contract: Contract) -> None:
    """One image has changed, and the account had other credits: the balances of two runs are not compared."""
    poorer = with_credits(DOCUMENTED, Decimal("123.456"))

    def draw(parameters: Parameters, image_format: str) -> bytes:
        karras = parameters.get("scheduler") == "karras"
        return DOCUMENTED.draw({**parameters, "steps": 7} if karras else parameters, image_format)

    changes = recorded(folder, create_app(evolve(poorer, draw=draw)), contract)
    assert set(changes.changed) == {"accepted-other-scheduler"}
    assert changes.unchanged == len(PROBES) - 1
    assert judge(contract, recorded_interactions(folder)) == []
    # The next recording of the same service compares with this mixture.
    before = contents(folder)
    recorded(folder, create_app(evolve(poorer, draw=draw)), contract)
    assert written(before, folder) == set()


def test_a_refusal_that_is_billed_is_kept_with_the_images_around_it(folder: Path, contract: Contract) -> None:
    """What shows a bill is the balance before and after: both are of one run, and the replay finds it too."""
    mutant = next(one for one in DRIFTING if one.name == "value-rejected-billed")
    changes = recorded(folder, mutant.make(), contract)
    assert any("balance since the response before" in line for lines in changes.changed.values() for line in lines)
    assert changes.together
    assert "replaced  " in changes.text()
    found = [one for one in judge(contract, recorded_interactions(folder)) if one.oracle == "billing"]
    assert [one.pointer for one in found] == ["/components/responses/NotAcceptable/x-billed"]


def test_recordings_of_another_service_are_not_mixed(folder: Path, contract: Contract) -> None:
    """What one service did proves nothing about another: nothing is kept."""
    changes = recorded(folder, create_app(), contract, name="api.example.com")
    assert changes.text().startswith("The last recording was of sandbox at http://127.0.0.1: all ")
    assert RecordingProvenance.read(folder).newer == {}


def test_recordings_that_cannot_be_read_are_replaced(folder: Path, contract: Contract) -> None:
    """A cassette that was edited by hand into nonsense does not lose the new recording."""
    (folder / "accepted-base.yaml").write_text("interactions: []\nversion: 1\n")
    assert recorded(folder, create_app(), contract).text().startswith("The last recording cannot be read: all ")
    assert recorded_interactions(folder)


def _confirmed_before(folder: Path, days: int) -> str:
    """Let a recording have been confirmed so many days ago."""
    provenance = RecordingProvenance.read(folder)
    earlier = (date.fromisoformat(provenance.confirmed_at) - timedelta(days=days)).isoformat()
    evolve(provenance, confirmed_at=earlier).write(folder)
    return earlier


def test_the_date_of_confirmation_moves_once_in_a_month(folder: Path, contract: Contract) -> None:
    """Until then, a recording that changes nothing writes nothing: the date is a day on which all held."""
    confirmed = _confirmed_before(folder, CONFIRMED_ANEW_AFTER.days - 1)
    before = contents(folder)
    recorded(folder, create_app(), contract)
    assert written(before, folder) == set()
    assert RecordingProvenance.read(folder).confirmed_at == confirmed

    _confirmed_before(folder, 1)
    text = (folder / RecordingProvenance.FILE).read_text()
    recorded(folder, create_app(), contract)
    changed = [
        (old, new)
        for old, new in zip(
            text.splitlines(), (folder / RecordingProvenance.FILE).read_text().splitlines(), strict=True
        )
        if old != new
    ]
    assert [old.strip().split(":")[0] for old, _ in changed] == ['"confirmed_at"'], "one line"
    assert RecordingProvenance.read(folder).confirmed_at > confirmed


def test_a_change_confirms_all_that_is_kept(folder: Path, contract: Contract) -> None:
    """The run that wrote one cassette has shown that the others still hold."""
    confirmed = _confirmed_before(folder, 10)
    changed = DOCUMENTED.with_refusal(Reason.TEAM_LIMIT, message="The team limit is 5 now")
    recorded(folder, create_app(changed), contract)
    assert RecordingProvenance.read(folder).confirmed_at > confirmed


def test_what_varies_follows_from_the_document(folder: Path, contract: Contract) -> None:
    """Without its meaning in the document, the generation time is a value like any other, and is compared."""
    text = SPEC.read_text(encoding="utf-8").replace("      x-semantics: generation-time\n", "")
    other = Contract.of(Document.parse(SPEC.name, text))
    interactions = recorded_interactions(folder)
    slower = [
        evolve(one, response=_with_header(one.response, "x-generation-time", "99.9")) if one.accepted else one
        for one in interactions
    ]
    base = "accepted-base"
    same, not_the_same = (
        list(differences(comparables(one, interactions)[base], comparables(one, slower)[base], exact=True))
        for one in (contract, other)
    )
    assert same == []
    assert len(not_the_same) == 1
    assert not_the_same[0].startswith("header x-generation-time: ")
    assert not_the_same[0].endswith(" → 99.9")


def _with_header(response: Response, name: str, value: str) -> Response:
    kept = tuple(pair for pair in response.headers.received if pair[0].lower() != name)
    return Response(status_code=response.status_code, headers=Headers((*kept, (name, value))), content=response.content)


def _job(identifier: str, port: int, *, state: str = "COMPLETED", waited: float = 0.1) -> list[Interaction]:
    """The order of a job and its result, as the service responds."""
    origin = f"http://127.0.0.1:{port}"
    order = {"request_id": identifier, "status": "QUEUED", "status_url": f"{origin}/v2/requests/{identifier}/status"}
    result = {
        "status": state,
        "images": [{"url": f"{origin}/{identifier}.jpg", "content_type": "image/jpeg"}],
        "metrics": {"cost": 0.008, "queue_time": waited, "retry_count": 0},
    }
    headers = Headers((("content-type", "application/json"), ("x-request-id", f"{identifier[::-1]}")))
    return [
        Interaction(
            "submit-image-accepted",
            ProbeRequest(operation="submitImage", method="POST", path="/v2/flux-schnell", body=b'{"prompt": "a fox"}'),
            Response(status_code=200, headers=headers, content=json.dumps(order).encode()),
        ),
        Interaction(
            "get-request-result-accepted",
            ProbeRequest(operation="getRequestResult", method="GET", path=f"/v2/requests/{identifier}"),
            Response(status_code=200, headers=headers, content=json.dumps(result).encode()),
        ),
    ]


def _of_jobs(contract: Contract, last: list[Interaction], now: list[Interaction]) -> list[str]:
    was, are = comparables(contract, last), comparables(contract, now)
    return [line for probe in was for line in differences(was[probe], are[probe], exact=True)]


def test_the_ids_and_times_of_a_job_are_not_changes(contract: Contract) -> None:
    """The id that a link hands on, wherever it is repeated: in addresses, and in the path of the next request."""
    last = _job("0a1b2c3d-first", 8901)
    assert _of_jobs(contract, last, _job("9f8e7d6c-second", 8902, waited=7.5)) == []
    assert _of_jobs(contract, last, _job("9f8e7d6c-second", 8902, state="FAILED")) == [
        "body/status: COMPLETED → FAILED"
    ]


@pytest.mark.parametrize("state", ["PROCESSING", "COMPLETED"])
def test_which_active_state_a_job_has_is_not_a_change(contract: Contract, state: str) -> None:
    """A job that is not done is queued or in work, as the moment has it; that it is done is another state."""
    last, now = _job("0a1b2c3d-first", 8901, state="QUEUED"), _job("9f8e7d6c-second", 8902, state=state)
    changed = [f"body/status: (active) → {state}"] if state == "COMPLETED" else []
    assert _of_jobs(contract, last, now) == changed
