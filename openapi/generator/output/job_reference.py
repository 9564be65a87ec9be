"""The jobs of a document in API.md: their handles, their states, and what their results report."""

from collections.abc import Iterable, Iterator

from ..document.document import Document, child
from ..views.job_docs import facts
from ..views.job_views import JobView, ReportView
from .tables import cell, table

_STATES = {"active": "The job is still active.", "done": "The job has its image.", "failed": "The job has failed."}


def job_lines(document: Document, jobs: Iterable[JobView]) -> Iterator[str]:
    """The sections of the jobs."""
    for job in jobs:
        yield from _job(document, job)


def _job(document: Document, job: JobView) -> Iterator[str]:
    yield f"## `{job.name}`\n"
    grade = document.grade(job.place.pointer)
    known = f" (evidence: {grade})" if grade else ""
    yield f"What `{job.submit.name}` starts{known}. `{job.async_name}` is the same for `AsyncClient`.\n"
    kinds = f"{job.name} | {job.async_name} | str"
    yield f"```python\nclient.{job.method}(job: {kinds}) -> {job.name}\n```\n"
    yield from table(("method", "gives", "what it does"), _methods(job))
    yield f"{' '.join(facts(job))}\n"
    if job.instead_of is not None:
        yield f'`Client(route="queue")` makes `{job.instead_of.name}` start a job and wait for it.\n'
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
    yield f"The image, and what the service reports about the job. `report` is what `{job.reporting.name}` returns.\n"
    yield from table(
        ("what it is", "in Python", "from", "evidence"), [_report(document, job, one) for one in job.reported]
    )


def _methods(job: JobView) -> list[tuple[str, ...]]:
    result = f"`{job.result_class}`"
    return [
        ("`job.status()`", cell(f"`{job.state_type}`"), "Asks the service for the state."),
        ("`job.wait()`", result, "Waits until the job is done, and fetches its image."),
        ("`job.result()`", result, "Fetches the image of a job that is done."),
    ]


def _report(document: Document, job: JobView, report: ReportView) -> tuple[str, ...]:
    grade = document.grade(child(job.place.pointer, "reports", report.meaning))
    return cell(report.description), f"`.{job.attribute(report)}`", f"`{report.pointer}`", grade or ""


def _grade(document: Document, job: JobView, key: str) -> str:
    return document.grade(child(job.place.pointer, key)) or ""
