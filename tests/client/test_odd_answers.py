"""What is made of answers that no page documents: every one is a typed error, or a picture all the same."""

import gzip

import httpx
import pytest

from segmind_flux_schnell import (
    InvalidImageError,
    NotSentError,
    OutcomeUnknownError,
    UnauthorizedError,
    UndocumentedStatusError,
)
from tests.client.answering_server import JPEG_TYPE, AnsweringServer, http_answer
from tests.client.conftest import Calling
from tests.client.pictures import jpeg, png

JSON = "content-type: application/json"
HTML = "content-type: text/html; charset=utf-8"


SHAPES: dict[str, bytes] = {
    "empty": b"",
    "null": b"null",
    "number": b"401",
    "text": b'"Unauthorized"',
    "list": b'["Unauthorized"]',
    "list of pairs": b'[["error", "Unauthorized"]]',
    "object without error": b'{"detail": "Unauthorized"}',
    "error as an object": b'{"error": {"code": 7}}',
    "error as null": b'{"error": null}',
    "status as text": b'{"error": "Unauthorized", "status_code": "401"}',
    "cut off": b'{"error": "Unauth',
    "no UTF-8": b'{"error": "\xff\xfe"}',
    "too deep": b"[" * 100_000,
    "too long a number": b"1" * 5000,
    "HTML": b"<html><h1>Unauthorized</h1></html>",
    "picture": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_a_body_of_another_shape_is_still_the_error_of_its_status(
    calling: Calling, server: AnsweringServer, body: bytes
) -> None:
    """Whatever body comes with a documented status, its error is raised, without a parsed body but with the bytes."""
    server.answer = http_answer("401 Unauthorized", body, JSON)
    with pytest.raises(UnauthorizedError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.body is None
    assert raised.value.content == body
    assert raised.value.text == body.decode(errors="replace")
    assert raised.value.billed is False
    assert len(str(raised.value).splitlines()) == 1
    assert len(str(raised.value)) < 600


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("; charset=latin-1", b"caf\xe9", "café"),
        ("; charset=utf-16", "café".encode("utf-16"), "café"),
        ("", b"caf\xe9", "caf\ufffd"),
        ("; charset=klingon", b"caf\xe9", "caf\ufffd"),
        ("; charset=undefined", b"caf\xe9", "caf\ufffd"),
        ("; charset=idna", b"caf\xe9", "caf\ufffd"),
        ("; charset=hex", b"caf\xe9", "caf\ufffd"),
        ("; charset*=utf-8''%E2", b"caf\xe9", "caf\ufffd"),
        ("; charset=", b"caf\xe9", "caf\ufffd"),
    ],
)
def test_text_is_read_in_its_charset(
    calling: Calling, server: AnsweringServer, charset: str, body: bytes, text: str
) -> None:
    """The text of an error is decoded as its content type says, and as UTF-8 if that is nonsense."""
    server.answer = http_answer("401 Unauthorized", body, f"content-type: text/html{charset}")
    with pytest.raises(UnauthorizedError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.text == text


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("520 ", "520: "),
        ("599 Network Timeout", "599: "),
        ("999 ", "999: "),
        ("402 Payment Required", "402 Payment Required: "),
        ("502 Bad Gateway", "502 Bad Gateway: "),
        ("201 Created", "201 Created: "),
        ("204 No Content", "204 No Content: "),
        ("301 Moved Permanently", "301 Moved Permanently: "),
        ("307 Temporary Redirect", "307 Temporary Redirect: "),
        ("304 Not Modified", "304 Not Modified: "),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>"])
def test_any_other_status_is_an_undocumented_one(
    calling: Calling, server: AnsweringServer, status: str, told: str, body: bytes
) -> None:
    """A status that IANA does not know, a redirect, or another success raise one error, and one request was sent."""
    content = b"" if status.startswith(("204", "304")) else body
    server.answer = http_answer(status, content, "location: /elsewhere", "x-request-id: r-1")
    with pytest.raises(UndocumentedStatusError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.status == int(status[:3])
    assert f"): {told}a status that is not documented" in str(raised.value)
    assert "it may have been billed (request id r-1)" in str(raised.value)
    assert len(server.received) == 1


NO_PICTURES: dict[str, tuple[bytes, list[str], str]] = {
    "JSON": (b'{"image": "aGVsbG8="}', [JSON], "image/jpeg was expected: the body (application/json) is "),
    "HTML": (b"<html>", [HTML], "image/jpeg was expected: the body (text/html) is '<html>'"),
    "JSON labelled as a picture": (b'{"a": 1}', [JPEG_TYPE], "labelled image/jpeg, but no picture: the body"),
    "PNG labelled as JPEG": (png(), [JPEG_TYPE], "labelled image/jpeg, but the bytes are image/png"),
    "PNG": (
        png(),
        ["content-type: image/png"],
        f"image/jpeg was expected: the body (image/png) is {len(png())} bytes that are no text",
    ),
    "JPEG cut off": (jpeg()[:-20], [JPEG_TYPE], f"the picture is cut off: its {len(jpeg()) - 20} bytes have no end"),
    "empty": (b"", [JPEG_TYPE], "labelled image/jpeg, but no picture: the body is empty"),
    "without a content type": (jpeg(), [], "image/jpeg was expected: the body (of no named type) is "),
    "with an odd content type": (jpeg(), ["content-type: \xff;=;"], "image/jpeg was expected: the body (\xff) is "),
}


@pytest.mark.parametrize(("body", "headers", "told"), NO_PICTURES.values(), ids=NO_PICTURES)
def test_a_success_without_a_picture_is_an_error_with_its_bytes(
    calling: Calling, server: AnsweringServer, body: bytes, headers: list[str], told: str
) -> None:
    """A 200 that is no whole picture of the documented type raises; it was paid for, so the bytes are kept."""
    server.answer = http_answer("200 OK", body, *headers, "x-request-id: r-1")
    with pytest.raises(InvalidImageError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert f"200 OK: {told}" in str(raised.value)
    assert str(raised.value).endswith("; billed (request id r-1)")
    assert raised.value.content == body
    assert raised.value.billed is True


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "no HTTP": b"\x00\x01\x02\r\n\r\n",
    "status line alone": b"HTTP/1.1 200 OK\r\n",
    "less than announced": b"HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ncontent-length: 1000\r\n\r\n\xff\xd8\xff",
    "two lengths": b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
    "broken chunks": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n",
    "no gzip": http_answer("200 OK", jpeg(), JPEG_TYPE, "content-encoding: gzip"),
    "no such status": http_answer("099 ", b""),
    "a redirect to nowhere": http_answer("302 Found", b"", "location: http://[::1"),
    "headers without end": http_answer("200 OK", jpeg(), JPEG_TYPE, f"x-long: {'x' * 200_000}"),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_an_answer_that_does_not_come_whole_leaves_the_outcome_unknown(
    calling: Calling, server: AnsweringServer, answer: bytes
) -> None:
    """The request went out and the answer cannot be read: the error says that it may have been billed."""
    server.answer = answer
    with pytest.raises(OutcomeUnknownError, match="the outcome is unknown, so it may have been billed") as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.billed is None
    assert raised.value.request.json["prompt"] == "a tiger"
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http_answer("200 OK", gzip.compress(jpeg()), JPEG_TYPE, "content-encoding: gzip"), id="gzip"),
        pytest.param(http_answer("200 OK", jpeg(), JPEG_TYPE, version="1.0"), id="HTTP/1.0"),
        pytest.param(b"HTTP/1.0 200 OK\r\ncontent-type: image/jpeg\r\n\r\n" + jpeg(), id="without a length"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + http_answer("200 OK", jpeg(), JPEG_TYPE), id="100 first"),
        pytest.param(http_answer("200 OK", jpeg(), JPEG_TYPE, "set-cookie: \xff=\xfe; expires=never"), id="odd cookie"),
        pytest.param(http_answer("200 OK", jpeg() + b"\0\0", JPEG_TYPE), id="padded picture"),
    ],
)
def test_an_unusual_answer_is_a_picture_all_the_same(calling: Calling, server: AnsweringServer, answer: bytes) -> None:
    """What HTTP allows is read, however rarely it is seen."""
    server.answer = answer
    assert calling(base_url=server.url)(prompt="a tiger").width == 16


def test_no_connection_means_not_sent(calling: Calling) -> None:
    """Where nobody listens nothing was sent, so nothing was billed: it is a ConnectionError too."""
    url = "http://127.0.0.1:1"
    with pytest.raises(NotSentError, match=f"not sent, so not billed: no connection to {url}: ConnectError") as raised:
        calling(base_url=url)(prompt="a tiger")
    assert raised.value.billed is False
    assert isinstance(raised.value, ConnectionError)


def test_failures_of_foreign_transports_are_typed_too(calling: Calling) -> None:
    """Whatever a transport of one's own raises while a call is on its way, the outcome is unknown."""

    def failing(request: httpx.Request) -> httpx.Response:
        raise KeyError("of the transport")

    with pytest.raises(OutcomeUnknownError, match="KeyError: 'of the transport'"):
        calling(transport=httpx.MockTransport(failing))(prompt="a tiger")


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_is_not_swallowed(calling: Calling, interrupt: type[BaseException]) -> None:
    """Ctrl-C during a call is Ctrl-C for the caller."""

    def interrupted(request: httpx.Request) -> httpx.Response:
        raise interrupt

    caller = calling(transport=httpx.MockTransport(interrupted))
    with pytest.raises(interrupt):
        caller(prompt="a tiger")
