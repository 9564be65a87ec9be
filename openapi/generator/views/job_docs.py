"""Docstrings of jobs: their handles, their results, and the methods that give handles."""

from collections.abc import Iterator

from runtime.base.wording import duration

from .job_views import JobView, ReportView


def handle_docs(job: JobView, is_async: bool) -> str:
    """Docstring of the class of a handle."""
    return "\n".join(_handle_lines(job, is_async))


def _handle_lines(job: JobView, is_async: bool) -> Iterator[str]:
    wait = "await job.wait()" if is_async else "job.wait()"
    yield f"A job that `{job.submit.name}` has started, here or elsewhere. `{wait}` gives its image."
    yield ""
    yield (
        f"Keep `request_id`, and the image cannot get lost: `{job.method}` of any client makes a handle from it. A "
        f"handle can be pickled. It then holds neither client nor key, and `{job.method}` connects it again."
    )
    yield ""
    yield " ".join([f"The states of a job: {_states(job)}.", *facts(job)])


def facts(job: JobView) -> Iterator[str]:
    """How long the parts of a job can be had, in sentences."""
    yield f"A client polls at most once every {_seconds(job, 'poll-seconds')}."
    yield f"By default `wait` gives up after {_seconds(job, 'timeout-seconds')}."
    if "record-seconds" in job.described:
        yield f"The service keeps its record for {_seconds(job, 'record-seconds')}."
    if "image-seconds" in job.described:
        yield f"The service keeps its image for {_seconds(job, 'image-seconds')}."


def _states(job: JobView) -> str:
    meanings = {"active": "it is still active", "done": "it has its image", "failed": "it has failed"}
    known = {key: ", ".join(map(_shown, job.states(key))) for key in meanings}
    return "; ".join(f"{states} ({meanings[key]})" for key, states in known.items() if states)


def _shown(state: str | int) -> str:
    return f"`{state}`"


def _seconds(job: JobView, key: str) -> str:
    seconds = float(job.described[key])
    return duration(seconds) if seconds.is_integer() else f"{seconds:g} s"


def result_docs(job: JobView) -> str:
    """Docstring of the class of a result."""
    return "\n".join(_result_lines(job))


def _result_lines(job: JobView) -> Iterator[str]:
    yield f"The image of a job that `{job.submit.name}` has started."
    yield ""
    yield (
        "Its `headers` are those of the image's response, followed by what the service reports about the "
        f"job: {', '.join(_reported(report) for report in job.reports)}."
    )
    yield ""
    yield "Args:"
    yield f"    report: What `{job.reporting.name}` returns about the job; None if it is not as documented."


def _reported(report: ReportView) -> str:
    return f"`{report.header}` ({report.pointer or 'the id of the job'})"


def report_docs(report: ReportView) -> str:
    """Docstring of a property of a result."""
    description = " ".join(report.description.split())
    return f"{description} None if the service does not say.".strip() if report.pointer else description


def collect_docs(job: JobView) -> str:
    """Docstring of the method that makes a handle from an id."""
    return "\n".join(
        [
            f"Return the handle of a job that `{job.submit.name}` has started, here or elsewhere. Nothing is sent.",
            "",
            "Args:",
            "    job: The id of the job, or a handle of it, from a pickle or from another client.",
            "",
            "Raises:",
            "    InvalidRequestError: It is neither.",
        ]
    )


def returned_docs(job: JobView, is_async: bool) -> str:
    """What the docstring of the method that starts a job says of the handle."""
    handle = job.async_name if is_async else job.name
    return (
        f"The method returns `{handle}`, which can wait for the image. Its `request_id` is all that `{job.method}` "
        "needs to collect the image later."
    )
