"""Changed content types, with or without bytes to match."""

import base64
import json
from collections.abc import Callable

from attrs import evolve

from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.image import draw
from tests.contract.mutants import triggers
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.pointers import IMAGE, error_contents, field_pointer
from tests.contract.mutants.rewiring import Intercepted, Request, Response, errors, images

_CONTENT = f"{IMAGE}/content"
_ERROR_PAGE = b"<!doctype html>\n<title>Error</title>\n<h1>Something went wrong</h1>\n"


def _encoded(parameters: Parameters, image_format: str) -> bytes:
    text = base64.b64encode(draw(parameters, image_format)).decode()
    return json.dumps({"image": text}).encode()


def _located(parameters: Parameters, image_format: str) -> bytes:
    return json.dumps({"images": [{"url": "/images/1f0c.jpg", "content_type": "image/jpeg"}]}).encode()


def _data_url(parameters: Parameters, image_format: str) -> bytes:
    return b"data:image/jpeg;base64," + base64.b64encode(draw(parameters, image_format))


def _image(name: str, change: str, behaviour: Behaviour) -> ServiceMutant:
    return ServiceMutant(name=name, kind="content-type", change=change, pointers=(_CONTENT,), make=behaving(behaviour))


def _labelled(content_type: str) -> Behaviour:
    return evolve(DOCUMENTED, content_type=content_type)


def _listed(intercepted: Intercepted) -> Response:
    """Return several samples as a list of images in JSON."""
    if not intercepted.response.is_image or intercepted.request.fields.get("samples", 1) == 1:
        return intercepted.response
    text = base64.b64encode(intercepted.response.body).decode()
    return intercepted.response.with_body(json.dumps([text, text]).encode(), "application/json")


def _error(
    name: str,
    change: str,
    rewrite: Callable[[Response], Response],
    *statuses: int,
    responses: tuple[str, ...],
    trigger: tuple[Request, ...] = (),
) -> ServiceMutant:
    """Return a mutant in which some errors are rewritten; `responses` names them in the document."""
    return ServiceMutant(
        name=name,
        kind="content-type",
        change=change,
        pointers=error_contents(*responses),
        make=rewired(errors(rewrite, *statuses)),
        trigger=trigger or tuple(triggers.REFUSED[response] for response in responses),
    )


def _as_page(response: Response) -> Response:
    return response.with_body(_ERROR_PAGE, "text/html")


def _as_text(response: Response) -> Response:
    return response.with_body(b"Something went wrong", "text/plain")


_IMAGES = (
    _image("image-png", "An image is a PNG.", evolve(_labelled("image/png"), image_format="PNG")),
    _image("image-webp", "An image is a WebP.", evolve(_labelled("image/webp"), image_format="WEBP")),
    _image("image-labelled-png", "A JPEG is labelled as a PNG.", _labelled("image/png")),
    _image("image-labelled-image-jpg", "A JPEG is labelled `image/jpg`.", _labelled("image/jpg")),
    _image(
        "image-octet-stream",
        "A JPEG is labelled as arbitrary bytes.",
        _labelled("application/octet-stream"),
    ),
    _image(
        "image-base64-in-json",
        "An image comes as base64 in JSON.",
        evolve(_labelled("application/json"), draw=_encoded),
    ),
    _image(
        "image-url-in-json",
        "An image comes as a URL in JSON.",
        evolve(_labelled("application/json"), draw=_located),
    ),
    _image(
        "image-as-data-url",
        "An image comes as a data URL in plain text.",
        evolve(_labelled("text/plain"), draw=_data_url),
    ),
    ServiceMutant(
        name="image-unlabelled",
        kind="content-type",
        change="An image has no content type.",
        pointers=(_CONTENT,),
        make=rewired(images(lambda response: response.without_header("content-type"))),
    ),
    ServiceMutant(
        name="samples-in-json",
        kind="content-type",
        change="Several samples come as a list of base64 in JSON.",
        pointers=(_CONTENT, field_pointer("samples")),
        make=rewired(_listed),
        trigger=(triggers.image_request(samples=2),),
    ),
)
_ERRORS = (
    _error(
        "errors-as-text",
        "Every error is plain text.",
        _as_text,
        responses=(),
        trigger=(triggers.WRONG_KEY, triggers.NO_PROMPT),
    ),
    _error(
        "errors-as-pages",
        "Every error is an HTML page.",
        _as_page,
        responses=(),
        trigger=(triggers.WRONG_KEY, triggers.NO_PROMPT),
    ),
    _error(
        "errors-as-problems",
        "Every error is labelled `application/problem+json`.",
        lambda response: response.with_header("content-type", "application/problem+json"),
        responses=(),
        trigger=(triggers.WRONG_KEY, triggers.NO_PROMPT),
    ),
    _error("bad-request-page", "A 400 is an HTML page.", _as_page, 400, responses=("BadRequest",)),
    _error("unauthorized-page", "A 401 is an HTML page.", _as_page, 401, responses=("Unauthorized",)),
    _error("unauthorized-text", "A 401 is plain text.", _as_text, 401, responses=("Unauthorized",)),
    _error("unknown-path-page", "A 404 is an HTML page.", _as_page, 404, responses=("NotFound",)),
    _error("wrong-method-text", "A 405 is plain text.", _as_text, 405, responses=("MethodNotAllowed",)),
    _error("no-credits-page", "A 406 is an HTML page.", _as_page, 406, responses=("NotAcceptable",)),
    _error("crash-page", "A 500 is an HTML page.", _as_page, 500, responses=("ServerError",)),
    _error("crash-text", "A 500 is plain text.", _as_text, 500, responses=("ServerError",)),
    _error("rate-limited-page", "A 429 is an HTML page.", _as_page, 429, responses=("RateLimited",)),
)
MEDIA = (*_IMAGES, *_ERRORS)
