"""The value that would make the document right, for each fact that a run refutes and whose new value it shows."""

from collections.abc import Iterator, Mapping, Sequence

from generator.document.document import tokens
from segmind_flux_schnell._runtime.base.wording import one_line
from tests.contract.adoption.adoption import verdicts
from tests.contract.adoption.verdict import Edit, Remove, Verdict
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction

_LONGEST = 100
_MOST = 3


def corrections(
    contract: Contract,
    interactions: Sequence[Interaction],
    findings: Sequence[Finding],
    not_probed: Mapping[str, str],
    *,
    exact: bool,
) -> dict[str, str]:
    """What to write in the document, by pointer of the fact that a finding is on.

    Args:
        contract: The document.
        interactions: The interactions, in the order of sending.
        findings: What the judge found in them.
        not_probed: Probes that were not sent, each with the reason.
        exact: Whether equal images have equal pixels.
    """
    decided = verdicts(contract, interactions, findings, not_probed, exact=exact)
    refuted = [one for one in decided if one.outcome == "refuted" and one.edits]
    found: dict[str, str] = {}
    for finding in findings:
        fitting = next((one for one in refuted if finding.pointer in _places(contract, one)), None)
        if fitting is not None:
            found[finding.pointer] = _shown(fitting)
    return found


def _places(contract: Contract, verdict: Verdict) -> Iterator[str]:
    """The facts that a verdict is on; a header is the component that the response refers to."""
    for pointer in (verdict.pointer, *verdict.graded):
        yield pointer
        if contract.document.has(pointer):
            yield contract.document.resolved(pointer)
    # The size of an image is found at the property, and mended at its multiple.
    if tokens(verdict.pointer)[-2:-1] != ["properties"] and "properties" in tokens(verdict.pointer)[-3:-1]:
        yield verdict.pointer.rpartition("/")[0]


def _shown(verdict: Verdict) -> str:
    parts = [_edit(verdict, edit) for edit in verdict.edits[:_MOST]]
    more = len(verdict.edits) - _MOST
    text = "; ".join([*parts, f"… {more} more edits"] if more > 0 else parts)
    # Beyond it, nothing was refused.
    return f"{text}, or beyond: {verdict.seen.rpartition('; ')[2]}" if verdict.inferred else text


def _edit(verdict: Verdict, edit: Edit) -> str:
    *_, parent, keyword = tokens(edit.pointer)
    if isinstance(edit, Remove):
        return f"without {parent}/{keyword}" if edit.pointer != verdict.pointer else "without it"
    name = f"one more in {parent}" if keyword == "-" else keyword
    value = str(edit.value).lower() if isinstance(edit.value, bool) else str(edit.value)
    return f"{name}: {one_line(value, _LONGEST)}"
