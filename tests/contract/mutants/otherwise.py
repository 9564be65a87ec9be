"""A service that is as the vendor's pages say, and different in all that the sandbox guesses.

For the rehearsal of the first recording of the live service, which will be neither the sandbox nor this.
"""

from decimal import Decimal
from types import MappingProxyType

from attrs import evolve

from segmind_flux_schnell_sandbox.attributes import SAMPLERS_INFERRED, SAMPLERS_SHOWN, Fields
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.refusals import Reason, Refusal
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract.mutants.rewiring import Intercepted, Response, Rewired

UNKNOWN_SAMPLERS = ("ddpm", "lcm", "deis")
"""Inferred samplers that this service does not have."""
MORE_SAMPLERS = ("res_multistep", "er_sde")
"""Samplers that it has beside the inferred ones."""
PRICE = Decimal("0.01")
LARGEST_SEED = (1 << 32) - 1

_SAMPLERS = (*SAMPLERS_SHOWN, *(one for one in SAMPLERS_INFERRED if one not in UNKNOWN_SAMPLERS), *MORE_SAMPLERS)
_WHOLE = ("steps", "seed", "samples", "width", "height")

_REFUSALS = {
    **DOCUMENTED.refusals,
    Reason.KEY_UNKNOWN: Refusal(401, "This API key does not exist", "platform", "invalid_key"),
    Reason.MODEL_NOT_PERMITTED: Refusal(403, "Upgrade the plan to use this model"),
    Reason.MODEL_RETIRED: Refusal(410, "Gone"),
    Reason.RATE_LIMITED: Refusal(429, "rate_limit_exceeded"),
    Reason.MODEL_COLD: Refusal(504, "Upstream timed out"),
    Reason.MALFORMED_BODY: Refusal(400, "Expecting value: line 1 column 1", "platform", "bad_json"),
    Reason.UNKNOWN_FIELD: Refusal(422, "Extra inputs are not permitted"),
    Reason.MISSING_FIELD: Refusal(400, "Field required"),
    Reason.WRONG_TYPE: Refusal(422, "Input has the wrong type"),
    Reason.TEAM_LIMIT: Refusal(406, "Organisation cap of 100 credits a month used up"),
    Reason.CRASH: Refusal(500, "Inference failed"),
}

BEHAVIOUR: Behaviour = evolve(
    DOCUMENTED.with_attribute("sampler_name", allowed=_SAMPLERS)
    .with_attribute("seed", minimum=-1, maximum=LARGEST_SEED)
    .with_attribute("samples", minimum=1, maximum=4)
    .with_attribute("prompt", may_be_empty=True)
    .with_attribute("denoise", drawn=False)
    .with_headers(output_metadata="x-metadata"),
    unknown_fields_refused=True,
    refusals=MappingProxyType(_REFUSALS),
    price=PRICE,
    read=lambda fields: _converted(fields),
)


def _converted(fields: Fields) -> Fields:
    """The fields as a service reads them that converts what it can: null, booleans and numerals."""
    kept = {name: value for name, value in fields.items() if value is not None or name == "prompt"}
    return {name: _converted_value(name, value) for name, value in kept.items()}


def _converted_value(name: str, value: object) -> object:
    if isinstance(value, bool) and name in (*_WHOLE, "denoise"):
        # A side of one pixel would be refused for its size.
        return 512 if name in ("width", "height") else int(value)
    if isinstance(value, str) and name in (*_WHOLE, "denoise") and value.lstrip("-").replace(".", "", 1).isdigit():
        return float(value) if name == "denoise" else int(value)
    return value


def _on_the_wire(intercepted: Intercepted) -> Response:
    """Other values of headers, and identifiers with images only."""
    response = intercepted.response
    if not response.is_image:
        reset = response.header("x-rate-limit-reset-at-utc")
        response = response.without_header("x-request-id")
        return response.with_header("x-rate-limit-reset-at-utc", "1795687200000") if reset else response
    seconds, cost = response.header("x-generation-time"), response.header("x-cost")
    return (
        response.with_header("x-generation-time", f"{seconds}s")
        .with_header("x-cost", f"${cost}")
        .with_header("x-request-id", f"req_{response.header('x-request-id')}")
        .with_header("x-metadata", "jpeg;1")
    )


def otherwise() -> Rewired:
    """A fresh service."""
    return Rewired(create_app(BEHAVIOUR), response=_on_the_wire)
