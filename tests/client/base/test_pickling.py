"""Pickles and copies, which Celery and multiprocessing make: errors, results and requests stay what they are."""

import copy
import pickle
import threading
from typing import Any

import pytest

from segmind_flux_schnell import (
    UNSET,
    APIError,
    AsyncClient,
    Client,
    ConfigurationError,
    GatewayError,
    GenerateImageRequest,
    GenerateImageResponse,
    InvalidImageError,
    InvalidRequestError,
    MissingKeyError,
    NotSentError,
    OutcomeUnknownError,
    RedirectRefusedError,
    ServiceUnavailableError,
    UnauthorizedError,
    UndocumentedStatusError,
)
from tests.client.calling import Recorder
from tests.client.conftest import Calling
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response

UNAUTHORIZED = http_response("401 ", b'{"error": "Unauthorized"}', "x-request-id: r-1")

RESPONSES: dict[str, tuple[type[APIError], bytes]] = {
    "documented status": (UnauthorizedError, UNAUTHORIZED),
    "undocumented status": (UndocumentedStatusError, http_response("499 ", b"<html>")),
    "gateway": (GatewayError, http_response("520 ", b"<html>")),
    "redirect": (RedirectRefusedError, http_response("307 ", b"", "location: /elsewhere")),
    "not now": (ServiceUnavailableError, http_response("503 ", b"<html>", "retry-after: 7")),
    "no image": (InvalidImageError, http_response("200 OK", b"{}", JPEG_TYPE)),
    "no response": (OutcomeUnknownError, b""),
}


def travelled(value: Any) -> Any:
    """A value as another process receives it."""
    return pickle.loads(pickle.dumps(value))


def assert_same_error(after: APIError, before: APIError) -> None:
    """Check that type, message and all attributes are the same."""
    assert type(after) is type(before)
    assert (str(after), after.args, after.billed) == (str(before), before.args, before.billed)
    assert vars(after) == vars(before)


@pytest.mark.parametrize(("error", "response"), RESPONSES.values(), ids=RESPONSES)
def test_errors_of_responses_travel(
    calling: Calling, server: RespondingServer, error: type[APIError], response: bytes
) -> None:
    """An error keeps its status, headers, body, bytes and request, pickled or copied."""
    server.response = response
    with pytest.raises(error) as raised:
        calling(base_url=server.url)(prompt="a tiger", extra_body={"unlisted": [3.5, None]})
    assert_same_error(travelled(raised.value), raised.value)
    assert_same_error(copy.deepcopy(raised.value), raised.value)


def test_errors_before_sending_travel(calling: Calling) -> None:
    """So does the error of a connection that could not be made, or of a wrong configuration."""
    with pytest.raises(NotSentError) as not_sent:
        calling(base_url="http://127.0.0.1:1")(prompt="a tiger")
    assert_same_error(travelled(not_sent.value), not_sent.value)
    with pytest.raises(MissingKeyError) as missing:
        Client()
    assert_same_error(travelled(missing.value), missing.value)
    with pytest.raises(ConfigurationError) as wrong:
        Client(api_key="k", base_url="nowhere")
    assert_same_error(travelled(wrong.value), wrong.value)


def test_faults_travel(client: Client) -> None:
    """The error of a wrong call keeps all faults, and a missing value is still UNSET."""
    wrong: dict[str, Any] = {"steps": 99, "sampler_name": "eulr"}
    with pytest.raises(InvalidRequestError) as raised:
        client.generate_image(**wrong)
    after = travelled(raised.value)
    assert_same_error(after, raised.value)
    assert after.faults[0].value is UNSET


@pytest.mark.parametrize(
    "value", [threading.Lock(), lambda: None, {1, 2}, iter(())], ids=lambda value: type(value).__name__
)
def test_faults_with_values_that_cannot_travel_do(client: Client, value: Any) -> None:
    """A value that cannot be pickled is replaced by its repr, so that the message stays the same."""
    with pytest.raises(InvalidRequestError) as raised:
        client.generate_image(prompt="a tiger", steps=value, extra_body={"when": value})
    after = travelled(raised.value)
    assert str(after) == str(raised.value)
    assert [str(fault) for fault in after.faults] == [str(fault) for fault in raised.value.faults]
    assert str(travelled(after)) == str(after)


def test_a_note_travels_with_its_error(calling: Calling, server: RespondingServer) -> None:
    """A note that a caller adds to an error is kept."""
    server.response = UNAUTHORIZED
    with pytest.raises(UnauthorizedError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    raised.value.add_note("in batch 7")
    assert travelled(raised.value).__notes__ == ["in batch 7"]


def test_results_travel(calling: Calling, server: RespondingServer) -> None:
    """An image and a detailed response stay equal."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE, "x-remaining-credits: 5")
    caller = calling(base_url=server.url)
    image = caller(prompt="a tiger")
    assert travelled(image) == image == copy.deepcopy(image)
    assert travelled(image).remaining_credits == 5
    response = caller.detailed(GenerateImageRequest(prompt="a tiger"))
    assert isinstance(travelled(response), GenerateImageResponse)
    assert travelled(response) == response


def test_requests_travel() -> None:
    """A request stays equal: an unset field is unset, and further fields are kept."""
    request = GenerateImageRequest(prompt="a tiger", seed=UNSET)
    request["unlisted"] = 3.5
    after = travelled(request)
    assert after == request
    assert after.seed is UNSET
    assert after.to_dict() == request.to_dict()
    with pytest.raises(InvalidRequestError):
        after.steps = 99


def test_unset_stays_itself() -> None:
    """There is one UNSET: copies and pickles give the same."""
    assert travelled(UNSET) is UNSET
    assert copy.copy(UNSET) is UNSET
    assert copy.deepcopy([UNSET])[0] is UNSET
    assert type(UNSET)() is UNSET
    assert not UNSET
    assert repr(UNSET) == "UNSET"


@pytest.mark.parametrize("kind", [Client, AsyncClient])
@pytest.mark.parametrize("travel", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_client_does_not_travel(recorder: Recorder, kind: Any, travel: Any) -> None:
    """A client holds connections and a key, so it cannot be pickled or copied."""
    client = kind(api_key="k", transport=recorder.transport)
    with pytest.raises(TypeError, match="A client holds connections and a key"):
        travel(client)
