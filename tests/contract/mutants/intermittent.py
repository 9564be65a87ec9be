"""Faults of only one image in five to nine."""

import json
from collections.abc import Callable
from itertools import count

from attrs import evolve

from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.image import draw
from segmind_flux_schnell_sandbox.refusals import Reason, Refused
from segmind_flux_schnell_sandbox.server import Served
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract.mutants.billing import charged_again
from tests.contract.mutants.drawings import Drawing, drawing_bytes, drawing_of, in_half, scaled, something_else
from tests.contract.mutants.mutant import ServiceMutant
from tests.contract.mutants.pointers import (
    API_KEY,
    IMAGE,
    OPERATION_TEXT,
    field_pointer,
    header_pointers,
    response_pointer,
    status_pointers,
)
from tests.contract.mutants.rewiring import Intercepted, Response, ResponseChange, Rewired
from tests.contract.mutants.triggers import ACCEPTED


def _failing(every: int, reason: Reason) -> Callable[[], Served]:
    """Return a maker of services that refuse every `every`-th correct request, unbilled."""

    def make() -> Served:
        numbers = count(1)

        def accept(parameters: Parameters) -> Parameters:
            if next(numbers) % every == 0:
                raise Refused(reason)
            return parameters

        return create_app(evolve(DOCUMENTED, accept=accept))

    return make


def _drawing(every: int, fault: Drawing) -> Callable[[], Served]:
    """Return a maker of services that draw every `every`-th image with `fault`."""

    def make() -> Served:
        numbers = count(1)

        def drawn(parameters: Parameters, image_format: str) -> bytes:
            faulty = next(numbers) % every == 0
            return fault(parameters, image_format) if faulty else draw(parameters, image_format)

        return create_app(evolve(DOCUMENTED, draw=drawn))

    return make


def _rewiring(every: int, fault: ResponseChange) -> Callable[[], Served]:
    """Return a maker of services that change every `every`-th image with `fault`."""

    def make() -> Served:
        numbers = count(1)

        def response(intercepted: Intercepted) -> Response:
            faulty = intercepted.response.is_image and next(numbers) % every == 0
            return fault(intercepted) if faulty else intercepted.response

        return Rewired(create_app(), response=response)

    return make


def _some(every: int, fault: str, change: str, make: Callable[[], Served], *pointers: str) -> ServiceMutant:
    return ServiceMutant(
        name=f"every-{every}th-image-{fault}",
        kind="intermittent",
        change=f"Every {every}th image {change}.",
        pointers=(*status_pointers("Image"), *pointers),
        make=make,
        trigger=(ACCEPTED,) * every,
    )


def _message(intercepted: Intercepted) -> Response:
    return intercepted.response.with_body(json.dumps({"error": "model overloaded"}).encode(), "application/json")


INTERMITTENT = (
    _some(5, "500", "is a 500 instead", _failing(5, Reason.CRASH), *status_pointers("ServerError")),
    _some(9, "500", "is a 500 instead", _failing(9, Reason.CRASH), *status_pointers("ServerError")),
    _some(7, "503", "is a 503 with an HTML page instead", _failing(7, Reason.MODEL_COLD)),
    _some(
        8,
        "401",
        "is a 401 instead, although the key is valid",
        _failing(8, Reason.KEY_UNKNOWN),
        API_KEY,
        response_pointer("Unauthorized"),
    ),
    _some(6, "406", "is a 406 instead", _failing(6, Reason.NO_CREDITS), *status_pointers("NotAcceptable")),
    _some(6, "cut-in-half", "is the first half of a JPEG", _drawing(6, drawing_bytes(in_half))),
    _some(5, "empty", "has no bytes", _drawing(5, drawing_bytes(lambda _: b""))),
    _some(
        7,
        "half-size",
        "is half as wide and high as requested",
        _drawing(7, scaled(0.5)),
        field_pointer("width"),
        field_pointer("height"),
    ),
    _some(
        7,
        "another",
        "differs from the one that the same request got before",
        _drawing(7, drawing_of(something_else)),
        field_pointer("seed"),
        OPERATION_TEXT,
    ),
    _some(6, "in-json", "is a message in JSON under 200", _rewiring(6, _message)),
    _some(
        8,
        "billed-twice",
        "is charged twice",
        _rewiring(8, charged_again),
        *header_pointers("Cost", "x-cost"),
    ),
    _some(
        9,
        "without-credits",
        "comes without `x-remaining-credits`",
        _rewiring(9, lambda intercepted: intercepted.response.without_header("x-remaining-credits")),
        *header_pointers("RemainingCredits", "x-remaining-credits"),
    ),
    _some(
        6,
        "cut-connection",
        "ends with a closed connection in the middle",
        _rewiring(6, lambda intercepted: evolve(intercepted.response, complete=False)),
        f"{IMAGE}/content",
    ),
)
