"""Responses that are not documented: each is a typed error, or an image all the same."""

import gzip

import httpx
import pytest

from segmind_flux_schnell import (
    GatewayError,
    InvalidImageError,
    NotSentError,
    OutcomeUnknownError,
    RedirectRefusedError,
    ResponseError,
    UnauthorizedError,
    UndocumentedStatusError,
)
from tests.client.conftest import Calling
from tests.client.documented import undocumented
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response

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
    "image": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_a_body_of_another_shape_raises_the_error_of_its_status(
    calling: Calling, server: RespondingServer, body: bytes
) -> None:
    """A documented status raises its error whatever the body: without a parsed body, but with the bytes."""
    server.response = http_response("401 Unauthorized", body, JSON)
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
    calling: Calling, server: RespondingServer, charset: str, body: bytes, text: str
) -> None:
    """The text of an error is decoded in the charset of its content type, or as UTF-8 if there is no such charset."""
    server.response = http_response("401 Unauthorized", body, f"content-type: text/html{charset}")
    with pytest.raises(UnauthorizedError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.text == text


@pytest.mark.parametrize("status", undocumented("402 Payment Required", "499 ", "201 Created", "204 No Content"))
@pytest.mark.parametrize("body", [b"", b"<html>"])
def test_any_other_status_is_undocumented(calling: Calling, server: RespondingServer, status: str, body: bytes) -> None:
    """A status that IANA does not list, or another success, raises an error after one request."""
    content = b"" if status.startswith("204") else body
    server.response = http_response(status, content, "location: /elsewhere", "x-request-id: r-1")
    with pytest.raises(UndocumentedStatusError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.status_code == int(status[:3])
    assert f"): {status.rstrip()}: the status is not documented" in str(raised.value)
    assert "it may have been billed (request id r-1)" in str(raised.value)
    assert len(server.received) == 1


@pytest.mark.parametrize("status", ["300 ", "301 Moved", "302 Found", "303 ", "304 ", "307 ", "308 ", "399 "])
@pytest.mark.parametrize("location", ["/elsewhere", "http://127.0.0.1:1/", "http://[::1", None])
def test_a_redirect_is_refused(calling: Calling, server: RespondingServer, status: str, location: str | None) -> None:
    """No redirect is followed, so that the key goes nowhere else: the error has its location."""
    server.response = http_response(status, b"", *([f"location: {location}"] if location else []))
    with pytest.raises(RedirectRefusedError, match="is not followed: if it is right, set base_url") as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.location == location
    assert raised.value.billed is None
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "status", undocumented("501 ", "502 Bad Gateway", "504 ", "520 ", "599 Network Timeout", "999 ")
)
@pytest.mark.parametrize("body", [b"", b"<html>", b'{"error": "down"}'])
def test_a_failure_of_a_gateway_leaves_the_outcome_unknown(
    calling: Calling, server: RespondingServer, status: str, body: bytes
) -> None:
    """A 5xx that is not documented leaves open what the service did with the request."""
    server.response = http_response(status, body, "x-request-id: r-1")
    with pytest.raises(GatewayError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert isinstance(raised.value, OutcomeUnknownError)
    assert isinstance(raised.value, ResponseError)
    assert (raised.value.status_code, raised.value.content) == (int(status[:3]), body)
    assert (raised.value.billed, raised.value.outcome) == (None, "unknown")
    assert raised.value.request.json["prompt"] == "a tiger"
    assert "the document does not explain this failure" in str(raised.value)
    assert str(raised.value).endswith("it may have been billed (request id r-1)")


NOT_IMAGES: dict[str, tuple[bytes, list[str], str]] = {
    "JSON": (b'{"image": "aGVsbG8="}', [JSON], "image/jpeg was expected: the body (application/json) is "),
    "HTML": (b"<html>", [HTML], "image/jpeg was expected: the body (text/html) is '<html>'"),
    "JSON labelled as an image": (b'{"a": 1}', [JPEG_TYPE], "labelled image/jpeg, but not an image: the body"),
    "JPEG cut off": (jpeg()[:-20], [JPEG_TYPE], f"the image is cut off: its {len(jpeg()) - 20} bytes have no end"),
    "empty": (b"", [JPEG_TYPE], "the body is empty"),
    "bytes without a content type": (b"\0\1", [], "image/jpeg was expected: the body (no content type) is "),
    "no gzip": (jpeg()[:-20], [JPEG_TYPE, "content-encoding: gzip"], "the body is not valid gzip: Error -3"),
    "a coding of its own": (
        jpeg()[:-20],
        [JPEG_TYPE, "content-encoding: br"],
        "the body is encoded as br, which was not",
    ),
    "bytes with an odd content type": (b"?", ["content-type: \xff;=;"], "image/jpeg was expected: the body (\xff) is "),
}


@pytest.mark.parametrize(("body", "headers", "message"), NOT_IMAGES.values(), ids=NOT_IMAGES)
def test_a_success_without_an_image_is_an_error_with_its_bytes(
    calling: Calling, server: RespondingServer, body: bytes, headers: list[str], message: str
) -> None:
    """A 200 without a whole image raises; it was paid for, so the error has the bytes."""
    server.response = http_response("200 OK", body, *headers, "x-request-id: r-1")
    with pytest.raises(InvalidImageError) as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert f"200 OK: {message}" in str(raised.value)
    assert str(raised.value).endswith("; billed (request id r-1)")
    assert raised.value.content == body
    assert raised.value.billed is True


@pytest.mark.parametrize(
    "response",
    [
        b"HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ncontent-length: 1000\r\n\r\n\xff\xd8\xff",
        b"HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ntransfer-encoding: chunked\r\n\r\n3\r\n\xff\xd8\xff\r\nZZ\r\n",
    ],
    ids=["less than announced", "broken chunks"],
)
def test_an_image_that_breaks_off_was_paid_for(calling: Calling, server: RespondingServer, response: bytes) -> None:
    """An image with a 200 is billed: the error says so, and has the bytes that were received."""
    server.response = response
    with pytest.raises(InvalidImageError, match="the body broke off: ") as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.content == b"\xff\xd8\xff"
    assert raised.value.billed is True
    assert len(server.received) == 1


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "no HTTP": b"\x00\x01\x02\r\n\r\n",
    "status line alone": b"HTTP/1.1 200 OK\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
    "no such status": http_response("099 ", b""),
    "headers without end": http_response("200 OK", jpeg(), JPEG_TYPE, f"x-long: {'x' * 200_000}"),
}


@pytest.mark.parametrize("response", BROKEN.values(), ids=BROKEN)
def test_a_response_that_is_not_whole_leaves_the_outcome_unknown(
    calling: Calling, server: RespondingServer, response: bytes
) -> None:
    """The request was sent and the response cannot be read: the error says that it may have been billed."""
    server.response = response
    with pytest.raises(OutcomeUnknownError, match="the outcome is unknown, so it may have been billed") as raised:
        calling(base_url=server.url)(prompt="a tiger")
    assert raised.value.billed is None
    assert raised.value.request.json["prompt"] == "a tiger"
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(http_response("200 OK", gzip.compress(jpeg()), JPEG_TYPE, "content-encoding: gzip"), id="gzip"),
        pytest.param(http_response("200 OK", jpeg(), JPEG_TYPE, version="1.0"), id="HTTP/1.0"),
        pytest.param(b"HTTP/1.0 200 OK\r\ncontent-type: image/jpeg\r\n\r\n" + jpeg(), id="without a length"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + http_response("200 OK", jpeg(), JPEG_TYPE), id="100 first"),
        pytest.param(
            http_response("200 OK", jpeg(), JPEG_TYPE, "set-cookie: \xff=\xfe; expires=never"), id="odd cookie"
        ),
        pytest.param(http_response("200 OK", jpeg() + b"\0\0", JPEG_TYPE), id="padded image"),
    ],
)
def test_an_unusual_response_is_an_image_all_the_same(
    calling: Calling, server: RespondingServer, response: bytes
) -> None:
    """Everything that HTTP allows is read, however rare it is."""
    server.response = response
    assert calling(base_url=server.url)(prompt="a tiger").width == 1024


def test_no_connection_means_not_sent(calling: Calling) -> None:
    """Without a connection nothing was sent, so nothing was billed; the error is a ConnectionError too."""
    url = "http://127.0.0.1:1"
    with pytest.raises(NotSentError, match=f"not sent, so not billed: nothing is listening at {url}$") as raised:
        calling(base_url=url)(prompt="a tiger")
    assert raised.value.billed is False
    assert isinstance(raised.value, ConnectionError)


def test_exceptions_of_foreign_transports_pass_through(calling: Calling) -> None:
    """An exception of the caller's transport that is not a failure of HTTP is not caught."""

    def failing(request: httpx.Request) -> httpx.Response:
        raise KeyError("of the transport")

    with pytest.raises(KeyError, match="of the transport"):
        calling(transport=httpx.MockTransport(failing))(prompt="a tiger")


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_is_not_swallowed(calling: Calling, interrupt: type[BaseException]) -> None:
    """Ctrl-C during a call reaches the caller."""

    def interrupted(request: httpx.Request) -> httpx.Response:
        raise interrupt

    caller = calling(transport=httpx.MockTransport(interrupted))
    with pytest.raises(interrupt):
        caller(prompt="a tiger")
