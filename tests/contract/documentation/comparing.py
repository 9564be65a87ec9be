"""A page beside the document, fact by fact, and the report of that."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from tests.contract.documentation.comparing_calls import compared_calls
from tests.contract.documentation.comparing_fields import compared_fields
from tests.contract.documentation.comparison import Comparison
from tests.contract.documentation.loading import NotReadableError
from tests.contract.documentation.page import Page
from tests.contract.documentation.reading import page_facts
from tests.contract.model.contract import Contract
from tests.contract.reporting.report import Report

_ORDER = {"breaking": 0, "unknown": 1, "addition": 2}


@frozen(kw_only=True, slots=False)
class DocumentationReport(Report):
    """The result of comparing a page.

    Args:
        page: Name of the page.
        agreeing: The facts of which page and document say the same.
    """

    page: str
    agreeing: Sequence[Comparison]

    @property
    def verdict(self) -> str:
        """The outcome in one line."""
        results = [finding.oracle for finding in self.findings]
        counted = ", ".join(
            f"{results.count(result)} {words}"
            for result, words in (
                ("differs", "differ"),
                ("not on the page", "not on the page"),
                ("not in the document", "not in the document"),
                ("cannot be compared", "cannot be compared"),
            )
        )
        outcome = f"DRIFT ({len(self.breaking)} breaking)" if self.breaking else "no drift"
        accepted = f", {len(self.accepted)} accepted" if self.accepted else ""
        return f"{outcome}: {len(self.agreeing)} facts agree, {counted}{accepted}"

    def json(self) -> str:
        """For programs; the facts that agree are listed too."""
        document = self.contract.document
        body: dict[str, Any] = json.loads(super().json())
        body["agrees"] = [
            {
                "pointer": one.pointer,
                "line": document.line(one.pointer),
                "value": one.documented,
                "page": f"{self.page}:{one.line}",
            }
            for one in self.agreeing
        ]
        return json.dumps(body, indent=2, ensure_ascii=False)

    def _lines(self) -> Iterator[str]:
        for row in self._rows():
            yield (
                f"{row['severity']:<9} {row['oracle']}: {row['place']}  {row['pointer']}  ({row['evidence']})\n"
                f"          document: {row['expected']}; page: {row['seen']}  [{row['probe']}]  {row['fingerprint']}"
            )
        document = self.contract.document
        for one in self.agreeing:
            place = f"{document.name}:{document.line(one.pointer)}"
            yield f"agrees    {place}  {one.pointer}: {one.documented}  [{self.page}:{one.line}]"

    def _origin(self, probe: str) -> str:
        return probe


def compared(contract: Contract, page: Page) -> list[Comparison]:
    """What a page says of each fact of the document, and what only the page states.

    Raises:
        NotUnderstoodError: The page has no fields that can be read, or those of another API.
    """
    facts = page_facts(page, contract.main.properties)
    return [*compared_fields(contract.main, facts), *compared_calls(contract.main, facts)]


def documentation_report(
    contract: Contract, page: Page, notes: Sequence[str] = (), warnings: Sequence[str] = ()
) -> DocumentationReport:
    """The report of comparing a page with the document.

    Args:
        contract: The document.
        page: The page.
        notes: What else a reader has to know.
        warnings: What a reader has to do something about, besides the findings.

    Raises:
        NotUnderstoodError: The page has no fields that can be read, or those of another API.
    """
    comparisons = compared(contract, page)
    findings = [one.finding(page.name) for one in comparisons if one.result != "agrees"]
    return DocumentationReport(
        contract=contract,
        title=f"{contract.document.name} and the page {page.name} ({page.form})",
        findings=sorted(findings, key=lambda finding: _ORDER[finding.severity]),
        recorded=(),
        not_probed={},
        notes=notes,
        warnings=warnings,
        probes=(),
        images=0,
        origin="page",
        page=page.name,
        agreeing=[one for one in comparisons if one.result == "agrees"],
    )


def documented_page(contract: Contract) -> str:
    """The URL of the page that the document names.

    Raises:
        NotReadableError: It names none.
    """
    url = contract.document.root.get("externalDocs", {}).get("url")
    if not isinstance(url, str):
        raise NotReadableError(f"{contract.document.name} names no page (externalDocs): give a file or a URL.")
    return url
