"""Why a request failed on its way, in one sentence: the same one over each transport, and without names of classes."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from typing import Any

import pytest
from packaging.version import Version

from segmind_flux_schnell import APIError, InvalidImageError, NotSentError, OutcomeUnknownError
from tests.client.calling import Kind
from tests.client.faults.actions import Close, Read, Reset, Script, Send, Silence
from tests.client.faults.responses import ASKED, IMAGE, WHOLE, announced, responding
from tests.client.faults.servers import SELF_SIGNED, fault_server, refusing_port
from tests.client.faults.sessions import session
from tests.waiting import PATIENCE, with_time_enough

KINDS: list[Kind] = ["sync", "async", "aiohttp"]

every_kind = pytest.mark.parametrize("kind", KINDS)

NOT_SENT = "generate_image (POST /v1/flux-schnell): not sent, so not billed: "
UNKNOWN = "generate_image (POST /v1/flux-schnell): sent, but the outcome is unknown, so it may have been billed: "


def failure(kind: Kind, url: str, **options: Any) -> APIError:
    """What a call ends with."""
    with (
        session(kind, **{"api_key": "k", "base_url": url, "timeout": PATIENCE, "retry": None, **options}) as generate,
        pytest.raises(APIError) as raised,
    ):
        generate(**ASKED)
    return raised.value


def failure_of(kind: Kind, script: Script, **options: Any) -> APIError:
    """What a call ends with whose service does so."""
    with fault_server(script) as service:
        return failure(kind, service.url, **options)


@pytest.fixture
def unused() -> Iterator[str]:
    """Host and port where nobody listens."""
    with refusing_port() as origin:
        yield origin


@pytest.fixture
def silent() -> Iterator[str]:
    """URL of a port that takes no connections any more: its queue is full."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=0)) as listener:
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        for one in waiting:
            one.close()


@every_kind
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_nobody_listens(kind: Kind, scheme: str, host: str, unused: str) -> None:
    """The sentence has the address, with the scheme that was used, and neither a number nor a class."""
    url = f"{scheme}://{unused}".replace("127.0.0.1", host)
    error = failure(kind, url)
    assert isinstance(error, NotSentError)
    assert str(error) == f"{NOT_SENT}nothing is listening at {url}"


@every_kind
def test_there_is_no_such_host(kind: Kind) -> None:
    """By its name, whatever the resolver of the system says of it."""
    error = failure(kind, "https://nowhere.invalid")
    assert isinstance(error, NotSentError)
    assert str(error).startswith(f"{NOT_SENT}https://nowhere.invalid cannot be reached: ")
    assert "Errno" not in str(error)


@every_kind
def test_a_connection_that_takes_too_long(kind: Kind, silent: str) -> None:
    """With the limit that has passed."""
    error = failure(kind, silent, timeout=0.3)
    assert isinstance(error, NotSentError)
    assert str(error) == f"{NOT_SENT}no connection to {silent} within 0.3 seconds"


@every_kind
def test_a_certificate_that_is_refused(kind: Kind) -> None:
    """What OpenSSL says of it, once, and then what to do."""
    with fault_server(responding(WHOLE), certificate=SELF_SIGNED) as service:
        url = service.url
        error = failure(kind, url)
    flaw = rf"{re.escape(NOT_SENT)}the certificate of {url} is refused: self.signed certificate\. The authority"
    assert re.match(flaw, str(error)), error
    assert "SSL" not in str(error).partition("The authority")[0]


@every_kind
def test_a_service_without_tls(kind: Kind) -> None:
    """It answers in plain text to the first bytes of TLS."""
    with fault_server((Send(WHOLE), Close())) as service:
        url = service.url.replace("http:", "https:")
        error = failure(kind, url)
    assert isinstance(error, NotSentError)
    assert str(error) == f"{NOT_SENT}{url} does not speak TLS"


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_proxy_that_is_not_there(kind: Kind, scheme: str, unused: str) -> None:
    """It is the proxy where nobody listens, and its password is not shown."""
    error = failure(kind, "https://api.example.com", proxy=f"{scheme}://somebody:secret@{unused}")
    assert str(error) == f"{NOT_SENT}nothing is listening at the proxy {scheme}://{unused}"


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_proxy_that_refuses(kind: Kind) -> None:
    """With its status."""
    refusal = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"
    with fault_server((Send(refusal), Close())) as proxy:
        url = proxy.url
        error = failure(kind, "https://api.example.com", proxy=url)
    assert str(error) == f"{NOT_SENT}the proxy {url} refuses: 403 Forbidden"


SENT: dict[str, tuple[Script, str]] = {
    "closed": ((Read(), Close()), "the connection was closed before the end of the response"),
    "reset": ((Read(), Reset()), "the connection was reset"),
    "no HTTP": (responding(b"hello there\r\n\r\n"), "what was received is not HTTP"),
}


@every_kind
@pytest.mark.parametrize("name", SENT)
def test_a_connection_that_brings_no_response(kind: Kind, name: str) -> None:
    """The request was sent: the sentence says what became of the connection."""
    script, reason = SENT[name]
    if (name, kind) == ("reset", "async") and Version(version("anyio")) < Version("4.13"):
        # It does not pass on what the system said.
        reason = "the connection broke"
    error = failure_of(kind, script)
    assert isinstance(error, OutcomeUnknownError)
    assert str(error).startswith(f"{UNKNOWN}{reason}")
    assert not re.search(r"[A-Z]\w+Error|Errno", str(error))


@every_kind
def test_a_response_that_takes_too_long(kind: Kind) -> None:
    """The limit is that of the call."""

    def limited(seconds: float) -> tuple[float, APIError]:
        return seconds, failure_of(kind, (Read(), Silence()), timeout=seconds)

    seconds, error = with_time_enough(limited, lambda found: isinstance(found[1], OutcomeUnknownError), 0.3)
    assert str(error) == f"{UNKNOWN}gave up after the {seconds:g} seconds of the call"


@every_kind
def test_a_body_that_breaks_off(kind: Kind) -> None:
    """It was paid for, and the sentence says why it is not whole."""
    error = failure_of(kind, responding(announced(len(IMAGE), IMAGE[: len(IMAGE) // 2])))
    assert isinstance(error, InvalidImageError)
    reason = "the body broke off: the connection was closed before the end of the response; billed"
    assert str(error) == f"generate_image (POST /v1/flux-schnell): 200 OK: {reason}"
