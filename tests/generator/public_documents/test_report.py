"""The report: sums against the goals, a line for each document, and what can be reproduced."""

from typing import Any

from tests.generator.public_documents.measuring import Measure
from tests.generator.public_documents.report import refreshed, report, summary


def measure(**trips: Any) -> Measure:
    """A document of four operations, of which three were generated."""
    generated = ["GET /a", "GET /b", "GET /c"]
    return Measure("a.yaml", 4, 0, seconds=1, import_flaws="", trips={"generated": generated, **trips})


def failure(kind: str, silent: bool) -> dict[str, Any]:
    """Something that went wrong."""
    return {"operation": "GET /a", "kind": kind, "expected": "1", "seen": "2", "silent": silent}


def test_the_sums_are_of_operations_and_not_of_failures() -> None:
    """Two failures of one operation are one operation that does not round-trip."""
    refused = Measure("b.yaml", 1, 2, "b.yaml:1: the reason")
    text = summary([measure(failures=[failure("wire", True), failure("wire", True)]), refused])
    assert "| documents that generate | 1 of 2 | 50.0 % | 95 % |" in text
    assert "| operations that are generated | 3 of 5 | 60.0 % | 97 % |" in text
    assert "| operations that round-trip | 2 of 3 | 66.7 % | 99 % |" in text
    assert "| operations that are silently wrong | 1 | | 0 |" in text


def test_what_was_not_tried_does_not_count_as_right() -> None:
    """It is named with the reason."""
    one = measure(untried={"GET /b": "no text matches the pattern"})
    assert "2 of 2" in summary([one])
    assert "not tried: `GET /b`: no text matches the pattern" in report([one])


def test_a_failure_can_be_reproduced() -> None:
    """The report has the options that call only that operation, and the reason of a refusal."""
    text = report([measure(failures=[failure("read", False)]), Measure("b.yaml", 1, 2, "/tmp/b.yaml:1: the reason")])
    assert "--only a.yaml --operation 'GET /a'" in text
    assert "not generated (2, 0 s, 0 MB): b.yaml:1: the reason" in text


def test_the_readme_quotes_the_last_report() -> None:
    """Only what stands between the marks is replaced."""
    readme = "before\n<!-- measured by `make documents` -->\nold\n<!-- end of what was measured -->\nafter\n"
    text = refreshed(readme, [measure()])
    assert text.startswith("before\n<!-- measured")
    assert text.endswith("-->\nafter\n")
    sums, each = text.split("<details>")
    assert "| documents that generate |" in sums
    assert "| a.yaml | 4 | 3 | 1 |" in each
    assert "old" not in text
