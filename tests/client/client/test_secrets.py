"""The key is sent in its header, and shown nowhere."""

import copy
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from segmind_flux_schnell import APIError, AsyncClient, Client, ConfigurationError
from segmind_flux_schnell._runtime.spec.credentials import Secret
from tests.client.calling import Caller, Recorder
from tests.client.conftest import Calling
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response

CANARY = "SG_canary_5f0e"
PASSWORD = "canary-of-a-header"


@pytest.fixture
def caller(calling: Calling, server: RespondingServer) -> Caller:
    """A caller with a key and a header that are secret."""
    return calling(api_key=CANARY, base_url=server.url, headers={"authorization": PASSWORD})


RESPONSES: dict[str, bytes] = {
    "documented status": http_response("401 ", b'{"error": "Unauthorized"}'),
    "undocumented status": http_response("520 ", b"<html>"),
    "no image": http_response("200 OK", b"{}", JPEG_TYPE),
    "redirect elsewhere": http_response("307 ", b"", "location: http://127.0.0.1:1/"),
    "redirect to nowhere": http_response("307 ", b"", "location: http://[::1"),
    "no response": b"",
    "key repeated": http_response("401 ", f'{{"error": "no such key: {CANARY}"}}'.encode(), f"x-request-id: {CANARY}"),
    "key repeated by a gateway": http_response("502 ", f"<p>x-api-key: {CANARY}</p>".encode(), f"x-echo: {CANARY}"),
    "key in a page": http_response("200 OK", f"<p>{CANARY}</p>".encode(), "content-type: text/html"),
    "key in a redirect": http_response("302 ", b"", f"location: https://elsewhere.example/?key={CANARY}"),
}


@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES)
def test_no_error_of_a_response_shows_the_key(caller: Caller, server: RespondingServer, response: bytes) -> None:
    """It is in no message, repr, attribute, pickle or local variable, even if the service repeats it."""
    server.response = response
    assert_unseen(lambda: caller(prompt="a tiger"))
    assert server.received[0].headers["x-api-key"] == CANARY


@pytest.mark.parametrize(
    "failure",
    [httpx.ConnectError("refused"), httpx.ReadTimeout(""), httpx.ProxyError("407")],
    ids=lambda failure: type(failure).__name__,
)
def test_no_error_without_a_response_shows_the_key(calling: Calling, failure: Exception) -> None:
    """The exceptions of the HTTP library hold the request with its headers: ours are not chained to them."""

    def failing(request: httpx.Request) -> httpx.Response:
        assert request.headers["x-api-key"] == CANARY
        raise failure

    caller = calling(api_key=CANARY, transport=httpx.MockTransport(failing))
    assert_unseen(lambda: caller(prompt="a tiger"))


@pytest.mark.parametrize(
    "call",
    [{"prompt": ""}, {"prompt": "a tiger", "extra_body": {"when": {1}}}, {"prompt": "a tiger", "timeout": -1}],
    ids=["fault", "extra body", "timeout"],
)
def test_no_error_before_sending_shows_the_key(caller: Caller, call: dict[str, Any]) -> None:
    """The error of a check has no key, although it is raised where the key is."""
    assert_unseen(lambda: caller(**call))


@pytest.mark.parametrize("options", [{"api_key": f"{CANARY}\n" * 2}, {"api_key": f"{CANARY}é"}])
def test_no_error_of_the_configuration_shows_the_key(calling: Calling, options: dict[str, Any]) -> None:
    """A key that cannot be sent is not shown either."""
    with pytest.raises(APIError) as raised:
        calling(**options)(prompt="a tiger")
    assert not [text for text in chain_of(raised.value) if CANARY in text]


def test_no_key_of_the_environment_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error of a key in the environment has it in no local variable of the client."""
    monkeypatch.setenv("SEGMIND_API_KEY", f"{CANARY}é")
    assert_unseen(Client)


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_no_client_shows_the_key(recorder: Recorder, kind: Any) -> None:
    """The repr of a client, and of its attributes, has no key."""
    client = kind(api_key=CANARY, headers={"authorization": PASSWORD}, transport=recorder.transport)
    seen = [repr(client), str(client), repr(vars(client)), f"{client}", repr(vars(client)["_connection"])]
    assert not [text for text in seen if CANARY in text or PASSWORD in text]


def test_no_log_shows_the_key(caller: Caller, server: RespondingServer, caplog: pytest.LogCaptureFixture) -> None:
    """With all loggers at DEBUG, those of the HTTP library included, no record has the key."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    with caplog.at_level(logging.DEBUG):
        for name in ("httpx", "httpcore", "segmind_flux_schnell"):
            caplog.set_level(logging.DEBUG, name)
        caller(prompt="a tiger")
    assert any(record.name.startswith("http") for record in caplog.records)
    records = [f"{record.getMessage()} {record.args} {vars(record)}" for record in caplog.records]
    assert not [record for record in records if CANARY in record or PASSWORD in record]


def test_no_result_holds_the_key(caller: Caller, server: RespondingServer) -> None:
    """An image can be pickled and printed: it has no key."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    image = caller(prompt="a tiger")
    assert CANARY.encode() not in pickle.dumps(image)
    assert CANARY not in f"{image!r} {image.headers!r}"


@pytest.mark.parametrize("travel", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_key_is_not_copied(travel: Callable[[Any], Any]) -> None:
    """A key cannot be copied or pickled, and all keys have the same repr."""
    secret = Secret(CANARY)
    with pytest.raises(TypeError, match="A key is not pickled"):
        travel(secret)
    assert repr(secret) == str(secret) == f"{secret}" == "Secret(…)"


def assert_unseen(call: Callable[[], object]) -> None:
    """Check that a call raises an error of the package that shows no secret."""
    with pytest.raises(APIError) as raised:
        call()
    seen = [*chain_of(raised.value), repr(pickle.dumps(raised.value)), *locals_of_the_client(raised.value)]
    assert not [text for text in seen if CANARY in text or PASSWORD in text]


def chain_of(error: BaseException | None) -> list[str]:
    """Everything that an error shows, with the errors that it is chained to."""
    found: list[str] = []
    while error is not None:
        found += [str(error), repr(error), repr(error.args), repr(vars(error))]
        error = error.__cause__ or error.__context__
    return found


def locals_of_the_client(error: BaseException) -> list[str]:
    """The local variables of the client's functions, which tools that collect errors record."""
    trace = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = [frame for frame in trace.stack if "segmind_flux_schnell" in frame.filename]
    assert frames
    return [repr(frame.locals) for frame in frames]


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_a_client_that_cannot_be_made_shows_no_key(kind: type[Client] | type[AsyncClient]) -> None:
    """No local variable of the traceback holds the key, also if another argument is wrong."""
    with pytest.raises(ConfigurationError) as raised:
        kind(api_key=CANARY, base_url="no URL")
    trace = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    inside = [frame for frame in trace.stack if "segmind_flux_schnell" in frame.filename]
    assert inside
    assert CANARY not in repr([frame.locals for frame in inside])
