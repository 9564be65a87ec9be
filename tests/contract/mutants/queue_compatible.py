"""Queues, image hosts and balances that differ in what the document leaves open."""

from collections.abc import Callable
from decimal import Decimal

from attrs import evolve

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.jobs import Queue
from segmind_flux_schnell_sandbox.refusals import Reason
from segmind_flux_schnell_sandbox.server import Served
from tests.contract.mutants import triggers
from tests.contract.mutants.calls import (
    Call,
    Fields,
    any_job,
    balance,
    changing,
    fields_of,
    file,
    is_in,
    job,
    job_result,
    job_status,
    of,
    setting,
    submit,
)
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.rewiring import Request, Response, ResponseChange

_ENDED = (triggers.SUBMITTED, triggers.STATUS, triggers.RESULT)


def _compatible(name: str, change: str, make: Callable[[], Served], *trigger: Request) -> ServiceMutant:
    return ServiceMutant(name=name, kind="compatible", change=change, pointers=(), make=make, trigger=trigger or _ENDED)


def _fields(name: str, change: str, call: Call, to: Callable[[Fields], object], *trigger: Request) -> ServiceMutant:
    return _compatible(name, change, rewired(fields_of(call, to, 200, 422)), *trigger)


def _queue(name: str, change: str, queue: Queue, *trigger: Request) -> ServiceMutant:
    return _compatible(name, change, behaving(evolve(DOCUMENTED, queue=queue)), *trigger)


def _files(change: Callable[[Response], Response]) -> ResponseChange:
    return of(file, change)


def _reversed(document: Fields) -> Fields:
    return dict(reversed(document.items()))


def _with_progress(document: Fields) -> Fields:
    return {**document, "progress": 0.5, "metrics": {"queue_time": 0.1}}


_JOBS = (
    _fields(
        "submit-new-field",
        "A submit gets a new field.",
        submit,
        lambda job: {**job, "cancel_url": None},
        triggers.SUBMITTED,
    ),
    _fields("submit-order", "The fields of a submit come in another order.", submit, _reversed, triggers.SUBMITTED),
    _fields(
        "status-new-field",
        "The status of a job has its place in the queue.",
        job_status,
        lambda job: {**job, "place": 1},
    ),
    _fields("status-order", "The fields of a status come in another order.", job_status, _reversed),
    _fields("result-new-field", "A result has a new field.", job_result, lambda job: {**job, "has_nsfw": [False]}),
    _fields("result-order", "The fields of a result come in another order.", job_result, _reversed),
    _fields(
        "result-second-image",
        "A result has a second image.",
        job_result,
        is_in("COMPLETED", changing(lambda images: [*images, images[0]], "images")),
    ),
    _fields(
        "metrics-new-field",
        "The `metrics` of a job name its worker.",
        job,
        changing(lambda metrics: {**metrics, "worker": "a1"}, "metrics"),
    ),
    _fields("metrics-retried", "A job was started again once.", job_result, setting(1, "metrics", "retry_count")),
    _fields(
        "job-progress",
        "The status of a job that is being processed has `progress` and `metrics`.",
        job_status,
        is_in("QUEUED", _with_progress),
        triggers.SUBMITTED,
        triggers.RUNNING_STATUS,
    ),
    _fields(
        "failed-job-new-field",
        "A job that failed has a code.",
        job,
        is_in("FAILED", lambda job: {**job, "code": "E1"}),
        triggers.FAILING,
        triggers.RESULT,
    ),
    _compatible(
        "failed-job-text",
        "A job that failed has another text.",
        rewired(fields_of(job, setting("CUDA error", "error"), 422)),
        triggers.FAILING,
        triggers.RESULT,
    ),
    _compatible(
        "job-unknown-text",
        "A request that is not known gets another text of the same meaning.",
        behaving(DOCUMENTED.with_refusal(Reason.REQUEST_UNKNOWN, message="The record of this request has expired")),
        triggers.UNKNOWN_STATUS,
    ),
    _queue(
        "jobs-at-once",
        "A job is done as soon as it is submitted.",
        Queue(queued_seconds=0, processing_seconds=0),
        triggers.SUBMITTED,
        triggers.RUNNING_STATUS,
    ),
    _queue("jobs-slower", "A job takes twice as long.", Queue(queued_seconds=0.2, processing_seconds=0.4)),
    _queue(
        "poll-path-moved",
        "`poll_url` is another address of the same.",
        Queue(poll_path="/v1/jobs/{}"),
        triggers.SUBMITTED,
    ),
)
_FILES = (
    _compatible(
        "file-headers",
        "A download has the headers of a cache.",
        rewired(_files(lambda one: one.with_header("etag", '"1f0c"').with_header("x-cache", "HIT"))),
        triggers.SUBMITTED,
        triggers.FILE,
    ),
    _compatible(
        "file-media-type-parameter",
        "The content type of a download has a parameter.",
        rewired(_files(lambda one: one.with_header("content-type", "image/jpeg; charset=binary"))),
        triggers.SUBMITTED,
        triggers.FILE,
    ),
    _fields(
        "file-signed",
        "The address of an image is signed.",
        job_result,
        is_in("COMPLETED", changing(lambda url: f"{url}?signature=1f0c&expires=1780000000", "images", 0, "url")),
    ),
    _fields(
        "file-named-otherwise",
        "The `file_name` of an image is another.",
        job_result,
        is_in("COMPLETED", setting("image-1.jpg", "images", 0, "file_name")),
    ),
)
_ACCOUNT = (
    _fields(
        "balance-new-field", "The balance has a plan.", balance, lambda one: {**one, "plan": "free"}, triggers.BALANCE
    ),
    _fields("balance-order", "The fields of the balance come in another order.", balance, _reversed, triggers.BALANCE),
    _fields(
        "balance-free-credits",
        "The account has free credits.",
        balance,
        setting(0.0184921035, "free-credits"),
        triggers.BALANCE,
    ),
    _compatible(
        "balance-as-floats",
        "The balance has the rounding error of binary fractions.",
        rewired(fields_of(balance, changing(lambda one: one - 1e-11, "credits"))),
        triggers.BALANCE,
    ),
    _compatible(
        "json-with-charset-in-the-queue",
        "The content type of JSON names UTF-8.",
        rewired(
            of(
                lambda request: any_job(request) or balance(request),
                lambda one: one.with_header("content-type", "application/json; charset=utf-8"),
            )
        ),
    ),
    _compatible(
        "job-price-higher",
        "A job costs 0.01 credits, as an image does.",
        behaving(evolve(DOCUMENTED, price=Decimal("0.01"))),
    ),
)
QUEUE_COMPATIBLE = (*_JOBS, *_FILES, *_ACCOUNT)
