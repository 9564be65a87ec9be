"""The oracle for causes: what provokes one has to get its status, and a text that names it."""

import re
from collections.abc import Iterator, Sequence

from generator.document.document import child
from tests.contract.judging.case import Case
from tests.contract.model.expectations import provoking_words
from tests.contract.model.findings import Finding, Severity
from tests.contract.model.grades import is_documented, is_vendors_own
from tests.contract.model.interactions import Interaction
from tests.contract.model.json_text import read_json
from tests.contract.model.operation_contract import OperationContract, Provoked

STATUS_OF_A_CAUSE = "status of a cause"
"""Oracle of the findings that a cause has another status than the documented one."""

_LONGEST = 120


def cause_conformance(case: Case) -> Iterator[Finding]:
    """A refusal has the status, and the text, that the document gives for what provoked it."""
    if not case.interaction.refused:
        return
    for word in provoking_words(case.contract, case.interaction.request):
        provoked = case.contract.provoked(word)
        yield from _status(case, word, provoked)
        for one in provoked:
            yield from _text(case, one)


def _status(case: Case, word: str, provoked: Sequence[Provoked]) -> Iterator[Finding]:
    """Unless the vendor itself says which status it is, any documented one will do."""
    status, statuses = str(case.interaction.response.status_code), [one.status for one in provoked]
    # What a request as a whole provokes is judged with the other statuses.
    if not provoked or status in statuses or case.expected in statuses:
        return
    grade = _grade(case, provoked[0])
    promised = is_vendors_own(grade) or (is_documented(grade) and case.response is None)
    severity: Severity = "breaking" if promised else "unknown"
    expected = f"status {' or '.join(dict.fromkeys(statuses))} ({word})"
    yield case.finding(severity, provoked[0].place, expected, f"status {status}", STATUS_OF_A_CAUSE)


def _grade(case: Case, provoked: Provoked) -> str | None:
    """How well it is known that this is what follows."""
    words = case.contract.document.at(provoked.place).get("x-provoked-by", ())
    return case.contract.document.grade(child(provoked.place, "x-provoked-by", str(words.index(provoked.word))))


def _text(case: Case, provoked: Provoked) -> Iterator[Finding]:
    if provoked.place == provoked.response or str(case.interaction.response.status_code) != provoked.status:
        return
    pattern, texts = child(provoked.place, "pattern"), _texts(case, provoked.response)
    named = next((cause for cause in case.contract.causes(provoked.response) if _names(case, cause, texts)), None)
    if named != provoked.place:
        severity: Severity = "breaking" if is_documented(case.contract.document.grade(pattern)) else "unknown"
        expected = f"a text with {case.contract.document.at(pattern)!r}"
        other = f", which names {case.contract.document.at(named)['name']}" if named else ""
        yield case.finding(severity, pattern, expected, f"{' / '.join(texts)[:_LONGEST]!r}{other}", "cause")


def named_cause(case: Case) -> str | None:
    """Pointer of the cause that the text of a refusal names, or None if it names none."""
    response = case.response
    if response is None or not case.interaction.refused:
        return None
    texts = _texts(case, response)
    return next((cause for cause in case.contract.causes(response) if _names(case, cause, texts)), None)


def blames_the_request(contract: OperationContract, interaction: Interaction) -> bool:
    """Whether the text of a refusal names a cause that another request would not meet: it is not about the account."""
    cause = named_cause(Case(contract, interaction))
    return cause is not None and not contract.document.at(cause).get("x-stops-batch")


def _names(case: Case, cause: str, texts: list[str]) -> bool:
    pattern = case.contract.document.at(cause)["pattern"]
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts)


def _texts(case: Case, response: str) -> list[str]:
    """The service's message, or the whole body where it is not the documented object."""
    text = case.interaction.response.text
    names = case.contract.messages(response)
    try:
        body = read_json(text)
    except ValueError:
        return [text]
    found = [body.get(name) for name in names] if isinstance(body, dict) else []
    return [one for one in found if isinstance(one, str) and one] or [text]
