"""The oracle for causes: what provokes one has to get its status, and a text that names it."""

import json
import re
from collections.abc import Iterator

from generator.document.document import child
from tests.contract.judging.case import Case
from tests.contract.model.expectations import provoking_words
from tests.contract.model.findings import Finding, Severity
from tests.contract.model.grades import is_documented
from tests.contract.model.operation_contract import Provoked

_LONGEST = 120


def cause_conformance(case: Case) -> Iterator[Finding]:
    """A refusal has the status, and the text, that the document gives for what provoked it."""
    if not case.interaction.refused:
        return
    for word in provoking_words(case.contract, case.interaction.request):
        for provoked in case.contract.provoked(word):
            yield from _status(case, word, provoked) or _text(case, provoked)


def _status(case: Case, word: str, provoked: Provoked) -> list[Finding]:
    status = str(case.interaction.response.status_code)
    # What a request as a whole provokes is judged with the other statuses.
    if status == provoked.status or case.expected == provoked.status:
        return []
    seen = f"status {status}"
    return [case.finding("unknown", provoked.place, f"status {provoked.status} ({word})", seen, "cause")]


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


def _names(case: Case, cause: str, texts: list[str]) -> bool:
    pattern = case.contract.document.at(cause)["pattern"]
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts)


def _texts(case: Case, response: str) -> list[str]:
    """The service's message, or the whole body where it is not the documented object."""
    text = case.interaction.response.text
    names = case.contract.messages(response)
    try:
        body = json.loads(text)
    except ValueError:
        return [text]
    found = [body.get(name) for name in names] if isinstance(body, dict) else []
    return [one for one in found if isinstance(one, str) and one] or [text]
