"""All that is measured of one document, stage by stage."""

import json
import re
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from tests.generator.public_documents import WORK, stages
from tests.generator.public_documents.failures import SILENT
from tests.generator.public_documents.left_out import LeftOut, read_left_out
from tests.generator.public_documents.specification import Specification, read_document


@frozen
class Options:
    """What is measured.

    Args:
        examples: The most requests, and the most responses of each status, that an operation is tried with.
        checks_types: Whether mypy runs.
        operation: The only operation that is called, or None for all.
    """

    examples: int = 8
    checks_types: bool = True
    operation: str | None = None


@define
class Measure:
    """What came of a document.

    Args:
        name: Its file.
        operations: How many operations it has, counted without the generator.
        exit_code: What the generator ended with, or None where it took too long.
        message: What the generator has printed.
        seconds: How much time of the processors it took to generate.
        megabytes: How much memory that took.
        left_out: What the generator says that it has left out or approximated.
        import_flaws: Modules that cannot be imported.
        type_flaws: What mypy says; None where it did not run.
        trips: What came of its operations.
    """

    name: str
    operations: int
    exit_code: int | None = None
    message: str = ""
    seconds: float = 0
    megabytes: int = 0
    left_out: LeftOut = field(factory=LeftOut)
    import_flaws: str | None = None
    type_flaws: str | None = None
    trips: dict[str, Any] = field(factory=dict[str, Any])

    @property
    def is_generated(self) -> bool:
        """Whether there is a package."""
        return self.exit_code in (0, 3)

    @property
    def generated(self) -> list[str]:
        """The operations of the document that the package has."""
        return list(self.trips.get("generated", ()))

    @property
    def failures(self) -> list[dict[str, Any]]:
        """What went wrong with operations."""
        return list(self.trips.get("failures", ()))

    @property
    def tried(self) -> set[str]:
        """The operations that were called."""
        return {one for one in self.generated if one not in self.trips.get("untried", {}) or one in self.failed}

    @property
    def failed(self) -> set[str]:
        """The operations with which something went wrong."""
        return {failure["operation"] for failure in self.failures}

    @property
    def silent(self) -> list[dict[str, Any]]:
        """What went wrong without anybody noticing, though the generator has not said that it would."""
        return [one for one in self.failures if one["silent"]]

    @property
    def explained(self) -> list[dict[str, Any]]:
        """What went wrong without anybody noticing, with operations that use something that is approximated."""
        return [one for one in self.failures if one["kind"] in SILENT and not one["silent"]]


def measured(document: Path, options: Options) -> Measure:
    """Generate the package of a document, and try it."""
    folder = WORK / document.name
    specification = Specification(read_document(document))
    measure = Measure(document.name, len(specification.operations))
    run = stages.generated(document, folder)
    measure.exit_code, measure.message = run.code, run.text.strip()
    measure.seconds, measure.megabytes = run.seconds, run.megabytes
    if not measure.is_generated:
        return measure
    package = folder / "package"
    measure.left_out = read_left_out(package)
    run = stages.imported(package)
    measure.import_flaws = "" if run.code == 0 else run.text[-2000:] or f"ended with {run.code}"
    if options.checks_types:
        run = stages.typed(package, WORK / ".mypy_cache")
        measure.type_flaws = "" if run.code == 0 else run.text[-3000:] or f"ended with {run.code}"
    measure.trips = _trips(specification, document, folder, options, measure)
    return measure


def _trips(
    specification: Specification, document: Path, folder: Path, options: Options, measure: Measure
) -> dict[str, Any]:
    report = folder / "trips.json"
    command = ["-m", "tests.generator.public_documents.round_trip", str(document), str(folder / "package"), str(report)]
    command += ["--examples", str(options.examples), *(["--operation", options.operation] if options.operation else [])]
    run = stages.run(*command, cwd=folder, limit=400)
    if run.code != 0 or not report.exists():
        flaw = {"operation": "", "kind": "crash", "expected": "a round trip", "seen": run.text[-600:], "silent": False}
        return {"failures": [flaw], "generated": [], "untried": {}, "calls": 0}
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    named = {one.title: one for one in specification.operations}
    approximated = {
        one for one in {failure["operation"] for failure in found["failures"]} if measure.left_out.concerns(named[one])
    }
    # A parameter that the generator says that it has left out is not missing.
    found["failures"] = [
        one for one in found["failures"] if one["kind"] != "missing" or one["operation"] not in approximated
    ]
    for failure in found["failures"]:
        failure["silent"] = failure["kind"] in SILENT and failure["operation"] not in approximated
    return found


def first_line(text: str) -> str:
    """The first line of a message, without paths of this machine."""
    line = next(iter(text.splitlines()), "")
    return re.sub(r"/\S*/", "", line)
