"""One status, several causes: the text of the response tells which, and an unknown text claims nothing."""

import json
import pickle
from typing import Any

import pytest

import segmind_flux_schnell
from segmind_flux_schnell import (
    NotAcceptableError,
    NotEnoughCreditsError,
    NotFoundError,
    StatusError,
    UnauthorizedError,
)
from segmind_flux_schnell_sandbox import accounts
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.conftest import Calling
from tests.client.documented import with_documented_errors
from tests.client.responding_server import RespondingServer, http_response

JSON = "content-type: application/json"


def raised_by(calling: Calling, server: RespondingServer, status: int, body: bytes, *headers: str) -> StatusError:
    """The error of a call that gets this response."""
    server.response = http_response(f"{status} ", body, *(headers or (JSON,)))
    with pytest.raises(StatusError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    return raised.value


TOLD_APART = with_documented_errors(
    {
        "content type": (406, "Invalid content type", "InvalidContentTypeError"),
        "credits": (406, "Insufficient credits. Balance: 0.004, required: 0.008", "NotEnoughCreditsError"),
        "credits, in another case": (406, "INSUFFICIENT CREDITS", "NotEnoughCreditsError"),
        "spend limit": (406, "The monthly spend limit of the team is reached: 100 USD", "SpendLimitReachedError"),
        "parameter": (406, "sampler_name must be one of euler, heun", "ParameterRefusedError"),
        "no key": (401, "Missing Authorization or x-api-key in header", "KeyNotReceivedError"),
        "refused key": (401, "Unauthorized. API key is invalid or may have expired.", "KeyRefusedError"),
        "scope": (403, "insufficient_scope", "InsufficientScopeError"),
        "expired request": (404, "request_id 7 was not found", "RequestExpiredError"),
        "no balance": (404, "No credits found for the user", "BalanceNotFoundError"),
        "no model": (404, "There is no such model", "ModelNotFoundError"),
    }
)


@pytest.mark.parametrize(("status", "text", "name"), TOLD_APART.values(), ids=TOLD_APART)
def test_the_text_tells_the_causes_of_a_status_apart(
    calling: Calling, server: RespondingServer, status: int, text: str, name: str
) -> None:
    """Each cause has a class below that of its status, and its message says what the document says of the cause."""
    error = raised_by(calling, server, status, json.dumps({"error": text}).encode())
    assert type(error).__name__ == name
    assert type(error) is getattr(segmind_flux_schnell, name)
    assert error.documented == (str(status),)
    assert f"{error.meaning}: the service says '{text}'; not billed" in str(error)


UNKNOWN: dict[str, tuple[int, str, type[StatusError]]] = {
    "406": (406, "Come back tomorrow", NotAcceptableError),
    "406 that speaks of credits": (406, "Buy more credits today!", NotAcceptableError),
    "401": (401, "no", UnauthorizedError),
    "404": (404, "The requested URL does not exist", NotFoundError),
    "empty": (406, "", NotAcceptableError),
}


@pytest.mark.parametrize(("status", "text", "kind"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_text_claims_no_cause(
    calling: Calling, server: RespondingServer, status: int, text: str, kind: type[StatusError]
) -> None:
    """It is the class of the status, whose message does not guess: above all not that credits are missing."""
    error = raised_by(calling, server, status, json.dumps({"error": text}).encode())
    assert type(error) is kind
    assert "not enough" not in str(error).lower()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b'{"error": "no_funds", "error_description": "Insufficient credits.", "status_code": 406}', (JSON,)),
        (b"Insufficient credits", ("content-type: text/plain",)),
        (b'["Insufficient credits"', (JSON,)),
    ],
    ids=["description beside a code", "plain text", "not the documented JSON"],
)
def test_the_cause_is_looked_for_wherever_the_text_stands(
    calling: Calling, server: RespondingServer, body: bytes, headers: tuple[str, ...]
) -> None:
    """In the message or its description; where the body has another shape, in the body itself from its start."""
    error = raised_by(calling, server, 406, body, *headers)
    assert isinstance(error, NotAcceptableError)
    assert isinstance(error, NotEnoughCreditsError) is not body.startswith(b"[")


def test_a_page_of_a_gateway_claims_no_cause(calling: Calling, server: RespondingServer) -> None:
    """HTML that happens to use a word of a cause is not the text of the service."""
    page = b"<html><title>406</title><p>The value of the content type: Insufficient credits</p></html>"
    assert type(raised_by(calling, server, 406, page, "content-type: text/html")) is NotAcceptableError


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("a football team limit", "the prompt 'a football team limit' is not valid"),
        ("Insufficient credits", "Insufficient credits: this prompt is refused"),
    ],
)
def test_a_prompt_that_is_quoted_is_not_a_cause(
    calling: Calling, server: RespondingServer, prompt: str, text: str
) -> None:
    """What the caller wrote says nothing of the reason: a batch would end for nothing."""
    server.response = http_response("406 ", json.dumps({"error": text}).encode(), JSON)
    with pytest.raises(NotAcceptableError) as raised:
        calling(base_url=server.url)(prompt=prompt)
    assert type(raised.value).__name__ not in ("SpendLimitReachedError", "NotEnoughCreditsError")
    assert text in str(raised.value)


SANDBOX = with_documented_errors(
    {
        "credits above zero": (accounts.KEY_NO_CREDITS, {}, "NotEnoughCreditsError"),
        "spend limit": (accounts.KEY_TEAM_LIMIT, {}, "SpendLimitReachedError"),
        "a sampler that the service does not have": (accounts.KEY, {"sampler_name": "gone"}, "ParameterRefusedError"),
        "wrong key": ("nobody", {}, "KeyRefusedError"),
    }
)


@pytest.mark.parametrize(("key", "extra", "name"), SANDBOX.values(), ids=SANDBOX)
def test_each_cause_that_a_caller_can_meet_is_recognised(
    calling: Calling, sandbox: Sandbox, key: str, extra: dict[str, Any], name: str
) -> None:
    """The sandbox answers as the newest documentation says."""
    with pytest.raises(StatusError) as raised:
        calling(api_key=key, base_url=sandbox.url)(prompt="a tiger", extra_body=extra)
    assert type(raised.value).__name__ == name
    assert sandbox.ledger.posts[-1].billed == 0


def test_a_cause_is_caught_by_the_class_of_its_status() -> None:
    """`except NotAcceptableError` catches every 406."""
    for status, _, name in TOLD_APART.values():
        (parent,) = getattr(segmind_flux_schnell, name).__bases__
        assert parent.documented == (str(status),)
    assert issubclass(NotEnoughCreditsError, NotAcceptableError)


def test_an_error_of_a_cause_can_be_pickled(calling: Calling, server: RespondingServer) -> None:
    """It keeps its class, its text and its body."""
    error = raised_by(calling, server, 406, b'{"error": "Insufficient credits"}')
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.body) == (NotEnoughCreditsError, str(error), error.body)
