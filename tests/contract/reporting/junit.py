"""JUnit, for CI systems that read test results: a case for each probe."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence

from attrs import define, field

from tests.contract.judging.cross_oracles import CROSS_ORACLES
from tests.contract.reporting.escaping import printable
from tests.contract.reporting.fact_lines import FactLine


@define
class _Case:
    """A test case.

    Args:
        group: What it belongs to; the class name of JUnit.
        name: The probe, or what the findings are about.
        failures: What fails it.
        output: What is only noted.
        skipped: Why the probe was not sent, or None if it was.
    """

    group: str
    name: str
    failures: list[str] = field(factory=list[str])
    output: list[str] = field(factory=list[str])
    skipped: str | None = None


def junit(
    title: str,
    lines: Sequence[FactLine],
    probes: Sequence[str],
    not_probed: Mapping[str, str],
    remarks: Mapping[str, Sequence[str]],
) -> str:
    """One suite. A finding fails the case of its probe; one of several probes, or between them, has a case of its own.

    Args:
        title: Name of the suite.
        lines: The facts with findings.
        probes: The probes that were sent.
        not_probed: Those that were not, each with the reason.
        remarks: What else a reader has to know, as properties of the suite.
    """
    cases = {probe: _Case("probes", probe) for probe in probes}
    own: list[_Case] = []
    for line in lines:
        case = _case_of(line, cases)
        if case is None:
            case = _Case(line.pointer, line.name)
            own.append(case)
        (case.failures if line.severity == "breaking" else case.output).append(_text(line))
    skipped = [_Case("probes", probe, skipped=reason) for probe, reason in not_probed.items()]
    if not (cases or own or skipped):
        own.append(_Case("contract", "no drift"))
    return _suite(title, [*cases.values(), *own, *skipped], remarks)


def _case_of(line: FactLine, cases: Mapping[str, _Case]) -> _Case | None:
    if len(line.probes) > 1 or any(one.oracle in CROSS_ORACLES for one in line.findings):
        return None
    return cases.get(line.probes[0])


def _text(line: FactLine) -> str:
    right = f"; right would be {line.right}" if line.right else ""
    seen = f"{line.severity}: expected {line.expected}; seen {line.seen}{right}"
    where = f"{line.pointer}, {line.place}, {line.evidence}"
    return f"{seen} ({where}; {', '.join(line.probes)}; {' '.join(line.fingerprints)})"


def _suite(title: str, cases: Sequence[_Case], remarks: Mapping[str, Sequence[str]]) -> str:
    suite = ElementTree.Element("testsuite", name=printable(title), tests=str(len(cases)), errors="0")
    suite.set("failures", str(sum(bool(one.failures) for one in cases)))
    suite.set("skipped", str(sum(one.skipped is not None for one in cases)))
    properties = ElementTree.SubElement(suite, "properties")
    for name, texts in remarks.items():
        for text in texts:
            ElementTree.SubElement(properties, "property", name=name, value=printable(text))
    for one in cases:
        case = ElementTree.SubElement(suite, "testcase", classname=one.group, name=printable(one.name))
        if one.skipped is not None:
            ElementTree.SubElement(case, "skipped", message=printable(one.skipped))
        if one.failures:
            text = "\n".join(one.failures)
            ElementTree.SubElement(case, "failure", message=one.failures[0]).text = text
        if one.output:
            ElementTree.SubElement(case, "system-out").text = "\n".join(one.output)
    return ElementTree.tostring(suite, encoding="unicode")
