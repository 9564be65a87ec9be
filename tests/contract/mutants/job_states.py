"""Changes of the state of a job: its names, its order, its statuses, and what a failure looks like."""

import json
from collections.abc import Callable

from attrs import evolve

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.jobs import Queue
from segmind_flux_schnell_sandbox.refusals import Reason
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract.mutants import calls, triggers
from tests.contract.mutants.access import key_given
from tests.contract.mutants.calls import (
    Fields,
    fields_of,
    job,
    job_status,
    of,
    renamed,
    setting,
    stated,
    without,
)
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.pointers import (
    API_KEY,
    FAILED,
    JOB,
    LINKS,
    RESULT_GET,
    RESULT_PATH,
    STATUS_GET,
    STATUS_PATH,
    job_pointers,
    response_pointer,
    schema_pointers,
    status_pointers,
)
from tests.contract.mutants.rewiring import Intercepted, Request, Response, ResponseChange, Rewired

_ENDED = (triggers.SUBMITTED, triggers.STATUS, triggers.RESULT)
_RUNNING = (triggers.SUBMITTED, triggers.RUNNING_STATUS, triggers.RUNNING_RESULT)
_FAILED = (triggers.FAILING, triggers.STATUS, triggers.RESULT)
_UNKNOWN = (triggers.UNKNOWN_STATUS, triggers.UNKNOWN_RESULT)
_STATES = (
    *schema_pointers("JobStatus", "status"),
    *schema_pointers("JobResult", "status"),
    *schema_pointers("QueuedJob", "status"),
    *schema_pointers("FailedJob", "status"),
    JOB,
)
_OK = (f"{STATUS_GET}/responses", f"{RESULT_GET}/responses", "/components/responses/JobStatus")
_FAILURE = (FAILED, f"{STATUS_GET}/responses/422", f"{RESULT_GET}/responses/422", *job_pointers("failed", "error"))
_GONE = (*status_pointers("NotFound"), f"{STATUS_GET}/responses", f"{RESULT_GET}/responses", *job_pointers("gone"))


def _job(
    name: str, change: str, response: ResponseChange, *pointers: str, trigger: tuple[Request, ...] = _ENDED
) -> ServiceMutant:
    return ServiceMutant(
        name=f"job-{name}", kind="queue", change=change, pointers=pointers, make=rewired(response), trigger=trigger
    )


def _state(name: str, change: str, trigger: tuple[Request, ...] = _ENDED, **states: object) -> ServiceMutant:
    return _job(
        f"state-{name}", change, fields_of(calls.any_job, stated(**states), 200, 422), *_STATES, trigger=trigger
    )


def _failure(name: str, change: str, response: ResponseChange, *pointers: str) -> ServiceMutant:
    return _job(f"failed-{name}", change, response, *_FAILURE, *pointers, trigger=_FAILED)


def _failure_fields(name: str, change: str, to: Callable[[Fields], object], *fields: str) -> ServiceMutant:
    return _failure(name, change, fields_of(job, to, 422), *schema_pointers("FailedJob", *fields))


def _refused(name: str, change: str, status: int) -> ServiceMutant:
    return ServiceMutant(
        name=f"job-{name}",
        kind="queue",
        change=change,
        pointers=_GONE,
        make=behaving(DOCUMENTED.with_refusal(Reason.REQUEST_UNKNOWN, status=status)),
        trigger=_UNKNOWN,
    )


def _queue(name: str, change: str, queue: Queue, *pointers: str) -> ServiceMutant:
    return ServiceMutant(
        name=f"job-{name}",
        kind="queue",
        change=change,
        pointers=pointers,
        make=behaving(evolve(DOCUMENTED, queue=queue)),
        trigger=_ENDED,
    )


def _backwards() -> Rewired:
    """Return a service that says QUEUED once more after it has said that a job is further."""
    asked: dict[str, int] = {}

    def response(intercepted: Intercepted) -> Response:
        if not job(intercepted.request) or intercepted.response.status != 200:
            return intercepted.response
        if json.loads(intercepted.response.body)["status"] == "QUEUED":
            return intercepted.response
        name = intercepted.request.path.removesuffix("/status")
        asked[name] = asked.get(name, 0) + 1
        if asked[name] != 2:
            return intercepted.response
        return calls.with_fields(intercepted.response, setting("QUEUED", "status"))

    return Rewired(create_app(), response=response)


def _found(intercepted: Intercepted) -> Response:
    """Say of a request that is not known that it is queued."""
    if not job(intercepted.request) or intercepted.response.status != 404:
        return intercepted.response
    body = json.dumps({"status": "QUEUED", "metrics": {}}).encode()
    return evolve(intercepted.response.with_body(body, "application/json"), status=200)


_NAMES = (
    _state("lower-case", "States are in lower case.", QUEUED="queued", PROCESSING="processing", COMPLETED="completed"),
    _state("succeeded", "A job that is done is SUCCEEDED.", COMPLETED="SUCCEEDED"),
    _state(
        "running", "A job that is being processed is RUNNING.", trigger=_RUNNING, QUEUED="RUNNING", PROCESSING="RUNNING"
    ),
    _state("pending", "A job that is queued is PENDING.", trigger=_RUNNING, QUEUED="PENDING"),
    _state("error", "A job that failed is in ERROR.", trigger=_FAILED, FAILED="ERROR"),
    _state("numbers", "States are numbers.", QUEUED=0, PROCESSING=1, COMPLETED=2, FAILED=3),
    _state("null", "The state of a job that is done is null.", COMPLETED=None),
    _job("state-renamed", "`status` is called `state`.", fields_of(job, renamed("status", "state")), *_STATES),
    _job("state-missing", "A job has no `status`.", fields_of(job, without("status")), *_STATES),
    _job(
        "state-of-status-missing",
        "The status of a job has no `status`.",
        fields_of(job_status, without("status")),
        *_STATES,
    ),
    _job(
        "state-nested",
        "`status` is an object with a `code`.",
        fields_of(job, lambda one: {**one, "status": {"code": one.get("status")}}),
        *_STATES,
    ),
    ServiceMutant(
        name="job-state-backwards",
        kind="queue",
        change="A job that was further is QUEUED once more.",
        pointers=_STATES,
        make=_backwards,
        trigger=_ENDED,
    ),
)
_STATUSES = (
    _job(
        "202-until-done",
        "The status of a job that is not done comes with 202.",
        of(job, calls.unless_done(calls.with_status(202))),
        *_OK,
        trigger=_RUNNING,
    ),
    _job(
        "404-until-done",
        "A job that is not done is a 404.",
        of(
            job,
            calls.unless_done(
                lambda one: evolve(one.with_body(b'{"error": "Request id not found"}'), status=404),
            ),
        ),
        "/components/responses/JobStatus",
        *_GONE,
        LINKS,
        trigger=_RUNNING,
    ),
    _job(
        "status-as-a-page",
        "The status of a job is an HTML page.",
        of(job_status, lambda one: one.with_body(b"<!doctype html>\n<p>Wait.</p>\n", "text/html")),
        "/components/responses/JobStatus/content",
    ),
    _job(
        "status-in-a-list",
        "The status of a job is a list.",
        fields_of(job_status, lambda one: [one]),
        *schema_pointers("JobStatus"),
    ),
    _job(
        "status-cut-off",
        "The JSON of a status is cut off.",
        of(job_status, lambda one: one.with_body(one.body[:-2])),
        *schema_pointers("JobStatus"),
        "/components/responses/JobStatus/content",
    ),
    _job(
        "status-of-another-job",
        "The status of a job names another `request_id`.",
        fields_of(job_status, setting("00000000-0000-4000-8000-000000000000", "request_id")),
        *schema_pointers("JobStatus", "request_id"),
    ),
    _job(
        "status-without-id",
        "The status of a job has no `request_id`.",
        fields_of(job_status, without("request_id")),
        *schema_pointers("JobStatus", "request_id"),
    ),
    _job(
        "status-metrics-list",
        "The `metrics` of a status is a list.",
        fields_of(job_status, setting([], "metrics")),
        *schema_pointers("JobMetrics"),
        *schema_pointers("JobStatus", "metrics"),
    ),
    ServiceMutant(
        name="job-without-key",
        kind="queue",
        change="A job can be asked for without a key.",
        pointers=(API_KEY, *status_pointers("Unauthorized"), f"{STATUS_GET}/responses", f"{RESULT_GET}/responses"),
        make=rewired(request=lambda one: key_given(one) if job(one) else one),
        trigger=(triggers.SUBMITTED, evolve(triggers.STATUS, headers=()), evolve(triggers.RESULT, headers=())),
    ),
)
_FAILURES = (
    _failure("200", "A job that failed comes with 200.", of(job, calls.with_status(200), 422)),
    _failure("400", "A job that failed comes with 400.", of(job, calls.with_status(400), 422)),
    _failure("500", "A job that failed comes with 500.", of(job, calls.with_status(500), 422)),
    _failure("502", "A job that failed comes with 502.", of(job, calls.with_status(502), 422)),
    _failure_fields("state-missing", "A job that failed has no `status`.", without("status"), "status"),
    _failure_fields("state-completed", "A job that failed is COMPLETED.", setting("COMPLETED", "status"), "status"),
    _failure_fields("error-missing", "A job that failed has no `error`.", without("error"), "error"),
    _failure_fields("error-renamed", "The `error` of a job is called `message`.", renamed("error", "message"), "error"),
    _failure_fields("error-list", "The `error` of a job is a list.", setting(["no"], "error"), "error"),
    _failure_fields(
        "metrics-text", "The `metrics` of a job that failed are text.", setting("none", "metrics"), "metrics"
    ),
    _failure(
        "as-text",
        "A job that failed comes as plain text.",
        of(job, lambda one: one.with_body(b"It did not work.", "text/plain"), 422),
    ),
)
_RECORDS = (
    _refused("unknown-400", "A request that is not known gets a 400.", 400),
    _refused("unknown-410", "A request that is not known gets a 410.", 410),
    _refused("unknown-500", "A request that is not known gets a 500.", 500),
    _job("unknown-200", "A request that is not known is QUEUED.", _found, *_GONE, trigger=_UNKNOWN),
    ServiceMutant(
        name="job-unknown-reworded",
        kind="queue",
        change="A request that is not known gets another text: 'Nothing here'.",
        pointers=(response_pointer("NotFound", "x-causes", "0"), *_GONE),
        make=behaving(DOCUMENTED.with_refusal(Reason.REQUEST_UNKNOWN, message="Nothing here")),
        trigger=_UNKNOWN,
    ),
    _queue(
        "record-of-0.2-s",
        "The record of a job can be asked for during 0.2 seconds.",
        Queue(record_seconds=0.2),
        *_GONE,
        *job_pointers("record-seconds"),
        LINKS,
    ),
    _queue(
        "status-moved",
        "The status of a job is at `/v2/jobs/{request_id}/status`.",
        Queue(status_path="/v2/jobs/{}/status"),
        STATUS_PATH,
        *_GONE,
        LINKS,
    ),
    _queue(
        "result-moved",
        "The result of a job is at `/v2/results/{request_id}`.",
        Queue(result_path="/v2/results/{}"),
        RESULT_PATH,
        *_GONE,
        LINKS,
    ),
    _queue(
        "never-done",
        "A job is processed for an hour.",
        Queue(processing_seconds=3600),
        JOB,
    ),
)
JOB_STATES = (*_NAMES, *_STATUSES, *_FAILURES, *_RECORDS)
