"""The errors of responses: the service refuses a call, fails, or responds with something odd."""

import json
import re
from typing import Any

import pytest

import segmind_flux_schnell.errors
from segmind_flux_schnell import (
    APIError,
    ErrorBody,
    GatewayError,
    InvalidImageError,
    MethodNotAllowedError,
    NotFoundError,
    RateLimitedError,
    ResponseError,
    ServerError,
    ServiceUnavailableError,
    StatusError,
    UnauthorizedError,
    UndocumentedStatusError,
)
from segmind_flux_schnell_sandbox import accounts
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.conftest import Calling
from tests.client.documented import failures, operations, with_documented_errors
from tests.client.responding_server import RespondingServer, http_response

JSON = "content-type: application/json"
HTML = "content-type: text/html; charset=utf-8"
TEXT = "content-type: text/plain"

REFUSED = with_documented_errors(
    {
        "wrong type": ("BadRequestError", 400, accounts.KEY, {"steps": None}, "steps must be of type int"),
        "unknown key": (
            "UnauthorizedError",
            401,
            "nobody",
            {},
            "Unauthorized. API key is invalid or may have expired.",
        ),
        "forbidden": (
            "ModelNotPermittedError",
            403,
            accounts.KEY_FORBIDDEN,
            {},
            "model_not_permitted: This key may not",
        ),
        "no credits": ("NotAcceptableError", 406, accounts.KEY_NO_CREDITS, {}, "Insufficient credits"),
        "value failed": ("ServerError", 500, accounts.KEY, {"steps": 9}, "steps must be at most 8"),
        "retired": ("ModelRetiredError", 410, accounts.KEY_RETIRED, {}, "model_retired: This model has been retired"),
        "rate": ("RateLimitedError", 429, accounts.KEY_RATE_LIMITED, {}, "rate_limit_exceeded: Too many requests"),
        "crash": ("ServerError", 500, accounts.KEY_CRASH, {}, "CUDA out of memory"),
    }
)


@pytest.mark.parametrize(("error", "status", "key", "extra", "message"), REFUSED.values(), ids=REFUSED)
def test_each_documented_status_has_its_own_error(
    calling: Calling,
    sandbox: Sandbox,
    error: str,
    status: int,
    key: str,
    extra: dict[str, Any],
    message: str,
) -> None:
    """An error has the status, the parsed body, its message, the headers, the request id, and says what was billed."""
    with pytest.raises(getattr(segmind_flux_schnell, error)) as raised:
        calling(api_key=key, base_url=sandbox.url)(prompt="a tiger", extra_body=extra)
    entry = sandbox.ledger.posts[-1]
    assert (raised.value.status_code, entry.status) == (status, status)
    assert isinstance(raised.value.body, ErrorBody)
    assert message in (raised.value.message or "")
    assert raised.value.headers["content-type"] == "application/json"
    assert raised.value.request_id == entry.request_id
    assert raised.value.billed is False
    assert entry.billed == 0


def test_a_wrong_path_is_not_found(calling: Calling, sandbox: Sandbox) -> None:
    """A base URL with a wrong path leads to the error of 404."""
    with pytest.raises(NotFoundError, match=f"404 Not Found: {NotFoundError.meaning}"):
        calling(base_url=f"{sandbox.url}/v7")(prompt="a tiger")


def test_a_page_of_html_is_not_a_parsed_body(calling: Calling, server: RespondingServer) -> None:
    """The 405 of the service is a page of HTML: the error has its text, and None as the parsed body."""
    server.response = http_response("405 Method Not Allowed", b"<h1>Method\nNot Allowed</h1>", HTML)
    with pytest.raises(MethodNotAllowedError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert (raised.value.body, raised.value.message) == (None, None)
    assert raised.value.text == "<h1>Method\nNot Allowed</h1>"
    assert str(raised.value) == (
        f"generate_image (POST /v1/flux-schnell): 405 Method Not Allowed: {MethodNotAllowedError.meaning}: "
        "the body (text/html) is '<h1>Method Not Allowed</h1>'; not billed"
    )


def test_the_end_of_a_rate_limit_is_known(calling: Calling, sandbox: Sandbox) -> None:
    """A header that belongs to one status is an attribute of its error."""
    with pytest.raises(RateLimitedError) as raised:
        calling(api_key=accounts.KEY_RATE_LIMITED, base_url=sandbox.url)(prompt="a tiger")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", raised.value.rate_limit_reset_at_utc or "")


def test_a_model_that_has_to_start_is_not_billed(calling: Calling, sandbox: Sandbox) -> None:
    """A cold model gives a 503 with a page of HTML: nothing was done, and the call can be sent again."""
    meaning = ServiceUnavailableError.meaning
    with pytest.raises(ServiceUnavailableError, match=f"503 Service Unavailable: {meaning}") as raised:
        calling(api_key=accounts.KEY_COLD, base_url=sandbox.url)(prompt="a tiger")
    assert (raised.value.status_code, raised.value.temporary) == (503, True)
    assert (raised.value.billed, raised.value.outcome) == (False, "retryable")
    assert "The model is starting." in raised.value.text


def test_the_errors_are_those_of_the_document(document: dict[str, Any]) -> None:
    """Each documented failure has a class, which names its status and its meaning; no class names another."""
    documented = [
        (status, facts) for name in operations(document) for status, facts in failures(document, name).items()
    ]
    classes = [value for value in vars(segmind_flux_schnell.errors).values() if StatusError in _bases(value)]
    assert {status for cls in classes for status in cls.documented} == {status for status, _ in documented}
    for status, facts in documented:
        assert any(status in cls.documented and facts["description"].startswith(cls.meaning) for cls in classes)
    for cls in classes:
        for status in cls.documented:
            assert any(status == one and facts["description"].startswith(cls.meaning) for one, facts in documented)
            assert " ".join((cls.__doc__ or "").split()).startswith(f"{status}: {cls.meaning}")


def _bases(value: object) -> tuple[type, ...]:
    return value.__bases__ if isinstance(value, type) else ()


def test_a_body_with_more_than_documented_is_parsed(calling: Calling, server: RespondingServer) -> None:
    """Fields that the document does not have are kept with the body."""
    server.response = http_response("401 Unauthorized", b'{"error": "Unauthorized", "hint": "see the console"}', JSON)
    with pytest.raises(UnauthorizedError, match="the service says 'Unauthorized'; not billed") as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.body is not None
    assert raised.value.body["hint"] == "see the console"


def test_a_failure_that_the_service_does_not_describe_may_have_been_billed(
    calling: Calling, server: RespondingServer
) -> None:
    """A 500 with the page of a gateway leaves open whether the service made the image."""
    server.response = http_response("500 Internal Server Error", b"<html>nginx</html>", HTML)
    with pytest.raises(GatewayError, match="it may have been billed") as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert (raised.value.status_code, raised.value.billed) == (500, None)


TRACE = """\
Traceback (most recent call last):
  File "/srv/serve.py", line 112, in respond
    image = pipeline(prompt)
  File "/srv/pipeline.py", line 88, in __call__
    raise RuntimeError("CUDA out of memory")
RuntimeError: \x1b[31mCUDA out of memory\x1b[0m. Tried to allocate 2.25 GiB
"""
RAISED = r"'RuntimeError: \x1b[31mCUDA out of memory\x1b[0m. Tried to allocate 2.25 GiB'"


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (http_response("500 Internal Server Error", json.dumps({"error": TRACE}).encode(), JSON), "the service says "),
        (http_response("500 Internal Server Error", json.dumps({"error": "Oh.\n" + TRACE}).encode(), JSON), "says "),
        (
            http_response("500 Internal Server Error", TRACE.encode(), TEXT),
            "the body (text/plain) is a stack trace of ",
        ),
        (http_response("418 ", TRACE.encode(), TEXT), "the body (text/plain) is a stack trace of "),
        (http_response("200 OK", json.dumps({"why": [TRACE]}).encode(), JSON), "is a stack trace of "),
        (http_response("500 ", (TRACE + "\nDuring handling:\n" + TRACE).encode(), TEXT), "is a stack trace of "),
    ],
    ids=["documented", "with a line before it", "text", "undocumented", "with a success", "two"],
)
def test_a_stack_trace_of_the_service_is_one_line(
    calling: Calling, server: RespondingServer, response: bytes, said: str
) -> None:
    """The message has what was raised, its escape sequences escaped; `text` has everything."""
    server.response = response
    with pytest.raises(ResponseError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    line = str(raised.value)
    assert f"{said}{RAISED}; " in line
    assert line.isprintable()
    assert "serve.py" not in line
    assert "pipeline.py" in raised.value.text


@pytest.mark.parametrize(
    "text",
    ["Traceback (most recent call last): none is here", "the Traceback (most recent call last):", "no trace\nat all"],
)
def test_what_only_mentions_a_stack_trace_is_shown_as_it_is(
    calling: Calling, server: RespondingServer, text: str
) -> None:
    """Nothing of it is left out."""
    server.response = http_response("500 Internal Server Error", json.dumps({"error": text}).encode(), JSON)
    with pytest.raises(ServerError, match=re.escape(f"the service says {' '.join(text.split())!r}; not billed")):
        calling(base_url=server.url)(prompt="a tiger")


def test_a_long_text_is_shortened_in_the_message(calling: Calling, server: RespondingServer) -> None:
    """The text of an error has the start and the end of the service's message; `message` has all of it."""
    text = "it begins" + "  line\\n" * 1000 + "and ends"
    server.response = http_response("500 Internal Server Error", f'{{"error": "{text}"}}'.encode(), JSON)
    with pytest.raises(ServerError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    line = str(raised.value)
    assert "the service says 'it begins line" in line
    assert "and ends'; not billed" in line
    assert len(line) < 600
    assert len(raised.value.message or "") > 7000


@pytest.mark.parametrize(
    "response",
    [http_response("401 ", b"<"), http_response("520 ", b""), http_response("200 OK", b""), b""],
    ids=["documented", "undocumented", "no image", "nothing"],
)
def test_all_errors_have_one_base(calling: Calling, server: RespondingServer, response: bytes) -> None:
    """`except APIError` catches everything that the client raises, and `request` is what was sent."""
    server.response = response
    with pytest.raises(APIError) as raised:
        calling(base_url=server.url)(prompt="a tiger", extra_body={"unlisted": 3.5})
    error: Any = raised.value
    assert str(error.request) == "generate_image (POST /v1/flux-schnell)"
    assert (error.request.json["prompt"], error.request.json["unlisted"]) == ("a tiger", 3.5)


def test_response_errors_share_their_attributes() -> None:
    """`except ResponseError` catches the error of any response, documented or not."""
    for kind in (StatusError, UndocumentedStatusError, InvalidImageError):
        assert issubclass(kind, ResponseError)
