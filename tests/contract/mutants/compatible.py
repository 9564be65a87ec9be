"""Services that differ in what the document leaves open: no client that fits the document breaks on them."""

import gzip
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from attrs import evolve
from PIL import Image

from segmind_flux_schnell_sandbox.accounts import ACCOUNTS, KEY
from segmind_flux_schnell_sandbox.attributes import Attribute, Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.image import draw
from segmind_flux_schnell_sandbox.refusals import REFUSALS, Reason
from segmind_flux_schnell_sandbox.server import Served
from tests.contract.mutants import triggers
from tests.contract.mutants.calls import file
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.rewiring import Intercepted, Request, Response, ResponseChange, errors, images

_REFUSALS = (triggers.NO_PROMPT, triggers.WRONG_KEY, triggers.OTHER_PATH, triggers.GET)
_CREDITS = "x-remaining-credits"
# The statuses of the sandbox's errors in JSON.
_IN_JSON = (400, 401, 403, 404, 406, 410, 429, 500)
# Those of them in which no text names a cause that a probe provokes.
_WITHOUT_CAUSES = (400, 403, 404, 410, 429, 500)


def _compatible(name: str, change: str, make: Callable[[], Served], *trigger: Request) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="compatible",
        change=change,
        pointers=(),
        make=make,
        trigger=trigger or (triggers.ACCEPTED,),
    )


def _every(change: Callable[[Response], Response]) -> ResponseChange:
    return lambda intercepted: change(intercepted.response)


def _with_header(name: str, value: str) -> ResponseChange:
    return _every(lambda response: response.with_header(name, value))


def _capitalised(response: Response) -> Response:
    return evolve(response, headers=tuple((name.title(), value) for name, value in response.headers))


def _reversed(response: Response) -> Response:
    return evolve(response, headers=response.headers[::-1])


def _in_errors(change: Callable[[dict[str, Any]], dict[str, Any]], *statuses: int) -> ResponseChange:
    """Return a change of the JSON document in errors, by default in all of them; HTML pages stay as they are."""

    def changed(response: Response) -> Response:
        if response.header("content-type") != "application/json":
            return response
        return response.with_body(json.dumps(change(json.loads(response.body))).encode())

    return errors(changed, *statuses)


def _as_platform(intercepted: Intercepted) -> Response:
    """Write every error in the variant with a code."""

    def variant(document: dict[str, Any]) -> dict[str, Any]:
        coded = {"error": "refused", "error_description": document["error"], "status_code": intercepted.response.status}
        return {**coded, **document} if "status_code" in document else coded

    # A job that failed is not an error of this form.
    return _in_errors(variant, *_IN_JSON)(intercepted)


def _zipped(response: Response) -> Response:
    return response.with_header("content-encoding", "gzip").with_body(gzip.compress(response.body, mtime=0))


def _json_for_page(response: Response) -> Response:
    return response.with_body(b'{"error": "Method not allowed"}', "application/json")


def _dashed(response: Response) -> Response:
    return response.with_header("x-request-id", str(UUID(response.header("x-request-id"))))


def _credits(written: Callable[[Decimal], str]) -> ResponseChange:
    """Return a change of how the balance is written."""
    return images(lambda response: response.with_header(_CREDITS, written(Decimal(response.header(_CREDITS) or 0))))


def _balance_as_float(balance: Decimal) -> str:
    """Write a balance with the rounding error of binary fractions."""
    return repr(float(balance) - 1e-12)


def _key_first(intercepted: Intercepted) -> Response:
    """Respond with 401 to any request without a valid key, whatever else is wrong with it; images stay public."""
    if file(intercepted.request):
        return intercepted.response
    key = intercepted.request.header("x-api-key")
    valid = key in {account.key for account in ACCOUNTS}
    text = REFUSALS[Reason.KEY_UNKNOWN if key else Reason.KEY_MISSING].message
    body = json.dumps({"error": text}).encode()
    return (
        intercepted.response if valid else evolve(intercepted.response.with_body(body, "application/json"), status=401)
    )


def _new_call(intercepted: Intercepted) -> Response:
    meant = (intercepted.request.method, intercepted.request.path) == ("GET", "/v1/models")
    return (
        Response(200, (("content-type", "application/json"),), b'["flux-schnell"]') if meant else intercepted.response
    )


def _side_by_side(parameters: Parameters, image_format: str) -> bytes:
    """Draw several samples side by side into one image."""
    width = int(parameters["width"]) * int(parameters["samples"])
    return draw({**parameters, "width": width}, image_format)


def _reencoded(**options: Any) -> Behaviour:
    def drawn(parameters: Parameters, image_format: str) -> bytes:
        buffer = io.BytesIO()
        Image.open(io.BytesIO(draw(parameters, image_format))).save(buffer, image_format, **options)
        return buffer.getvalue()

    return evolve(DOCUMENTED, draw=drawn)


def _retrained(parameters: Parameters, image_format: str) -> bytes:
    return draw({**parameters, "model": "flux-schnell-2"}, image_format)


def _accounts(**changes: Any) -> Behaviour:
    """Return a service whose first account differs."""
    first, *others = DOCUMENTED.accounts
    return evolve(DOCUMENTED, accounts=(evolve(first, **changes), *others))


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0131] = "ComfyUI"  # Software
    return exif


_SAMPLERS = (*DOCUMENTED.attribute("sampler_name").allowed, "res_multistep")

_HEADERS = (
    _compatible("header-new", "Every response has a new header.", rewired(_with_header("x-model-version", "2"))),
    _compatible(
        "cookie-set",
        "Every response sets a cookie.",
        rewired(_with_header("set-cookie", "lb=3; Path=/; HttpOnly")),
    ),
    _compatible("header-letter-case", "The names of headers are capitalised.", rewired(_every(_capitalised))),
    _compatible("header-order", "Headers come in another order.", rewired(_every(_reversed))),
    _compatible("request-id-with-dashes", "`x-request-id` has dashes.", rewired(_every(_dashed))),
    _compatible(
        "request-id-prefixed",
        "`x-request-id` has a prefix.",
        rewired(
            _every(lambda response: response.with_header("x-request-id", f"req_{response.header('x-request-id')}"))
        ),
    ),
    _compatible(
        "rate-limit-reset-with-images",
        "A response with an image says when the rate limit ends.",
        rewired(images(lambda response: response.with_header("x-rate-limit-reset-at-utc", "2026-01-01T00:00:00Z"))),
    ),
    _compatible(
        "rate-limit-reset-in-seconds",
        "A 429 gives the end of the rate limit in seconds since 1970.",
        rewired(errors(lambda response: response.with_header("x-rate-limit-reset-at-utc", "1780000000"), 429)),
        triggers.RATE_LIMITED,
    ),
    _compatible(
        "media-type-parameter",
        "The content type of an image has a parameter.",
        behaving(evolve(DOCUMENTED, content_type="image/jpeg; charset=binary")),
    ),
    _compatible(
        "media-type-letter-case",
        "The content type of an image is capitalised.",
        rewired(images(lambda response: response.with_header("content-type", "Image/JPEG"))),
    ),
    _compatible(
        "json-with-charset",
        "The content type of errors names UTF-8.",
        rewired(
            errors(lambda response: response.with_header("content-type", "application/json; charset=utf-8"), *_IN_JSON)
        ),
        *_REFUSALS,
    ),
)
_TRANSFER = (
    _compatible(
        "chunked", "Responses come in chunks.", rewired(_every(lambda one: one.without_header("content-length")))
    ),
    _compatible(
        "connection-closed",
        "The connection is closed after each response.",
        rewired(_with_header("connection", "close")),
    ),
    _compatible("errors-zipped", "Errors are compressed.", rewired(errors(_zipped)), *_REFUSALS),
    _compatible("slower", "An image takes 40 ms more.", behaving(_accounts(latency=0.04))),
)
_MONEY = (
    _compatible("fewer-credits", "The account starts with 12.5 credits.", behaving(_accounts(credits=Decimal("12.5")))),
    _compatible("price-higher", "An image costs 0.01 credits.", behaving(evolve(DOCUMENTED, price=Decimal("0.01")))),
    _compatible(
        "credits-as-floats",
        "The balance has the rounding error of binary fractions.",
        rewired(_credits(_balance_as_float)),
    ),
    _compatible(
        "credits-in-exponent-form",
        "The balance is written with an exponent.",
        rewired(_credits(lambda balance: f"{balance:E}")),
    ),
)
_ERRORS = (
    _compatible(
        "error-texts",
        "Errors have other texts, where the document does not tell causes apart by them.",
        rewired(_in_errors(lambda document: {**document, "error": "That did not work."}, *_WITHOUT_CAUSES)),
        triggers.NO_PROMPT,
        triggers.OTHER_PATH,
    ),
    _compatible(
        "error-new-field",
        "Errors have a new field.",
        rewired(_in_errors(lambda document: {**document, "documentation": "/docs"})),
        *_REFUSALS,
    ),
    _compatible(
        "error-html-message",
        "Errors have the documented `html-message`.",
        rewired(_in_errors(lambda document: {**document, "html-message": "<p>No.</p>"})),
        *_REFUSALS,
    ),
    _compatible(
        "error-variant", "Errors are in the documented variant with a code.", rewired(_as_platform), *_REFUSALS
    ),
    _compatible("wrong-method-json", "A 405 is JSON.", rewired(errors(_json_for_page, 405)), triggers.GET),
    _compatible(
        "value-rejected-400",
        "A value out of range gets a 400.",
        behaving(DOCUMENTED.with_refusal(Reason.VALUE_FAILED, status=400)),
        triggers.TOO_MANY_STEPS,
    ),
    _compatible(
        "value-rejected-406",
        "A value out of range gets a 406, as one that is not in its list.",
        behaving(DOCUMENTED.with_refusal(Reason.VALUE_FAILED, status=406)),
        triggers.TOO_MANY_STEPS,
    ),
    _compatible(
        "wrong-type-406",
        "A value of a wrong type gets a 406.",
        behaving(DOCUMENTED.with_refusal(Reason.WRONG_TYPE, status=406)),
        triggers.WRONG_TYPE,
    ),
    _compatible(
        "key-checked-first",
        "A request without a valid key gets a 401, whatever its path and method.",
        rewired(_key_first),
        evolve(triggers.OTHER_PATH, headers=()),
    ),
)
_REQUESTS = (
    _compatible(
        "bearer-accepted",
        "A key in `authorization` is accepted too, which the document does not mention.",
        behaving(evolve(DOCUMENTED, bearer_accepted=True)),
        triggers.NO_KEY.with_header("authorization", f"Bearer {KEY}"),
    ),
    _compatible(
        "new-optional-field",
        "There is a new optional field, `guidance`.",
        behaving(evolve(DOCUMENTED, attributes=(*DOCUMENTED.attributes, Attribute("guidance", "float", 3.5)))),
        triggers.image_request(guidance=5),
    ),
    _compatible(
        "sampler-added",
        "`sampler_name` takes a new name.",
        behaving(DOCUMENTED.with_attribute("sampler_name", allowed=_SAMPLERS)),
        triggers.image_request(sampler_name=_SAMPLERS[-1]),
    ),
    _compatible(
        "new-call",
        "There is a new call, `GET /v1/models`.",
        rewired(_new_call),
        evolve(triggers.GET, path="/v1/models"),
    ),
)
_IMAGES = (
    _compatible("jpeg-quality", "A JPEG is of better quality.", behaving(_reencoded(quality=95))),
    _compatible("jpeg-progressive", "A JPEG is progressive.", behaving(_reencoded(progressive=True))),
    _compatible("jpeg-exif", "A JPEG names its software.", behaving(_reencoded(exif=_exif()))),
    _compatible(
        "model-retrained",
        "The same request gets a different image from last year's.",
        behaving(evolve(DOCUMENTED, draw=_retrained)),
    ),
    _compatible(
        "samples-side-by-side",
        "Several samples come as one wide image.",
        behaving(evolve(DOCUMENTED, draw=_side_by_side)),
        triggers.image_request(samples=2),
    ),
)
CALL_COMPATIBLE = (*_HEADERS, *_TRANSFER, *_MONEY, *_ERRORS, *_REQUESTS, *_IMAGES)
