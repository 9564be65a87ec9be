"""Changes of the result of a job: its fields, what it says that the job cost, and where its image is."""

import base64
import json
from collections.abc import Callable

from tests.contract.mutants import triggers
from tests.contract.mutants.calls import (
    Fields,
    changing,
    fields_of,
    is_in,
    job_result,
    of,
    renamed,
    setting,
    with_status,
    without,
)
from tests.contract.mutants.mutant import ServiceMutant, rewired
from tests.contract.mutants.pointers import JOB, RESULT_GET, field_pointer, job_pointers, schema_pointers
from tests.contract.mutants.rewiring import Response, ResponseChange

_RESPONSE = "/components/responses/JobResult"
_CONTENT = f"{_RESPONSE}/content"


def _result(name: str, change: str, response: ResponseChange, *pointers: str) -> ServiceMutant:
    return ServiceMutant(
        name=f"result-{name}",
        kind="result",
        change=change,
        pointers=pointers,
        make=rewired(response),
        trigger=(triggers.SUBMITTED, triggers.RESULT),
    )


def _fields(name: str, change: str, to: Callable[[Fields], object], *pointers: str) -> ServiceMutant:
    """Return a mutant of the fields of jobs that are done."""
    return _result(name, change, fields_of(job_result, is_in("COMPLETED", to)), *pointers)


def _metrics(name: str, change: str, to: Callable[[Fields], object], field: str, *reported: str) -> ServiceMutant:
    return _fields(
        name,
        change,
        changing(to, "metrics"),
        *schema_pointers("JobMetrics", field),
        *schema_pointers("JobResult", "metrics"),
        *(f"{JOB}/reports/{one}" for one in reported),
    )


def _image(name: str, change: str, to: Callable[[Fields], object], field: str, *pointers: str) -> ServiceMutant:
    return _fields(name, change, changing(to, "images", 0), *schema_pointers("JobImage", field), *pointers)


def _top(name: str, change: str, to: Callable[[Fields], object], field: str, *pointers: str) -> ServiceMutant:
    return _fields(name, change, to, *schema_pointers("JobResult", field), *pointers)


def _times(factor: float) -> Callable[[object], object]:
    return lambda value: float(str(value)) * factor


def _inlined(job: Fields) -> Fields:
    """Put an image into the document instead of its address."""
    address = f"data:image/jpeg;base64,{base64.b64encode(b'not much').decode()}"
    return {**job, "output": address, "images": [{**job["images"][0], "url": address}]}


def _redirected(response: Response) -> Response:
    job = json.loads(response.body)
    if job["status"] != "COMPLETED":
        return response
    return Response(302, (("location", job["output"]), ("content-length", "0")), b"")


_ANSWERS = (
    _result("201", "A result comes with 201.", of(job_result, with_status(201)), f"{RESULT_GET}/responses", _RESPONSE),
    _result(
        "redirected",
        "The result of a job that is done is redirected to its image.",
        of(job_result, _redirected),
        f"{RESULT_GET}/responses",
        _RESPONSE,
    ),
    _result(
        "as-text",
        "The JSON of a result is labelled as plain text.",
        of(job_result, lambda one: one.with_header("content-type", "text/plain")),
        _CONTENT,
    ),
    _result(
        "cut-off",
        "The JSON of a result is cut off.",
        of(job_result, lambda one: one.with_body(one.body[:-2])),
        _CONTENT,
        *schema_pointers("JobResult"),
    ),
    _fields("nested", "A result is in `data`.", lambda job: {"data": job}, *schema_pointers("JobResult"), JOB),
    _fields("in-a-list", "A result is a list.", lambda job: [job], *schema_pointers("JobResult"), JOB),
    _top("state-missing", "A result has no `status`.", without("status"), "status", *job_pointers("state")),
    _top(
        "state-another",
        "The status of a result that is done is FINISHED.",
        setting("FINISHED", "status"),
        "status",
        *job_pointers("done"),
    ),
    _top(
        "state-late",
        "A result is PROCESSING when the status of its job is COMPLETED.",
        setting("PROCESSING", "status"),
        "status",
        JOB,
    ),
)
_REPORTS = (
    _metrics("cost-missing", "A result has no `cost`.", without("cost"), "cost", "cost"),
    _metrics("cost-text", "The `cost` of a result is text.", changing(str, "cost"), "cost", "cost"),
    _metrics("cost-null", "The `cost` of a result is null.", setting(None, "cost"), "cost", "cost"),
    _metrics("cost-renamed", "The `cost` of a result is called `price`.", renamed("cost", "price"), "cost", "cost"),
    _metrics(
        "cost-halved", "The `cost` of a result is half of the charge.", changing(_times(0.5), "cost"), "cost", "cost"
    ),
    _metrics("cost-in-cents", "The `cost` of a result is in cents.", changing(_times(100), "cost"), "cost", "cost"),
    _metrics("cost-zero", "The `cost` of a result is 0.", setting(0, "cost"), "cost", "cost"),
    _metrics(
        "credits-missing",
        "A result has no `remaining_credits`.",
        without("remaining_credits"),
        "remaining_credits",
        "remaining-credits",
    ),
    _metrics(
        "credits-text",
        "The `remaining_credits` of a result are text.",
        changing(str, "remaining_credits"),
        "remaining_credits",
        "remaining-credits",
    ),
    _metrics(
        "credits-in-cents",
        "The `remaining_credits` of a result are in cents.",
        changing(_times(100), "remaining_credits"),
        "remaining_credits",
        "remaining-credits",
    ),
    _metrics(
        "time-text",
        "The `inference_time` of a result has a unit.",
        changing(lambda seconds: f"{seconds} s", "inference_time"),
        "inference_time",
        "generation-time",
    ),
    _metrics("time-missing", "A result has no `queue_time`.", without("queue_time"), "queue_time"),
    _metrics("retries-text", "The `retry_count` of a result is text.", changing(str, "retry_count"), "retry_count"),
    _metrics("retries-fraction", "The `retry_count` of a result is 0.5.", setting(0.5, "retry_count"), "retry_count"),
    _top("metrics-missing", "A result has no `metrics`.", without("metrics"), "metrics", f"{JOB}/reports"),
    _top(
        "metrics-null",
        "The `metrics` of a result are null.",
        setting(None, "metrics"),
        "metrics",
        *schema_pointers("JobMetrics"),
    ),
    _top("seed-number", "The `seed` of a result is a number.", changing(int, "seed"), "seed", f"{JOB}/reports/seed"),
    _top("seed-missing", "A result has no `seed`.", without("seed"), "seed", f"{JOB}/reports/seed"),
    _top(
        "seed-another",
        "The `seed` of a result is not the one that was requested.",
        changing(lambda seed: str(int(seed) + 1), "seed"),
        "seed",
        f"{JOB}/reports/seed",
        field_pointer("seed"),
    ),
)
_ADDRESSES = (
    _top("images-missing", "A result has no `images`.", without("images"), "images", f"{JOB}/image"),
    _top(
        "images-empty", "The `images` of a result are an empty list.", setting([], "images"), "images", f"{JOB}/image"
    ),
    _top("images-null", "The `images` of a result are null.", setting(None, "images"), "images", f"{JOB}/image"),
    _top(
        "images-renamed",
        "The `images` of a result are called `outputs`.",
        renamed("images", "outputs"),
        "images",
        f"{JOB}/image",
    ),
    _top(
        "images-texts",
        "The `images` of a result are a list of addresses.",
        changing(lambda images: [one["url"] for one in images], "images"),
        "images",
        *schema_pointers("JobImage"),
        f"{JOB}/image",
    ),
    _image("url-missing", "An image has no `url`.", without("url"), "url", f"{JOB}/image"),
    _image("url-renamed", "The `url` of an image is called `href`.", renamed("url", "href"), "url", f"{JOB}/image"),
    _image("url-null", "The `url` of an image is null.", setting(None, "url"), "url", f"{JOB}/image"),
    _image(
        "url-relative",
        "The `url` of an image is a path.",
        changing(lambda url: f"/{url.rpartition('/')[2]}", "url"),
        "url",
        f"{JOB}/image",
    ),
    _fields(
        "image-inlined",
        "An image is in its `url`, in base64.",
        _inlined,
        *schema_pointers("JobImage", "url"),
        f"{JOB}/image",
    ),
    _image(
        "file-size-number",
        "The `file_size` of an image is a number.",
        changing(int, "file_size"),
        "file_size",
    ),
    _image("file-size-missing", "An image has no `file_size`.", without("file_size"), "file_size"),
    _image(
        "content-type-png",
        "The `content_type` of an image is that of a PNG, which it is not.",
        setting("image/png", "content_type"),
        "content_type",
    ),
    _image("file-name-null", "The `file_name` of an image is null.", setting(None, "file_name"), "file_name"),
    _top("output-list", "The `output` of a result is a list.", changing(lambda one: [one], "output"), "output"),
    _top("output-missing", "A result has no `output`.", without("output"), "output"),
    _top("error-object", "The `error` of a result is an object.", setting({}, "error"), "error"),
)
RESULTS = (*_ANSWERS, *_REPORTS, *_ADDRESSES)
