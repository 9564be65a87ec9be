"""Errors whose body has another form under the documented content type."""

import json
from collections.abc import Callable

from attrs import evolve

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from tests.contract.mutants import triggers
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.pointers import ERROR, error_contents
from tests.contract.mutants.rewiring import Request, Response, errors

_CLIENT_ERRORS = (triggers.NO_PROMPT, triggers.WRONG_KEY)


def _is_json(response: Response) -> bool:
    return response.header("content-type") == "application/json"


def _document(change: Callable[[dict[str, object]], object]) -> Callable[[Response], Response]:
    """Return a change of the JSON document in an error; HTML pages stay as they are."""

    def changed(response: Response) -> Response:
        return (
            response.with_body(json.dumps(change(json.loads(response.body))).encode())
            if _is_json(response)
            else response
        )

    return changed


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Response], Response]:
    """Return a change of the bytes of a JSON error."""
    return lambda response: response.with_body(change(response.body)) if _is_json(response) else response


def _all(name: str, change: str, rewrite: Callable[[Response], Response]) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="body",
        change=change,
        pointers=error_contents(),
        make=rewired(errors(rewrite)),
        trigger=_CLIENT_ERRORS,
    )


def _one(name: str, change: str, response: str, status: int, rewrite: Callable[[Response], Response]) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="body",
        change=change,
        pointers=error_contents(response),
        make=rewired(errors(rewrite, status)),
        trigger=(triggers.REFUSED[response],),
    )


def _platform(
    name: str, change: str, key: str, to: Callable[[object], object], trigger: Request = triggers.FORBIDDEN
) -> ServiceMutant:
    """Return a mutant of a property that only the error variant with a code has."""

    def changed(document: dict[str, object]) -> object:
        return {**document, key: to(document[key])} if key in document else document

    return ServiceMutant(
        name=name,
        kind="body",
        change=change,
        pointers=(f"{ERROR}/properties/{key}",),
        make=rewired(errors(_document(changed))),
        trigger=(trigger,),
    )


def _nested(document: dict[str, object]) -> object:
    return {"error": {"message": document["error"], "type": "invalid_request"}}


def _cut(body: bytes) -> bytes:
    return body[:-2]


_ALL = (
    ServiceMutant(
        name="error-renamed-message",
        kind="body",
        change="`error` is called `message`.",
        pointers=error_contents(),
        make=behaving(evolve(DOCUMENTED, error_field="message")),
        trigger=_CLIENT_ERRORS,
    ),
    _all(
        "error-under-detail",
        "An error is a list of faulty fields under `detail`.",
        _document(lambda document: {"detail": [{"loc": ["body"], "msg": document["error"]}]}),
    ),
    _all("error-nested", "`error` is an object with a `message`.", _document(_nested)),
    _all("error-list", "`error` is a list of messages.", _document(lambda document: {"error": [document["error"]]})),
    _all("error-null", "`error` is null.", _document(lambda document: {**document, "error": None})),
    _all("error-number", "`error` is a number.", _document(lambda document: {**document, "error": 17})),
    _all("error-missing", "An error is an empty object.", _document(lambda _: {})),
    _all("errors-in-a-list", "An error is an object in a list.", _document(lambda document: [document])),
    _all("errors-as-json-text", "An error is a JSON string.", _document(lambda document: document["error"])),
    _all("errors-empty", "An error has no body.", _bytes(lambda _: b"")),
    _all("errors-cut-off", "The JSON of an error is cut off.", _bytes(_cut)),
    _all(
        "errors-page-labelled-json",
        "An error is an HTML page labelled as JSON.",
        _bytes(lambda _: b"<!doctype html>\n<title>Error</title>\n"),
    ),
    _all(
        "errors-text-labelled-json",
        "An error is plain text labelled as JSON.",
        _bytes(lambda _: b"Something went wrong"),
    ),
)
_SOME = (
    _one("bad-request-empty", "A 400 has no body.", "BadRequest", 400, _bytes(lambda _: b"")),
    _one("unauthorized-empty", "A 401 has no body.", "Unauthorized", 401, _bytes(lambda _: b"")),
    _one("unknown-path-list", "A 404 is a list.", "NotFound", 404, _document(lambda document: [document])),
    _one("no-credits-nested", "The `error` of a 406 is an object.", "NotAcceptable", 406, _document(_nested)),
    _one("crash-cut-off", "The JSON of a 500 is cut off.", "ServerError", 500, _bytes(_cut)),
    _one(
        "crash-under-message",
        "The `error` of a 500 is called `message`.",
        "ServerError",
        500,
        _document(lambda document: {"message": document["error"]}),
    ),
    _platform("status-code-as-text", "`status_code` is a string.", "status_code", str),
    _platform("status-code-null", "`status_code` is null.", "status_code", lambda _: None),
    _platform(
        "error-description-list",
        "`error_description` is a list.",
        "error_description",
        lambda text: [text],
        triggers.RETIRED,
    ),
)
BODIES = (*_ALL, *_SOME)
