"""A service that repeats the key in an encoding gets it into nothing that the client gives or raises."""

import gzip
import logging
import pickle
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell import APIError, InvalidImageError, OutcomeUnknownError, ResponseError
from segmind_flux_schnell._runtime.spec.key_search import KeySearch
from tests.client.calling import Caller, Kind, with_transport
from tests.client.client.test_secrets import chain_of, locals_of_the_client
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response
from tests.client.spec.encodings import ENCODINGS

CANARY = "SG_" + "5f0e12ab90cd34ef"
SEARCH = KeySearch([CANARY])
JSON = "content-type: application/json"


@pytest.fixture(params=["sync", "async", "aiohttp"])
def caller(request: pytest.FixtureRequest, server: RespondingServer) -> Caller:
    """A caller of each kind."""
    kind: Kind = request.param
    options: dict[str, Any] = {"api_key": CANARY, "base_url": server.url}
    return Caller("sync", options) if kind == "sync" else Caller("async", with_transport(kind, options))


def error_of(caller: Caller, server: RespondingServer, response: bytes) -> APIError:
    """The error of a call that gets this response, after a check that nothing of it has the key."""
    server.response = response
    with pytest.raises(APIError) as raised:
        caller(prompt="a tiger")
    error = raised.value
    seen = [*chain_of(error), repr(pickle.dumps(error)), *locals_of_the_client(error)]
    held = [pickle.dumps(error), *(getattr(error, name, b"") for name in ("content", "body"))]
    texts = [text.encode(errors="replace") for text in seen] + [one for one in held if isinstance(one, bytes)]
    if isinstance(error, ResponseError):
        texts += [error.text.encode(errors="replace"), repr(error.headers.received).encode()]
    assert not [text for text in texts if SEARCH.is_hidden_in(text)]
    return error


def echoed(name: str, status: str) -> bytes:
    """A response with the key in an encoding, beside bytes that are not UTF-8."""
    body = b'\xff\xfe{"error": "no such key: ' + ENCODINGS[name](CANARY.encode()) + b'"}\x80'
    return http_response(status, body, JPEG_TYPE if status.startswith("2") else JSON)


@pytest.mark.parametrize("name", ENCODINGS)
def test_no_encoding_gets_a_key_into_an_error(server: RespondingServer, name: str) -> None:
    """In a body that is not quite text."""
    error_of(Caller("sync", {"api_key": CANARY, "base_url": server.url}), server, echoed(name, "401 "))


@pytest.mark.parametrize("name", ["as it is", "base64", "hex"])
@pytest.mark.parametrize("status", ["401 ", "502 ", "520 ", "200 OK"])
def test_no_status_gets_a_key_into_an_error(caller: Caller, server: RespondingServer, name: str, status: str) -> None:
    """Whatever the status and the label say, over every transport: all bodies are searched for all encodings."""
    error_of(caller, server, echoed(name, status))


PACKED: dict[str, tuple[str, bytes]] = {
    "gzip": ("gzip", gzip.compress(CANARY.encode())),
    "deflate": ("deflate", zlib.compress(CANARY.encode())),
    # Without libraries for these, nobody can look into them.
    "br": ("br", b"\x8b\x09\x80" + CANARY.encode() + b"\x03"),
    "zstd": ("zstd", b"\x28\xb5\x2f\xfd\x20\x13\x99\x00\x00" + CANARY.encode()),
    "gzip in gzip": ("gzip, gzip", gzip.compress(gzip.compress(CANARY.encode()))),
    "broken gzip": ("gzip", gzip.compress(CANARY.encode())[:-5] + b"\xff"),
    "no gzip": ("gzip", CANARY.encode()),
}


@pytest.mark.parametrize(("encoding", "body"), PACKED.values(), ids=PACKED)
@pytest.mark.parametrize("status", ["401 ", "502 "])
def test_no_compressed_body_gets_a_key_into_an_error(
    caller: Caller, server: RespondingServer, status: str, encoding: str, body: bytes
) -> None:
    """Also one that the client did not ask for, or cannot unpack."""
    error = error_of(caller, server, http_response(status, body, JSON, f"content-encoding: {encoding}"))
    if encoding in ("br", "zstd", "gzip, gzip"):
        assert "The body is withheld" in str(getattr(error, "text", ""))


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-be", "utf-32", "utf-7", "cp037", "cp500"])
def test_no_charset_gets_a_key_into_an_error(caller: Caller, server: RespondingServer, charset: str) -> None:
    """A body is read in the charset that the service names, and that may be any."""
    body = f"no such key: {CANARY}".encode(charset)
    error_of(caller, server, http_response("401 ", body, f"content-type: text/plain; charset={charset}"))


@pytest.mark.parametrize(
    "name", [name for name in ENCODINGS if b"\0" not in (body := ENCODINGS[name](b"SG_")) and body]
)
def test_no_header_gets_a_key_into_an_error(server: RespondingServer, name: str) -> None:
    """In a value, in the name of a header, and under the name of the header of the key in another letter case."""
    value = ENCODINGS[name](CANARY.encode())
    if any(one < 32 or one > 126 for one in value):
        pytest.skip("no header can hold it")
    headers = [f"x-echo: {value.decode()}", f"X-API-KEY: {value.decode()}", f"x-request-id: {value.decode()}"]
    if name == "as it is":
        headers.append(f"{CANARY}: 1")
    caller = Caller("sync", {"api_key": CANARY, "base_url": server.url})
    error_of(caller, server, http_response("401 ", b"{}", *headers))


@pytest.mark.parametrize(
    "response",
    [
        f"HTTP/1.1 {CANARY} no\r\n\r\n",
        f"{CANARY}\r\n\r\n",
        f"HTTP/1.1 200 OK\r\nno header {CANARY}\r\n\r\n",
        f"HTTP/1.1 200 OK\r\ncontent-length: {CANARY}\r\n\r\n",
        f"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{CANARY}\r\n",
    ],
    ids=["status", "no HTTP", "header line", "length", "chunk"],
)
def test_no_parser_gets_a_key_into_an_error(caller: Caller, server: RespondingServer, response: str) -> None:
    """A parser quotes what is not HTTP, and the error of the client quotes the parser."""
    assert isinstance(error_of(caller, server, response.encode()), (OutcomeUnknownError, ResponseError))


def test_a_body_that_ends_within_the_key(caller: Caller, server: RespondingServer) -> None:
    """A response that breaks off there has most of the key."""
    body = http_response("401 ", f"no such key: {CANARY}".encode(), JSON)[:-1]
    error = error_of(caller, server, body)
    assert CANARY[:-1] not in f"{error} {vars(error)!r}"


def test_an_image_that_holds_the_key_is_kept_without_it(
    caller: Caller, server: RespondingServer, tmp_path: Path
) -> None:
    """It was paid for, and it may be published: asterisks of the same length take the place of the key."""
    image = jpeg(512, 512)
    comment = b"\xff\xfe" + (len(CANARY) + 2).to_bytes(2, "big") + CANARY.encode()
    server.response = http_response("200 OK", image[:2] + comment + image[2:], JPEG_TYPE)
    result = caller(prompt="a tiger", width=512, height=512)
    assert result.content == image[:2] + comment.replace(CANARY.encode(), b"*" * len(CANARY)) + image[2:]
    if caller.kind == "sync":
        with caller.blocking_client() as client:
            client.generate_image_to_file(tmp_path / "tiger.jpg", prompt="a tiger", width=512, height=512)
        assert CANARY.encode() not in (tmp_path / "tiger.jpg").read_bytes()


@pytest.mark.parametrize("level", [1, logging.DEBUG])
@pytest.mark.parametrize(
    "response",
    [
        http_response("401 ", b"{}", f"x-echo: {CANARY}", f"x-hex: {CANARY.encode().hex()}"),
        f"HTTP/1.1 {CANARY} no\r\n\r\n".encode(),
        http_response("200 OK", jpeg(), JPEG_TYPE, f"x-echo: {CANARY}"),
    ],
    ids=["headers", "no HTTP", "image"],
)
def test_no_log_of_a_library_has_an_echoed_key(
    caller: Caller, server: RespondingServer, caplog: pytest.LogCaptureFixture, response: bytes, level: int
) -> None:
    """At DEBUG and below, httpcore writes the headers that it receives into its log."""
    server.response = response
    with caplog.at_level(level):
        for name in ("httpx", "httpcore", "aiohttp", "asyncio", "segmind_flux_schnell"):
            caplog.set_level(level, name)
        with suppress(APIError):
            caller(prompt="a tiger")
    assert caplog.records
    records = [f"{record.getMessage()} {record.args} {vars(record)}" for record in caplog.records]
    assert not [record for record in records if SEARCH.is_hidden_in(record.encode())]


def test_an_image_under_another_label_has_no_key(caller: Caller, server: RespondingServer) -> None:
    """A message under the status of success and the label of an image."""
    error = error_of(caller, server, http_response("200 OK", f'{{"error": "{CANARY}"}}'.encode(), JPEG_TYPE))
    assert isinstance(error, InvalidImageError)
    assert error.content == b'{"error": "[key]"}'
