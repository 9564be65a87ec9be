"""What a recording decides of the document, as a table, and the patch that `make adopt` applies."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from attrs import frozen

from generator.checks.validation import selected
from generator.document.document import Document, SpecError, child
from segmind_flux_schnell._runtime.base.wording import one_line
from tests.contract.adoption.deciding_bodies import decided_bodies
from tests.contract.adoption.deciding_calls import decided_calls
from tests.contract.adoption.deciding_fields import decided_fields
from tests.contract.adoption.deciding_jobs import decided_jobs, decided_parameters
from tests.contract.adoption.deciding_responses import decided_responses
from tests.contract.adoption.document_edits import DocumentText, lost_comments, patch_of
from tests.contract.adoption.evidence import Recorded
from tests.contract.adoption.grading import grade, grade_members
from tests.contract.adoption.operations import charges, reconciled, unbilled, words_of_jobs
from tests.contract.adoption.verdict import Edit, Outcome, Remove, SetValue, Verdict, confirmed
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.grades import is_settled
from tests.contract.model.interactions import Interaction
from tests.contract.model.runs import runs_of
from tests.contract.probing.measurement import Measurement

_ORDER: tuple[Outcome, ...] = ("refuted", "confirmed", "undecided")
_LONGEST = 140


@frozen(kw_only=True)
class Adoption:
    """What a recording decides, and what to change in the document.

    Args:
        contract: The document that was recorded.
        verdicts: A verdict on each fact that is not settled yet, and on those that no longer hold.
        text: The document with all edits.
        patch: The difference, as `git apply` takes it; empty if nothing changes.
        remaining: What the edited document still contradicts in the recording.
    """

    contract: Contract
    verdicts: Sequence[Verdict]
    text: str
    patch: str
    remaining: Sequence[str]

    def table(self) -> str:
        """The verdicts for the terminal: refuted ones with what was seen, and the edits that follow."""
        count = {outcome: sum(one.outcome == outcome for one in self.verdicts) for outcome in _ORDER}
        lines = [
            f"Of the facts that neither the vendor's page nor a recording settles, the recording confirms "
            f"{count['confirmed']}, refutes {count['refuted']}, and leaves {count['undecided']} undecided.",
            "",
        ]
        for outcome in _ORDER:
            lines += [line for one in self._shown(outcome) for line in self._lines(one)]
        if self.remaining:
            lines += ["", "What the edited document still contradicts:", *self.remaining]
        return "\n".join(lines)

    def _shown(self, outcome: Outcome) -> Iterator[Verdict]:
        """The verdicts with an outcome; confirmed members of a list are one line."""
        listed: dict[str, list[Verdict]] = {}
        for one in (verdict for verdict in self.verdicts if verdict.outcome == outcome):
            parent = one.pointer.rpartition("/")[0]
            if outcome == "confirmed" and parent.endswith("/enum"):
                listed.setdefault(parent, []).append(one)
            else:
                yield one
        for pointer, members in listed.items():
            total = len(self.contract.document.at(pointer))
            yield confirmed(pointer, f"{len(members)} of {total} values are accepted", members[0].probe)

    def _lines(self, verdict: Verdict) -> Iterator[str]:
        document = self.contract.document
        graded = document.grade(verdict.pointer) if document.has(verdict.pointer) else None
        place = f"{document.name}:{document.line(verdict.pointer)}"
        cassette = f"  [{verdict.probe}.yaml]" if verdict.probe else ""
        head = f"{verdict.outcome:<9} {place}  {verdict.pointer}  ({graded or 'not graded'})"
        if verdict.outcome == "confirmed":
            yield f"{head}: {_short(verdict.seen)}{cassette}"
        elif verdict.outcome == "undecided":
            yield f"{head}: {_short(verdict.expected)}; {verdict.seen}"
            yield from (f"          edit: {_shown(edit)}" for edit in verdict.edits)
        else:
            yield head
            yield f"          expected {_short(verdict.expected)}; seen {_short(verdict.seen)}{cassette}"
            yield from (f"          edit: {_shown(edit)}" for edit in verdict.edits)
            if not verdict.edits:
                yield "          no edit follows: it has to be made by hand"


def adoption(contract: Contract, measurement: Measurement, spec: Path, day: str, *, exact: bool) -> Adoption:
    """Judge a recording, and derive the edits of the document that follow.

    Args:
        contract: The document.
        measurement: What was recorded.
        spec: File of the document.
        day: Date of the recording, as ISO 8601.
        exact: Whether equal images have equal pixels.
    """
    interactions = measurement.all
    findings = judge(contract, interactions, exact=exact)
    decided = list(verdicts(contract, interactions, findings, measurement.not_probed, exact=exact))
    old = spec.read_text(encoding="utf-8")
    new = _edited(contract.document, old, decided, f"recorded {day}")
    edited = Contract.of(Document.parse(contract.document.name, new))
    remaining = [
        f"{one.severity:<9} {edited.document.name}:{one.line(edited.document)}  {one.pointer}\n"
        f"          expected {one.expected}; seen {_short(one.seen)}  [{one.probe}.yaml]"
        for one in judge(edited, interactions, exact=exact, with_client=False)
        if one.severity != "addition"
    ]
    remaining += [f"unusable  {line}" for line in _problems(edited.document)]
    lost = "it stood beside a fact that is gone; put it back by hand"
    remaining += [f"comment   {line}: {lost}" for line in lost_comments(old, new)]
    return Adoption(
        contract=contract,
        verdicts=decided,
        text=new,
        patch=patch_of(old, new, f"openapi/{spec.name}"),
        remaining=remaining,
    )


def _problems(document: Document) -> list[str]:
    """What of the edited document cannot be generated as it says: then a part of the patch has to go."""
    try:
        selection = selected(document)
    except SpecError as error:
        return str(error).splitlines()
    return [] if selection.is_whole else str(selection.error).splitlines()


def is_of_service(contract: Contract, base_url: str) -> bool:
    """Whether a URL is that of the service which the document describes: only its recordings prove anything."""
    servers = [urlsplit(str(one.get("url"))) for one in contract.document.root.get("servers", ())]
    return urlsplit(base_url).netloc.lower() in {one.netloc.lower() for one in servers if one.netloc}


def verdicts(
    contract: Contract,
    interactions: Sequence[Interaction],
    findings: Sequence[Finding],
    not_probed: Mapping[str, str],
    *,
    exact: bool,
) -> Iterator[Verdict]:
    """The verdicts that matter: on facts that are not settled, and on any that is refuted.

    Args:
        contract: The document.
        interactions: All interactions, in the order of sending.
        findings: What the judge found in them.
        not_probed: Probes that were not sent, each with the reason.
        exact: Whether equal images have equal pixels.
    """
    words, free = words_of_jobs(contract, interactions), unbilled(contract, interactions)
    # The main operation goes first: where several decide a shared part of the document, its word is kept.
    operations = sorted(contract.operations, key=lambda one: one is not contract.main)
    charged = charges(contract, interactions)
    recorded = [
        Recorded(
            contract=one,
            interactions=contract.own(one, interactions),
            findings=findings,
            not_probed=not_probed,
            exact=exact,
            runs=runs_of(contract, one, interactions),
            charged=charged.get(one.name),
            words_of_jobs=words,
            free=free.get(one.name, {}),
        )
        for one in operations
    ]
    found = [verdict for one in recorded for decide in _deciding(one) for verdict in decide(one)]
    document = contract.document
    for one in reconciled([*found, *decided_bodies(contract, interactions)]):
        settled = document.has(one.pointer) and is_settled(_grade(document, one.pointer))
        if one.outcome == "refuted" or not settled:
            yield one


def _deciding(recorded: Recorded) -> Iterator[Callable[[Recorded], Iterator[Verdict]]]:
    """What decides the facts of an operation. Fields are decided by the images that they shape."""
    if recorded.contract.gives_images:
        yield decided_fields
    yield from (decided_calls, decided_parameters, decided_jobs, decided_responses)


def _grade(document: Document, pointer: str) -> str | None:
    """The grade of a fact. That a response has a header is graded by the response, not by the shared header."""
    parent, _, _ = pointer.rpartition("/")
    if parent.endswith("/headers") and parent.startswith("/components/responses"):
        return document.grade(parent)
    return document.grade(pointer)


def _edited(document: Document, old: str, verdicts: Sequence[Verdict], recorded: str) -> str:
    text = DocumentText(old)
    edits = [edit for one in verdicts for edit in one.edits]
    decided = [one for one in verdicts if one.outcome == "confirmed" or (one.outcome == "refuted" and one.edits)]
    members = _members(document, verdicts)
    text.apply(edits)
    pointers = [pointer for one in decided for pointer in (*_facts(one), *one.graded) if pointer not in one.inferred]
    whole = _whole_lists(document, verdicts)
    whole.add(_schema(document))
    removed = [edit.pointer for edit in edits if isinstance(edit, Remove)]
    grade(text, document, [one for one in pointers if not _is_item(one) and one not in whole], removed, recorded)
    likely = [edit.pointer for one in verdicts if one.outcome == "undecided" for edit in one.edits]
    likely += [pointer for one in decided for pointer in one.inferred]
    grade(text, document, likely, (), "inferred")
    for pointer, grades in members.items():
        grade_members(text, pointer, [recorded if one is None else one for one in grades])
    return text.text()


def _schema(document: Document) -> str:
    """The schema of the request, which is not a fact itself."""
    return Contract.of(document).main.schema


def _facts(verdict: Verdict) -> Iterator[str]:
    """The places that a verdict gives a grade to: the fact if it stays, and what the edits put in its place."""
    removed = {edit.pointer for edit in verdict.edits if isinstance(edit, Remove)}
    if verdict.pointer not in removed:
        yield verdict.pointer
    yield from (edit.pointer for edit in verdict.edits if isinstance(edit, SetValue))


def _is_item(pointer: str) -> bool:
    """Whether a place is a member of a list, or a reference, which has no grade of its own."""
    parent = pointer.rpartition("/")[0]
    is_reference = parent.startswith("/paths/") and parent.endswith("/responses")
    return is_reference or pointer.endswith(("/-", "/enum", "/responses")) or parent.endswith("/enum")


def _whole_lists(document: Document, verdicts: Sequence[Verdict]) -> set[str]:
    """Lists of which not every member was decided (`x-provoked-by`): they keep their grade."""
    return {one.pointer for one in verdicts if one.outcome == "undecided" and one.pointer.endswith("x-provoked-by")}


def _members(document: Document, verdicts: Sequence[Verdict]) -> dict[str, list[str | None]]:
    """For each list of values of which a member was decided: the grades of those that stay, None for `recorded`."""
    found: dict[str, list[str | None]] = {}
    by_pointer = {one.pointer: one for one in verdicts}
    lists = dict.fromkeys(
        one.pointer.rpartition("/")[0] for one in verdicts if one.pointer.rpartition("/")[0].endswith("/enum")
    )
    for pointer in lists:
        grades: list[str | None] = []
        for at in range(len(document.at(pointer))):
            verdict = by_pointer.get(child(pointer, str(at)))
            if verdict is None or verdict.outcome == "undecided":
                grades.append(document.grade(child(pointer, str(at))))
            elif verdict.outcome == "confirmed":
                grades.append(None)
        appended = by_pointer.get(pointer)
        grades += [None for _ in appended.edits] if appended is not None else []
        found[pointer] = grades
    return found


def _shown(edit: Edit) -> str:
    if isinstance(edit, Remove):
        return f"remove {edit.pointer}"
    return f"{edit.pointer}: {_short(str(edit.value))}"


def _short(text: str) -> str:
    """A text on one line. What a service says can have characters that a terminal obeys."""
    return one_line(text, _LONGEST)
