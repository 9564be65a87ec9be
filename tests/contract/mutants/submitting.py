"""Changes of the submit of a job: its address, its status, its fields, and what it costs."""

import json
from collections.abc import Callable
from decimal import Decimal

from attrs import evolve

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.image import draw
from segmind_flux_schnell_sandbox.jobs import Queue
from tests.contract.mutants import triggers
from tests.contract.mutants.access import key_given
from tests.contract.mutants.billing import payer
from tests.contract.mutants.calls import Fields, fields_of, of, renamed, setting, submit, with_status, without
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.pointers import (
    API_KEY,
    LINKS,
    QUEUED,
    RESULT_GET,
    STATUS_GET,
    SUBMIT,
    SUBMIT_PATH,
    field_pointer,
    job_pointers,
    response_pointer,
    schema_pointers,
    status_pointers,
)
from tests.contract.mutants.rewiring import Intercepted, Request, Response, ResponseChange

_STATUS = (f"{SUBMIT}/responses/200", QUEUED)
_BILLED = f"{QUEUED}/x-billed"


def _submit(
    name: str, change: str, response: ResponseChange, *pointers: str, trigger: tuple[Request, ...] = ()
) -> ServiceMutant:
    return ServiceMutant(
        name=f"submit-{name}",
        kind="queue",
        change=change,
        pointers=pointers,
        make=rewired(response),
        trigger=trigger or (triggers.SUBMITTED,),
    )


def _field(
    name: str,
    change: str,
    to: Callable[[Fields], object],
    field: str,
    *pointers: str,
    trigger: tuple[Request, ...] = (),
) -> ServiceMutant:
    places = (*schema_pointers("QueuedJob", field), *pointers)
    return _submit(name, change, fields_of(submit, to), *places, trigger=trigger)


def _reading(name: str, change: str, request: Callable[[Request], Request], *pointers: str) -> ServiceMutant:
    """Return a mutant whose submits are read differently, which shows in the image."""
    return ServiceMutant(
        name=f"submit-{name}",
        kind="queue",
        change=change,
        pointers=(*job_pointers("instead-of"), *pointers),
        make=rewired(request=request),
        trigger=(evolve(triggers.image_request(steps=5), path=triggers.SUBMIT_PATH), triggers.FILE),
    )


def _at_submits(change: Callable[[Request], Request]) -> Callable[[Request], Request]:
    return lambda request: change(request) if submit(request) else request


def _with_fields(**fields: object) -> Callable[[Request], Request]:
    """Return a change of the fields of submits, whether they were sent or not."""
    return _at_submits(lambda request: evolve(request, body=json.dumps({**request.fields, **fields}).encode()))


def _with_default(name: str, value: object) -> Callable[[Request], Request]:
    return _at_submits(
        lambda request: (
            evolve(request, body=json.dumps({name: value, **request.fields}).encode()) if request.fields else request
        )
    )


def _image(response: Response) -> Response:
    """Answer a submit with an image, as version 1 does."""
    picture = draw({"prompt": "a fox in the snow", "width": 512, "height": 512})
    return response.with_body(picture, "image/jpeg")


def _charged(times: int) -> ResponseChange:
    """Charge for a submit so many more times."""

    def charge(intercepted: Intercepted) -> Response:
        if submit(intercepted.request) and intercepted.response.status < 300:
            intercepted.ledger.charge(payer(intercepted.request), times * DOCUMENTED.price)
        return intercepted.response

    return charge


def _failures_charged(intercepted: Intercepted) -> Response:
    """Charge for a job that is going to fail as for any other."""
    before = Decimal(str(intercepted.request.fields.get("steps", 4)))
    if submit(intercepted.request) and intercepted.response.status < 300 and not 1 <= before <= 8:
        intercepted.ledger.charge(payer(intercepted.request), DOCUMENTED.price)
    return intercepted.response


def _moved(name: str, change: str, queue: Queue, *pointers: str, trigger: tuple[Request, ...]) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="queue",
        change=change,
        pointers=pointers,
        make=behaving(evolve(DOCUMENTED, queue=queue)),
        trigger=trigger,
    )


_ANSWERS = (
    _submit("201", "A submit gets a 201.", of(submit, with_status(201)), *_STATUS),
    _submit("202", "A submit gets a 202.", of(submit, with_status(202)), *_STATUS),
    _submit(
        "303",
        "A submit is redirected to the status of its job.",
        of(submit, lambda one: Response(303, (("location", json.loads(one.body)["status_url"]),), b"")),
        *_STATUS,
    ),
    _submit("image", "A submit gets an image, as in version 1.", of(submit, _image), f"{QUEUED}/content"),
    _submit(
        "as-text",
        "The JSON of a submit is labelled as plain text.",
        of(submit, lambda one: one.with_header("content-type", "text/plain")),
        f"{QUEUED}/content",
    ),
    _submit(
        "cut-off",
        "The JSON of a submit is cut off.",
        of(submit, lambda one: one.with_body(one.body[:-2])),
        f"{QUEUED}/content",
        *schema_pointers("QueuedJob"),
    ),
    _submit(
        "nested",
        "The fields of a submitted job are in `data`.",
        fields_of(submit, lambda job: {"data": job}),
        *schema_pointers("QueuedJob"),
    ),
    _submit(
        "in-a-list",
        "A submit gets a list of one job.",
        fields_of(submit, lambda job: [job]),
        *schema_pointers("QueuedJob"),
    ),
)
_FIELDS = (
    _field("id-missing", "A submit gets no `request_id`.", without("request_id"), "request_id", LINKS),
    _field("id-renamed", "`request_id` is called `id`.", renamed("request_id", "id"), "request_id", LINKS),
    _field("id-number", "`request_id` is a number.", setting(4711, "request_id"), "request_id", LINKS),
    _field("id-null", "`request_id` is null.", setting(None, "request_id"), "request_id", LINKS),
    _field("id-empty", "`request_id` is empty.", setting("", "request_id"), "request_id", LINKS),
    _field(
        "id-of-another-job",
        "`request_id` is that of no job.",
        setting("00000000-0000-4000-8000-000000000000", "request_id"),
        "request_id",
        LINKS,
        *job_pointers("gone"),
        *status_pointers("NotFound"),
        f"{STATUS_GET}/responses",
        f"{RESULT_GET}/responses",
        trigger=(triggers.SUBMITTED, triggers.STATUS),
    ),
    _field("state-missing", "A submit gets no `status`.", without("status"), "status", *job_pointers("state")),
    _field(
        "state-renamed",
        "The `status` of a submit is called `state`.",
        renamed("status", "state"),
        "status",
        *job_pointers("state"),
    ),
    _field(
        "state-unknown",
        "The `status` of a submit is ACCEPTED.",
        setting("ACCEPTED", "status"),
        "status",
        *job_pointers("active"),
    ),
    _field("state-number", "The `status` of a submit is a number.", setting(0, "status"), "status"),
    _field("status-url-missing", "A submit gets no `status_url`.", without("status_url"), "status_url"),
    _field("status-url-null", "`status_url` is null.", setting(None, "status_url"), "status_url"),
    _field("poll-url-missing", "A submit gets no `poll_url`.", without("poll_url"), "poll_url"),
    _field(
        "response-url-relative",
        "`response_url` is a path.",
        setting("/v2/requests/1f0c", "response_url"),
        "response_url",
    ),
    _field(
        "response-url-renamed",
        "`response_url` is called `result_url`.",
        renamed("response_url", "result_url"),
        "response_url",
    ),
)
_MONEY = (
    _submit(
        "free",
        "A job is not billed.",
        _charged(-1),
        _BILLED,
        trigger=(triggers.SUBMITTED, triggers.BALANCE),
    ),
    _submit(
        "billed-twice",
        "A job costs twice as much as it says.",
        _charged(1),
        _BILLED,
        f"{SUBMIT}/x-price-usd",
        *schema_pointers("JobMetrics", "cost", "remaining_credits"),
        *job_pointers("reports"),
        trigger=(triggers.SUBMITTED, triggers.BALANCE),
    ),
    _submit(
        "failed-job-billed",
        "A job that fails costs as much as one that does not.",
        _failures_charged,
        response_pointer("Unprocessable", "x-billed"),
        trigger=(triggers.FAILING, triggers.BALANCE),
    ),
)
_READ = (
    _reading("steps-ignored", "A job has always four `steps`.", _with_fields(steps=4), field_pointer("steps")),
    _reading("seed-ignored", "A job has always the same `seed`.", _with_fields(seed=7), field_pointer("seed")),
    _reading("size-ignored", "A job is always 1024 pixels wide.", _with_fields(width=1024), field_pointer("width")),
    _reading(
        "seed-default-7",
        "A job whose `seed` is left out has the seed 7.",
        _with_default("seed", 7),
        field_pointer("seed", "default"),
        field_pointer("seed"),
    ),
    ServiceMutant(
        name="submit-without-key",
        kind="queue",
        change="A submit without a key is accepted.",
        pointers=(API_KEY, *status_pointers("Unauthorized"), f"{SUBMIT}/responses/401"),
        make=rewired(request=_at_submits(key_given)),
        trigger=(evolve(triggers.NO_KEY, path=triggers.SUBMIT_PATH),),
    ),
    ServiceMutant(
        name="submit-by-put",
        kind="queue",
        change="Jobs are submitted by PUT, and POST is not allowed.",
        pointers=(SUBMIT, *status_pointers("MethodNotAllowed")),
        make=rewired(request=_at_submits(lambda one: evolve(one, method={"POST": "PUT", "PUT": "POST"}[one.method]))),
        trigger=(triggers.SUBMITTED,),
    ),
    _moved(
        "submit-moved-to-v3",
        "Jobs are submitted to `/v3/flux-schnell`.",
        Queue(submit_path="/v3/flux-schnell"),
        SUBMIT_PATH,
        trigger=(triggers.SUBMITTED,),
    ),
)
SUBMITS = (*_ANSWERS, *_FIELDS, *_MONEY, *_READ)
