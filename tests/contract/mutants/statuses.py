"""Responses with a status other than the documented one."""

import json
from functools import reduce

from attrs import evolve

from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.refusals import Reason
from tests.contract.mutants import triggers
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.pointers import IMAGE, JPEG, REQUIRED, RESPONSES, status_pointers
from tests.contract.mutants.rewiring import Request, Response, errors, images

_BAD = (Reason.MALFORMED_BODY, Reason.MISSING_FIELD, Reason.WRONG_TYPE)
_KEYS = (Reason.KEY_MISSING, Reason.KEY_UNKNOWN)
_BAD_REQUESTS = (triggers.MALFORMED, triggers.NO_PROMPT, triggers.WRONG_TYPE)
_KEY_REQUESTS = (triggers.NO_KEY, triggers.WRONG_KEY)


def _refusing(status: int, *reasons: Reason) -> Behaviour:
    """Return a service that uses another status for some reasons of refusal."""
    return reduce(lambda so_far, reason: so_far.with_refusal(reason, status=status), reasons, DOCUMENTED)


def _refused(
    name: str,
    change: str,
    status: int,
    reasons: tuple[Reason, ...],
    trigger: tuple[Request, ...],
    *pointers: str,
) -> ServiceMutant:
    return ServiceMutant(
        name=f"{name}-{status}",
        kind="status",
        change=f"{change} gets a {status}.",
        pointers=pointers,
        make=behaving(_refusing(status, *reasons)),
        trigger=trigger,
    )


def _bad(name: str, change: str, status: int, reason: Reason, trigger: Request, *pointers: str) -> ServiceMutant:
    return _refused(name, change, status, (reason,), (trigger,), *status_pointers("BadRequest"), *pointers)


def _no_key(name: str, change: str, status: int, reason: Reason, trigger: Request) -> ServiceMutant:
    return _refused(name, change, status, (reason,), (trigger,), *status_pointers("Unauthorized"))


def _of(response: str, name: str, change: str, status: int, reason: Reason) -> ServiceMutant:
    """Return a mutant of the one reason that a documented response stands for."""
    return _refused(name, change, status, (reason,), (triggers.REFUSED[response],), *status_pointers(response))


def _value(status: int, *pointers: str) -> ServiceMutant:
    change = "A value out of range or not in its enum"
    trigger = (triggers.TOO_MANY_STEPS, triggers.UNKNOWN_SCHEDULER)
    everywhere = (*status_pointers("NotAcceptable"), *status_pointers("ServerError"), *pointers)
    return _refused(
        "value-rejected", change, status, (Reason.VALUE_REJECTED, Reason.VALUE_FAILED), trigger, *everywhere
    )


def _reworded(reason: Reason, name: str, change: str, message: str, trigger: Request) -> ServiceMutant:
    """Return a mutant whose status is the documented one, with a text that no longer names the cause."""
    response = "Unauthorized" if reason in _KEYS else "NotAcceptable"
    return ServiceMutant(
        name=f"{name}-reworded",
        kind="status",
        change=f"{change} gets another text: {message!r}.",
        pointers=(f"/components/responses/{response}/x-causes",),
        make=behaving(DOCUMENTED.with_refusal(reason, message=message)),
        trigger=(trigger,),
    )


def _queued(parameters: Parameters, image_format: str) -> bytes:
    """Return the response of version 2 of the service to a request for an image."""
    return json.dumps({"request_id": "1f0c", "status": "QUEUED", "poll_url": "/v2/requests/1f0c"}).encode()


def _redirected(status: int, location: str) -> Response:
    return Response(status, (("location", location), ("content-length", "0")), b"")


def _success(name: str, change: str, behaviour: Behaviour, *pointers: str) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="status",
        change=change,
        pointers=(*status_pointers("Image"), *pointers),
        make=behaving(behaviour),
    )


_SUCCESSES = (
    _success("success-201", "An image comes with 201.", evolve(DOCUMENTED, status=201)),
    _success("success-202", "An image comes with 202.", evolve(DOCUMENTED, status=202)),
    _success(
        "success-202-queued",
        "An image is queued: the response is a 202 with JSON that says where to poll.",
        evolve(DOCUMENTED, status=202, content_type="application/json", draw=_queued),
    ),
    ServiceMutant(
        name="success-302",
        kind="status",
        change="A request for an image is redirected to the image.",
        pointers=status_pointers("Image"),
        make=rewired(images(lambda _: _redirected(302, "/images/1f0c.jpg"))),
    ),
)
_BAD_BODIES = (
    _refused(
        "bad-request", "A malformed body or a missing field", 422, _BAD, _BAD_REQUESTS, *status_pointers("BadRequest")
    ),
    _bad("missing-prompt", "A missing `prompt`", 422, Reason.MISSING_FIELD, triggers.NO_PROMPT, REQUIRED),
    _bad("missing-prompt", "A missing `prompt`", 500, Reason.MISSING_FIELD, triggers.NO_PROMPT, REQUIRED),
    _bad(
        "missing-prompt",
        "A missing `prompt`",
        200,
        Reason.MISSING_FIELD,
        triggers.NO_PROMPT,
        REQUIRED,
        f"{IMAGE}/content",
    ),
    _bad("malformed-body", "A malformed body", 422, Reason.MALFORMED_BODY, triggers.MALFORMED),
    _bad("malformed-body", "A malformed body", 200, Reason.MALFORMED_BODY, triggers.MALFORMED, f"{IMAGE}/content"),
    _bad("wrong-type", "A value of a wrong type", 422, Reason.WRONG_TYPE, triggers.WRONG_TYPE, RESPONSES),
    _value(422, RESPONSES),
    _value(503, RESPONSES),
    _value(200, f"{IMAGE}/content", RESPONSES),
    _refused(
        "wrong-content-type",
        "A body whose content type is not JSON",
        415,
        (Reason.WRONG_CONTENT_TYPE,),
        (triggers.FORM,),
        *status_pointers("NotAcceptable"),
        RESPONSES,
    ),
)
_KEYS_REFUSED = (
    _refused("unauthorized", "A missing or wrong key", 403, _KEYS, _KEY_REQUESTS, *status_pointers("Unauthorized")),
    _refused(
        "unauthorized", "A missing or wrong key", 200, _KEYS, _KEY_REQUESTS, *status_pointers("Unauthorized"), JPEG
    ),
    _no_key("missing-key", "A missing key", 400, Reason.KEY_MISSING, triggers.NO_KEY),
    _no_key("wrong-key", "A wrong key", 403, Reason.KEY_UNKNOWN, triggers.WRONG_KEY),
    _no_key("wrong-key", "A wrong key", 404, Reason.KEY_UNKNOWN, triggers.WRONG_KEY),
    ServiceMutant(
        name="unauthorized-302",
        kind="status",
        change="A request with a missing or wrong key is redirected to a login page.",
        pointers=status_pointers("Unauthorized"),
        make=rewired(errors(lambda _: _redirected(302, "/login"), 401)),
        trigger=_KEY_REQUESTS,
    ),
)
_OTHERS = (
    _of("NotAcceptable", "no-credits", "An account without credits", 402, Reason.NO_CREDITS),
    _of("NotAcceptable", "no-credits", "An account without credits", 200, Reason.NO_CREDITS),
    _of("NotFound", "unknown-path", "A path that does not exist", 400, Reason.UNKNOWN_PATH),
    _of("NotFound", "unknown-path", "A path that does not exist", 200, Reason.UNKNOWN_PATH),
    _of("MethodNotAllowed", "wrong-method", "Another method", 404, Reason.WRONG_METHOD),
    _of("MethodNotAllowed", "wrong-method", "Another method", 501, Reason.WRONG_METHOD),
    _of("ServerError", "crash", "A fault of the service", 502, Reason.CRASH),
    _of("ServerError", "crash", "A fault of the service", 503, Reason.CRASH),
    _of("ServerError", "crash", "A fault of the service", 200, Reason.CRASH),
    _of("ModelNotPermitted", "forbidden", "A model that the account may not use", 401, Reason.MODEL_NOT_PERMITTED),
    _of("ModelRetired", "retired", "A retired model", 404, Reason.MODEL_RETIRED),
    _of("RateLimited", "rate-limited", "A rate limit", 503, Reason.RATE_LIMITED),
)
_TEXTS = (
    _reworded(Reason.KEY_MISSING, "missing-key", "A missing key", "Who are you?", triggers.NO_KEY),
    _reworded(Reason.KEY_UNKNOWN, "wrong-key", "A wrong key", "This key is unknown", triggers.WRONG_KEY),
    _reworded(Reason.WRONG_CONTENT_TYPE, "content-type", "A form", "Send JSON", triggers.FORM),
    ServiceMutant(
        name="no-credits-reworded",
        kind="status",
        change="An account without credits gets another text: 'Payment required'.",
        pointers=("/components/responses/NotAcceptable/x-causes",),
        make=rewired(errors(lambda response: response.with_body(b'{"error": "Payment required"}'), 406)),
        trigger=(triggers.NO_CREDITS,),
    ),
)
STATUSES = (*_SUCCESSES, *_BAD_BODIES, *_KEYS_REFUSED, *_OTHERS, *_TEXTS)
