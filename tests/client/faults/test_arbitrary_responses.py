"""Arbitrary bytes in place of a response: nothing but the client's own errors comes out, and the money adds up."""

import base64
import gzip
import json
import pickle
import zlib
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmind_flux_schnell import APIError, Budget, SizeMismatchWarning
from tests.client.calling import Kind
from tests.client.faults.limits import AMPLE
from tests.client.faults.responses import ASKED, ERROR, HTML, IMAGE, responding
from tests.client.faults.servers import FaultServer
from tests.client.faults.sessions import session
from tests.client.images import png

OUTCOMES = {True: {"billed"}, False: {"rejected", "retryable", "never_sent"}, None: {"unknown"}}

LIMIT = 100_000

thorough = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


class Drawn(bytes):
    """What a service responds in an example; its repr leaves the bytes of whole images out."""

    def __repr__(self) -> str:
        return repr(self.replace(IMAGE, b"{PICTURE}"))


def call(service: FaultServer, kind: Kind, response: Drawn) -> None:
    """Call once, with a client of its own, and check what comes of it."""
    service.begin(responding(response))
    posts, budget = service.posts, Budget()
    billed: bool | None = True
    options: dict[str, Any] = {"timeout": AMPLE, "retry": None, "budget": budget, "max_response_bytes": LIMIT}
    with session(kind, api_key="k", base_url=service.url, **options) as generate:
        try:
            image = generate(**ASKED)
        except APIError as error:
            billed = error.billed
            check(error)
        else:
            is_other = any(isinstance(one, SizeMismatchWarning) for one in image.warnings)
            assert ((image.width, image.height) != (ASKED["width"], ASKED["height"])) == is_other
    assert service.posts == posts + 1
    assert (budget.images, budget.reserved_images) == (billed is True, billed is None)


def check(error: APIError) -> None:
    """An error says what it was, on one line, and travels."""
    assert error.outcome in OUTCOMES[error.billed]
    assert error.attempts == 1
    assert len(str(error).splitlines()) == 1
    assert str(error).isprintable()
    travelled = pickle.loads(pickle.dumps(error))
    assert (type(travelled), travelled.args, str(travelled)) == (type(error), error.args, str(error))
    assert vars(travelled) == vars(error)
    assert (travelled.billed, travelled.outcome) == (error.billed, error.outcome)


FRAGMENTS = (
    *(
        b"HTTP/1.1 ",
        b"HTTP/1.0 ",
        b"HTTP/2 ",
        b"200 OK",
        b"401 ",
        b"500 ",
        b"302 ",
        b"100 Continue",
        b"\r\n",
        b"\r\n\r\n",
    ),
    *(
        b"content-type: image/jpeg\r\n",
        b"content-length: 5\r\n",
        b"content-length: -1\r\n",
        b"content-length: 99999\r\n",
    ),
    *(b"transfer-encoding: chunked\r\n", b"content-encoding: gzip\r\n", b"location: //\r\n", b"retry-after: 1\r\n"),
    *(
        b"5\r\nhello\r\n",
        b"0\r\n\r\n",
        b"ffffffffffffffffff\r\n",
        b": ",
        b"\0",
        b"\n",
        ERROR,
        IMAGE,
        gzip.compress(ERROR),
    ),
)
raw = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=40)), max_size=12).map(b"".join)
started = st.tuples(st.sampled_from(["200", "401", "429", "500", "302", "777"]), raw).map(
    lambda parts: f"HTTP/1.1 {parts[0]} \r\n".encode() + parts[1]
)

KNOWN_NAMES = (
    *("content-type", "content-encoding", "content-length", "transfer-encoding", "connection", "location", "upgrade"),
    *("retry-after", "x-rate-limit-reset-at-utc", "x-remaining-credits", "x-cost", "x-request-id", "x-seed-value"),
    *("set-cookie", "x-output-metadata", "x-generation-time"),
)
KNOWN_VALUES = (
    *("image/jpeg", "application/json", "text/html; charset=klingon", "gzip", "deflate, br", "chunked", "identity"),
    *("0", "-1", "NaN", "1e999", "5", "http://[::1", "/", "Sun, 06 Nov 1994 08:49:37 GMT", "2026-01-01T00:00:00Z", ""),
)
names = st.one_of(st.sampled_from(KNOWN_NAMES), st.text("abc-XYZ_09", min_size=1, max_size=12))
values = st.one_of(
    st.sampled_from(KNOWN_VALUES),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=30),
    st.integers().map(str),
    st.floats().map(str),
)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["error", "error_description", "x"]), inner),
    max_leaves=5,
)
IN_JSON = json.dumps({"output": [base64.b64encode(IMAGE).decode()]}).encode()
bodies = st.one_of(
    st.sampled_from([b"", IMAGE, IMAGE[:-9], png(), ERROR, HTML, gzip.compress(IMAGE), zlib.compress(ERROR), IN_JSON]),
    st.binary(max_size=200),
    documents.map(json.dumps).map(str.encode),
)


@st.composite
def structured(draw: st.DrawFn) -> Drawn:
    """A response that HTTP might have: any status, any headers, and a body that is framed right or wrong."""
    status, headers, body = (
        draw(st.integers(100, 999)),
        draw(st.lists(st.tuples(names, values), max_size=6)),
        draw(bodies),
    )
    framing = draw(st.sampled_from(["length", "length", "too long", "too short", "chunks", "until closed"]))
    lengths = {"length": len(body), "too long": len(body) + 7, "too short": max(0, len(body) - 7)}
    if framing in lengths:
        headers.append(("content-length", str(lengths[framing])))
    elif framing == "chunks":
        headers.append(("transfer-encoding", "chunked"))
        body = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    lines = [f"HTTP/1.1 {status} ", *(f"{name}: {value}" for name, value in headers), "", ""]
    return Drawn("\r\n".join(lines).encode("latin-1") + body)


@thorough
@given(response=st.one_of(raw, started).map(Drawn))
def test_arbitrary_bytes_are_an_error_of_ours(service: FaultServer, kind: Kind, response: Drawn) -> None:
    """Whatever bytes come and then end: an image or a typed error, one POST, and a budget that fits it."""
    call(service, kind, response)


@thorough
@given(response=structured())
def test_arbitrary_responses_are_an_error_of_ours(service: FaultServer, kind: Kind, response: Drawn) -> None:
    """Any status from 100 to 999 with any headers and body: the same."""
    call(service, kind, response)
