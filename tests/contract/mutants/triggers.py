"""Triggers: the requests that show a change. Each mutant names as few as possible."""

import json
from typing import Any

from attrs import evolve

from tests.contract.mutants.rewiring import Request
from tests.sandbox.accounts import KEY, KEY_CRASH, KEY_FORBIDDEN, KEY_NO_CREDITS, KEY_RATE_LIMITED, KEY_RETIRED

PATH = "/v1/flux-schnell"
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
    return Request("GET", "/v1/get-user-credits", (("x-api-key", key),), b"")


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
