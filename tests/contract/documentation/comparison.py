"""One fact of the document or of the page, and what a comparison says of it."""

from collections.abc import Iterable
from typing import Any, Literal

from attrs import frozen

from tests.contract.model.findings import Finding, Severity

Result = Literal["agrees", "differs", "not on the page", "not in the document", "cannot be compared"]


@frozen(kw_only=True)
class Comparison:
    """What a page says of one fact, beside what the document says.

    Args:
        result: How the two compare.
        severity: What that means for a caller; of no account if they agree.
        pointer: JSON pointer of the fact, or of the place where it would be.
        documented: What the document says.
        stated: What the page says.
        line: Line of the page; 0 if it does not speak of the fact.
    """

    result: Result
    severity: Severity
    pointer: str
    documented: str
    stated: str
    line: int

    def finding(self, page: str) -> Finding:
        """The comparison as a finding, whose place is a line of the page."""
        return Finding(
            severity=self.severity,
            pointer=self.pointer,
            expected=self.documented,
            seen=self.stated,
            probe=f"{page}:{self.line}" if self.line else page,
            oracle=self.result,
        )


def agrees(pointer: str, what: str, line: int) -> Comparison:
    """Page and document say the same."""
    return Comparison(result="agrees", severity="addition", pointer=pointer, documented=what, stated=what, line=line)


def differs(pointer: str, documented: str, stated: str, line: int, severity: Severity = "breaking") -> Comparison:
    """Page and document contradict each other."""
    return Comparison(
        result="differs", severity=severity, pointer=pointer, documented=documented, stated=stated, line=line
    )


def not_on_page(pointer: str, documented: str, *, is_drift: bool, near: int = 0) -> Comparison:
    """The page does not state a documented fact.

    Args:
        pointer: The fact.
        documented: What the document says.
        is_drift: Whether the page stated it, by its grade, and states others of its kind.
        near: The line of the page where one would look for it.
    """
    severity: Severity = "breaking" if is_drift else "unknown"
    return Comparison(
        result="not on the page",
        severity=severity,
        pointer=pointer,
        documented=documented,
        stated="not on the page",
        line=near,
    )


def not_in_document(
    pointer: str, stated: str, line: int, severity: Severity = "addition", documented: str = "not in the document"
) -> Comparison:
    """The document does not have what the page states."""
    return Comparison(
        result="not in the document",
        severity=severity,
        pointer=pointer,
        documented=documented,
        stated=stated,
        line=line,
    )


def cannot_be_compared(pointer: str, documented: str, why: str, line: int) -> Comparison:
    """The page does not say enough."""
    return Comparison(
        result="cannot be compared",
        severity="unknown",
        pointer=pointer,
        documented=documented,
        stated=why,
        line=line,
    )


def shown(value: Any) -> str:
    """A value as a message shows it: whole numbers without a fraction, texts in quotation marks."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…{text[-1]}"


def listed(values: Iterable[Any], most: int = 8) -> str:
    """Some of many values."""
    texts = [str(value) for value in values]
    return ", ".join(texts if len(texts) <= most else [*texts[:most], f"… {len(texts) - most} more"])
