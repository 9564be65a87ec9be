"""Triggers: the requests that show a change. Each mutant names as few as possible."""

import json
from typing import Any

from attrs import evolve

from segmind_flux_schnell_sandbox.accounts import (
    KEY,
    KEY_CRASH,
    KEY_FORBIDDEN,
    KEY_NO_CREDITS,
    KEY_RATE_LIMITED,
    KEY_RETIRED,
)
from tests.contract.mutants.rewiring import Request

PATH = "/v1/flux-schnell"
SUBMIT_PATH = "/v2/flux-schnell"
CREDITS_PATH = "/v1/get-user-credits"
# In a path, these stand for the job that was submitted last: as soon as it was, and once it has ended.
RUNNING, ENDED = "{running}", "{ended}"
# This path stands for the public address of its image.
FILE_PATH = "{image}"
# The smallest size, since drawing takes most of the time.
SMALL: dict[str, Any] = {"prompt": "a fox in the snow", "width": 512, "height": 512}


def image_request(**fields: object) -> Request:
    """Return a request for a small image with some fields set."""
    return with_fields({**SMALL, **fields})


def image_request_without(*names: str) -> Request:
    """Return a request for a small image with some fields left out."""
    return with_fields({name: value for name, value in SMALL.items() if name not in names})


def with_fields(fields: object, key: str = KEY) -> Request:
    """Return a request whose body is `fields` as JSON."""
    headers = (("x-api-key", key), ("content-type", "application/json"))
    return Request("POST", PATH, headers, json.dumps(fields).encode())


def balance(key: str) -> Request:
    """Return a request for the balance of an account."""
    return _asked(CREDITS_PATH, key)


def _asked(path: str, key: str = KEY) -> Request:
    return Request("GET", path, (("x-api-key", key),), b"")


ACCEPTED = image_request()
MALFORMED = evolve(ACCEPTED, body=b'{"prompt": ')
NO_PROMPT = image_request_without("prompt")
WRONG_TYPE = image_request(steps="four")
TOO_MANY_STEPS = image_request(steps=9)
UNKNOWN_SCHEDULER = image_request(scheduler="linear")
FORM = ACCEPTED.with_header("content-type", "application/x-www-form-urlencoded")
NO_KEY = evolve(ACCEPTED, headers=(("content-type", "application/json"),))
WRONG_KEY = ACCEPTED.with_header("x-api-key", "wrong-key")
OTHER_PATH = evolve(ACCEPTED, path="/v1/no-such-model")
GET = Request("GET", PATH, (("x-api-key", KEY),), b"")
PUT = evolve(ACCEPTED, method="PUT")
NO_CREDITS = with_fields(SMALL, KEY_NO_CREDITS)
CRASH = with_fields(SMALL, KEY_CRASH)
FORBIDDEN = with_fields(SMALL, KEY_FORBIDDEN)
RETIRED = with_fields(SMALL, KEY_RETIRED)
RATE_LIMITED = with_fields(SMALL, KEY_RATE_LIMITED)

SUBMITTED = evolve(ACCEPTED, path=SUBMIT_PATH)
FAILING = evolve(TOO_MANY_STEPS, path=SUBMIT_PATH)
RUNNING_STATUS = _asked(f"/v2/requests/{RUNNING}/status")
RUNNING_RESULT = _asked(f"/v2/requests/{RUNNING}")
STATUS = _asked(f"/v2/requests/{ENDED}/status")
RESULT = _asked(f"/v2/requests/{ENDED}")
FILE = Request("GET", FILE_PATH, (), b"")
UNKNOWN_STATUS = _asked("/v2/requests/00000000-0000-4000-8000-000000000000/status")
UNKNOWN_RESULT = _asked("/v2/requests/00000000-0000-4000-8000-000000000000")
BALANCE = balance(KEY)

# One request for each of the documented errors.
REFUSED = {
    "BadRequest": NO_PROMPT,
    "Unauthorized": WRONG_KEY,
    "ModelNotPermitted": FORBIDDEN,
    "NotFound": OTHER_PATH,
    "MethodNotAllowed": GET,
    "NotAcceptable": NO_CREDITS,
    "ModelRetired": RETIRED,
    "RateLimited": RATE_LIMITED,
    "ServerError": CRASH,
}
