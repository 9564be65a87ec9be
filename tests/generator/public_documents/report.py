"""The report: a table of the documents, their sums against the goals, and what went wrong."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from tests.generator.public_documents.failures import MEANINGS
from tests.generator.public_documents.measuring import Measure, first_line

_MOST_FAILURES = 12
_START, _END = "<!-- measured by `make documents` -->", "<!-- end of what was measured -->"


@frozen
class Totals:
    """The sums over all documents."""

    documents: int
    packages: int
    operations: int
    generated: int
    imported: int
    typed: int
    checked: int
    tried: int
    right: int
    silent: int
    explained: int

    @classmethod
    def of(cls, measures: Sequence[Measure]) -> "Totals":
        """The sums of some documents."""
        packages = [one for one in measures if one.is_generated]
        checked = [one for one in packages if one.type_flaws is not None]
        return cls(
            documents=len(measures),
            packages=len(packages),
            operations=sum(one.operations for one in measures),
            generated=sum(len(one.generated) for one in measures),
            imported=sum(one.import_flaws == "" for one in packages),
            typed=sum(one.type_flaws == "" for one in checked),
            checked=len(checked),
            tried=sum(len(one.tried) for one in measures),
            right=sum(len(one.tried - one.failed) for one in measures),
            silent=sum(len({failure["operation"] for failure in one.silent}) for one in measures),
            explained=sum(len({failure["operation"] for failure in one.explained}) for one in measures),
        )


def summary(measures: Sequence[Measure]) -> str:
    """The sums against the goals, as a Markdown table."""
    sums = Totals.of(measures)
    rows = [
        ("documents that generate", sums.packages, sums.documents, "95 %"),
        ("operations that are generated", sums.generated, sums.operations, "97 %"),
        ("packages that import", sums.imported, sums.packages, "100 %"),
        *([("packages clean under `mypy --strict`", sums.typed, sums.checked, "100 %")] if sums.checked else []),
        ("operations that round-trip", sums.right, sums.tried, "99 %"),
    ]
    lines = ["| measure | | | goal |", "| --- | --- | --- | --- |"]
    lines += [f"| {name} | {part} of {whole} | {_percent(part, whole)} | {goal} |" for name, part, whole, goal in rows]
    lines += [
        f"| operations that are silently wrong | {sums.silent} | | 0 |",
        f"| operations that differ and use something that is approximated | {sums.explained} | | 0 |",
    ]
    return "\n".join(lines)


def table(measures: Sequence[Measure]) -> str:
    """A line for each document, as a Markdown table."""
    head = "document, operations, generated, left out, approximated, imports, mypy, round-trip, silently wrong, seconds"
    names = head.split(", ")
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    return "\n".join([*lines, *(f"| {' | '.join(_row(one))} |" for one in measures)])


def _row(one: Measure) -> list[str]:
    if not one.is_generated:
        return [one.name, str(one.operations), "0", str(one.operations), "", "", "", "", "", f"{one.seconds:.1f}"]
    mypy = "" if one.type_flaws is None else "yes" if not one.type_flaws else "no"
    return [
        one.name,
        str(one.operations),
        str(len(one.generated)),
        str(one.operations - len(one.generated)),
        str(len(one.left_out.approximations)),
        "no" if one.import_flaws else "yes",
        mypy,
        _percent(len(one.tried - one.failed), len(one.tried)),
        str(len({failure["operation"] for failure in one.silent})),
        f"{one.seconds:.1f}",
    ]


def report(measures: Sequence[Measure]) -> str:
    """All of it, with what went wrong, as Markdown."""
    parts = ["# Public documents", summary(measures), table(measures), "## What went wrong"]
    for one in measures:
        lines = list(_faults(one))
        if lines:
            parts += [f"### {one.name}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def refreshed(readme: str, measures: Sequence[Measure]) -> str:
    """A README with the sums and the table of now, between the marks that it has for them."""
    each = f"<details><summary>Each document</summary>\n\n{table(measures)}\n\n</details>"
    quoted = f"{_START}\n{summary(measures)}\n\n{each}\n{_END}"
    return re.sub(f"{re.escape(_START)}.*{re.escape(_END)}", lambda _: quoted, readme, flags=re.DOTALL)


def _faults(one: Measure) -> Iterator[str]:
    if not one.is_generated:
        yield f"- not generated ({one.exit_code}, {one.seconds:.0f} s, {one.megabytes} MB): {first_line(one.message)}"
        return
    for name, flaws in (("imports", one.import_flaws), ("mypy", one.type_flaws)):
        if flaws:
            lines = flaws.splitlines()
            yield f"- {name}: {len(lines)} lines, such as `{lines[0][:300]}`"
    missing = [operation for operation in one.trips.get("missing", ()) if operation]
    if missing:
        yield f"- left out: {', '.join(missing[:20])}{' …' if len(missing) > 20 else ''}"
    for name in ("untried", "partly"):
        for operation, why in list(one.trips.get(name, {}).items())[:10]:
            yield f"- {'not tried' if name == 'untried' else 'tried in part'}: `{operation}`: {why[:200]}"
    kinds = Counter(failure["kind"] for failure in one.failures)
    for kind, number in kinds.most_common():
        yield f"- {kind} ({number} times): {MEANINGS[kind]}"
    shown: Counter[str] = Counter()
    for failure in one.failures:
        shown[failure["kind"]] += 1
        if shown[failure["kind"]] <= _MOST_FAILURES:
            yield (
                f"  - {failure['kind']}{' (silent)' if failure['silent'] else ''} "
                f"`--only {one.name} --operation '{failure['operation']}'`\n"
                f"    - expected: {failure['expected']}\n    - seen: {failure['seen']}"
            )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""
