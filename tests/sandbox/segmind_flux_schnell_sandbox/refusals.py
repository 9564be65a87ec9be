"""Why the service refuses a request, and the response for each reason."""

from collections.abc import Mapping
from enum import Enum, auto
from http import HTTPStatus
from types import MappingProxyType
from typing import Literal

from attrs import field, frozen


class Reason(Enum):
    """What is wrong with a request; the order is that of the checks."""

    UNKNOWN_PATH = auto()
    KEY_SENT_ELSEWHERE = auto()
    REQUEST_UNKNOWN = auto()
    WRONG_METHOD = auto()
    KEY_MISSING = auto()
    KEY_UNKNOWN = auto()
    MODEL_NOT_PERMITTED = auto()
    MODEL_RETIRED = auto()
    RATE_LIMITED = auto()
    MODEL_COLD = auto()
    WRONG_CONTENT_TYPE = auto()
    MALFORMED_BODY = auto()
    UNKNOWN_FIELD = auto()
    MISSING_FIELD = auto()
    WRONG_TYPE = auto()
    VALUE_REJECTED = auto()
    NO_CREDITS = auto()
    TEAM_LIMIT = auto()
    VALUE_FAILED = auto()
    CRASH = auto()


@frozen
class Refusal:
    """The response for one reason.

    `shape` is the form of the body: the usual `{"error": …}` ("envelope"), the variant with
    `error_description` and `status_code` ("platform"), or an HTML page ("page").
    """

    status: int
    message: str
    shape: Literal["envelope", "platform", "page"] = "envelope"
    code: str = ""

    @property
    def phrase(self) -> str:
        """The status in words, as an HTML page shows it."""
        return HTTPStatus(self.status).phrase


@frozen
class Refused(Exception):
    """A request is refused for `reason`; `detail` replaces the usual message."""

    reason: Reason
    detail: str | None = None
    headers: Mapping[str, str] = field(factory=dict[str, str])


TRACEBACK = """\
Traceback (most recent call last):
  File "worker.py", line 88, in generate
    images = pipeline(prompt=prompt, num_inference_steps=steps, generator=generator)
RuntimeError: CUDA out of memory. Tried to allocate 2.25 GiB"""

REFUSALS: Mapping[Reason, Refusal] = MappingProxyType(
    {
        Reason.UNKNOWN_PATH: Refusal(404, "The requested URL does not exist", "platform", "not_found"),
        Reason.KEY_SENT_ELSEWHERE: Refusal(400, "Images are public: a key has no business here"),
        Reason.REQUEST_UNKNOWN: Refusal(
            404, "Request id not found, or its record has expired", "platform", "not_found"
        ),
        Reason.WRONG_METHOD: Refusal(405, "This method is not allowed for this URL.", "page"),
        Reason.KEY_MISSING: Refusal(401, "Missing Authorization or x-api-key in header"),
        Reason.KEY_UNKNOWN: Refusal(401, "Unauthorized. API key is invalid or may have expired."),
        Reason.MODEL_NOT_PERMITTED: Refusal(
            403,
            "This key may not use this model",
            "platform",
            "model_not_permitted",
        ),
        Reason.MODEL_RETIRED: Refusal(
            410,
            "This model has been retired",
            "platform",
            "model_retired",
        ),
        Reason.RATE_LIMITED: Refusal(
            429,
            "Too many requests, try again later",
            "platform",
            "rate_limit_exceeded",
        ),
        Reason.MODEL_COLD: Refusal(503, "The model is starting.", "page"),
        Reason.WRONG_CONTENT_TYPE: Refusal(406, "Invalid content type"),
        Reason.MALFORMED_BODY: Refusal(400, "The body is not a JSON object"),
        Reason.UNKNOWN_FIELD: Refusal(400, "Unknown field"),
        Reason.MISSING_FIELD: Refusal(400, "Missing field"),
        Reason.WRONG_TYPE: Refusal(400, "Wrong type"),
        Reason.VALUE_REJECTED: Refusal(406, "Value rejected"),
        Reason.NO_CREDITS: Refusal(406, "Insufficient credits"),
        Reason.TEAM_LIMIT: Refusal(406, "The monthly spend limit of the team is reached: 100 credits"),
        Reason.VALUE_FAILED: Refusal(500, "Value failed"),
        Reason.CRASH: Refusal(500, TRACEBACK),
    }
)
