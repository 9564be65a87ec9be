"""Findings: which fact of the document does not hold, what was expected, and what was seen."""

import hashlib
import re
from typing import Any, Literal

from attrs import evolve, frozen

from generator.document.document import Document, join, tokens

Severity = Literal["breaking", "addition", "unknown"]


@frozen(kw_only=True)
class Finding:
    """One difference between the document and what was seen.

    Args:
        severity: `breaking` for what breaks a caller, `addition` for what the document does not have yet, `unknown` for
            a guess of the document's author that did not hold, or that could not be judged.
        pointer: JSON pointer of the fact.
        expected: What the document promises.
        seen: What the service did.
        probe: Name of the probe, and of its cassette.
        oracle: Name of the oracle.
        also: Names of the other probes that show the same.
    """

    severity: Severity
    pointer: str
    expected: str
    seen: str
    probe: str
    oracle: str
    also: tuple[str, ...] = ()

    @property
    def probes(self) -> tuple[str, ...]:
        """All probes that show it."""
        return self.probe, *self.also

    def line(self, document: Document) -> int:
        """Line number of the fact in the document."""
        return document.line(self.pointer)

    def grade(self, document: Document) -> str:
        """The fact's grade of evidence."""
        return (document.grade(self.pointer) if document.has(self.pointer) else None) or "not graded"

    def fingerprint(self, document: Document) -> str:
        """Twelve hexadecimal digits that are the same in each run: of the fact, the oracle, and the kind of finding.

        The line of the fact, the place of a member in its list, the probe and the values seen do not count.
        """
        parts = (_named(document, self.pointer), self.oracle, self.severity, self._kind)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_FINGERPRINT_LENGTH]

    @property
    def _kind(self) -> str:
        """What sets a finding apart from others of its oracle at the same fact, such as `accepted` from `refused`."""
        # The document has nothing that an addition could be told by, so what was seen tells it.
        return self.seen if self.severity == "addition" else _VALUE.sub("", self.expected.partition(":")[0]).strip()

    @property
    def merged_by(self) -> tuple[str, str, str, str]:
        """Two findings with the same value are reported as one."""
        return self.severity, self.pointer, self.oracle, self.expected


def merged(findings: list[Finding]) -> list[Finding]:
    """The findings without repeats, breaking ones first. Each names all probes that show it."""
    order = {"breaking": 0, "unknown": 1, "addition": 2}
    same: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        same.setdefault(finding.merged_by, []).append(finding)
    return sorted(map(_merged, same.values()), key=lambda finding: order[finding.severity])


def _merged(same: list[Finding]) -> Finding:
    probes = dict.fromkeys(probe for finding in same for probe in finding.probes)
    return evolve(same[0], also=tuple(probe for probe in probes if probe != same[0].probe))


_FINGERPRINT_LENGTH = 12
# A status is what the document names, and not a value that was seen.
_VALUE = re.compile(r"'[^']*'|(?<!\bstatus )(?<!\ba )\b\d+(\.\d+)?")


def _named(document: Document, pointer: str) -> str:
    """A pointer in which members of lists stand for themselves: their place changes when others come or go."""
    node: Any = document.root
    parts: list[str] = []
    for token in tokens(pointer):
        is_member = isinstance(node, list) and token.isdigit() and int(token) < len(node)
        below = node[int(token)] if is_member else node.get(token) if isinstance(node, dict) else None
        member = below.get("name", token) if isinstance(below, dict) else below
        parts.append(str(member) if is_member else token)
        node = below
    return join(parts)
