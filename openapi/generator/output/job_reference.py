"""The jobs of a document in API.md: their handles, their states, and what their results report."""

from collections.abc import Iterable, Iterator

from ..document.document import Document, child
from ..views.job_docs import facts
from ..views.job_views import JobView, ReportView
from .tables import cell, table

_STATES = {"active": "The job goes on.", "done": "The job has its image.", "failed": "The job has failed."}


def job_lines(document: Document, jobs: Iterable[JobView]) -> Iterator[str]:
    """The sections of the jobs."""
    for job in jobs:
        yield from _job(document, job)


def _job(document: Document, job: JobView) -> Iterator[str]:
    yield f"## `{job.name}`\n"
    grade = document.grade(job.place.pointer)
    known = f" (evidence: {grade})" if grade else ""
    yield f"What `{job.submit.name}` starts{known}. `{job.async_name}` is the same for `AsyncClient`.\n"
    yield f"```python\n{_signatures(job)}\n```\n"
    yield f"{' '.join(facts(job))}\n"
    if job.instead_of is not None:
        yield f'`Client(route="queue")` lets `{job.instead_of.name}` start such a job, and wait for it.\n'
    yield "### States\n"
    rows = [
        (cell(f"`{state}`"), meaning, document.grade(child(job.place.pointer, key, str(at))) or "")
        for key, meaning in _STATES.items()
        for at, state in enumerate(job.states(key))
    ]
    gone = ", ".join(map(str, job.states("gone")))
    further = [(f"status {gone}", "The record has expired, or there never was one.", _grade(document, job, "gone"))]
    yield from table(("state", "meaning", "evidence"), [*rows, *(further if gone else [])])
    yield f"### `{job.result_class}`\n"
    yield f"The image, and what the service reports of the job. `report` has all that `{job.reporting.name}` says.\n"
    yield from table(
        ("what it is", "in Python", "from", "evidence"), [_report(document, job, one) for one in job.reported]
    )


def _signatures(job: JobView) -> str:
    handle, result = job.name, job.result_class
    return "\n".join(
        [
            f"client.{job.method}(job: {handle} | {job.async_name} | str) -> {handle}",
            f"job.status() -> {job.state_type}",
            f"job.wait(timeout=…) -> {result}",
            f"job.result() -> {result}",
        ]
    )


def _report(document: Document, job: JobView, report: ReportView) -> tuple[str, ...]:
    grade = document.grade(child(job.place.pointer, "reports", report.meaning))
    return cell(report.description), f"`.{job.attribute(report)}`", f"`{report.pointer}`", grade or ""


def _grade(document: Document, job: JobView, key: str) -> str:
    return document.grade(child(job.place.pointer, key)) or ""
