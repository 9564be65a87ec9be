"""The table: each fault, what the service does, and what the client has to make of it.

The client has its default policy of retries, with waits of no length. Each call may take ten seconds, and half a second
where the service would never come to an end.
"""

import gzip
import zlib
from http import HTTPStatus

import httpx
from attrs import evolve

from segmind_flux_schnell import (
    NotEnoughCreditsError,
    RateLimitedError,
    ServerError,
    ServiceUnavailableError,
    UnauthorizedError,
)
from tests.client.answering_server import JPEG_TYPE, http_answer
from tests.client.faults.actions import Close, Drip, Read, ReadSome, Redirect, Reset, Send, SendForever, Silence
from tests.client.faults.answers import (
    ERROR,
    HTML,
    HTML_TYPE,
    JSON_TYPE,
    PICTURE,
    WHOLE,
    announced,
    answering,
    bomb,
    chunked,
    encoded,
    head,
    rejecting,
)
from tests.client.faults.expectations import (
    GATEWAY,
    NO_PICTURE,
    NOT_SENT,
    NOT_SENT_IN_TIME,
    REDIRECT,
    REFUSED_AT_ONCE,
    UNDOCUMENTED,
    UNKNOWN,
    rejected,
    rejected_for_now,
)
from tests.client.faults.expectations import PICTURE as A_PICTURE
from tests.client.faults.fault import Fault
from tests.client.faults.places import (
    behind_a_proxy,
    behind_no_proxy,
    no_host_name,
    not_accepting,
    plain_behind_https,
    refusing,
    unresolvable,
    untrusted,
)
from tests.client.pictures import jpeg, png

SHORT = 0.5
LIMIT = 1_000_000
LIMITED = {"max_answer_bytes": LIMIT}
LARGEST_PICTURE = 32_000_000
LARGEST_FAILURE = 2**20

CONNECTING = (
    Fault("refused", NOT_SENT, place=refusing),
    Fault("unresolvable", NOT_SENT, place=unresolvable),
    Fault("no host name", REFUSED_AT_ONCE, place=no_host_name),
    Fault(
        "TLS: the service has none",
        NOT_SENT,
        ((ReadSome(65536), Send(http_answer("400 Bad Request", b"")), Close()),),
        place=plain_behind_https,
    ),
    Fault("TLS: self-signed", NOT_SENT, (answering(WHOLE),), place=untrusted),
    Fault("TLS: reset", NOT_SENT, ((ReadSome(), Reset()),), place=plain_behind_https),
    Fault("TLS: silence", NOT_SENT_IN_TIME, ((Silence(),),), place=plain_behind_https, deadline=SHORT),
    Fault("connect timeout", NOT_SENT_IN_TIME, place=not_accepting, deadline=SHORT),
    Fault(
        "connect timeout of each attempt",
        NOT_SENT,
        place=not_accepting,
        options={"timeout": httpx.Timeout(5, connect=0.1)},
    ),
    Fault("proxy: refused", NOT_SENT, place=behind_no_proxy),
    Fault("proxy: no tunnel", NOT_SENT, (answering(http_answer("403 Forbidden", b"")),), place=behind_a_proxy),
    Fault("proxy: wants a password", NOT_SENT, (answering(http_answer("407 ", b"")),), place=behind_a_proxy),
    Fault("proxy: reset", NOT_SENT, ((Read(), Reset()),), place=behind_a_proxy),
    Fault("proxy: silence", NOT_SENT_IN_TIME, ((Read(), Silence()),), place=behind_a_proxy, deadline=SHORT),
)

BEFORE_THE_HEADERS = (
    Fault("reset inside the request", evolve(UNKNOWN, posts=0), ((ReadSome(), Reset()),)),
    Fault("reset before the answer", UNKNOWN, ((Read(), Reset()),)),
    Fault("closed before the answer", UNKNOWN, ((Read(), Close()),)),
    Fault("reset inside the headers", UNKNOWN, (answering(WHOLE[:40], Reset()),)),
    Fault("closed inside the headers", UNKNOWN, (answering(WHOLE[:40]),)),
    Fault("silence", UNKNOWN, ((Read(), Silence()),), deadline=SHORT),
    Fault("silence, by phase", UNKNOWN, ((Read(), Silence()),), options={"timeout": httpx.Timeout(5, read=0.2)}),
    Fault("silence inside the headers", UNKNOWN, (answering(WHOLE[:40], Silence()),), deadline=SHORT),
    Fault("one byte a second, from the first", UNKNOWN, ((Read(), Drip(WHOLE)),), deadline=SHORT),
    Fault("ten bytes a second, from the first", UNKNOWN, ((Read(), Drip(WHOLE, 0.1)),), deadline=SHORT),
    Fault("endless headers", UNKNOWN, ((Read(), SendForever(WHOLE[:40], b"x-more: and more\r\n")),)),
    Fault("an endless header", UNKNOWN, ((Read(), SendForever(head("200 OK")[:-2] + b"x: ", b"x" * 1000)),)),
    Fault(
        "100-continue without end",
        UNKNOWN,
        ((Read(), SendForever(b"", head("100 Continue"), 0.05)),),
        deadline=SHORT,
    ),
    Fault("garbage for HTTP", UNKNOWN, (answering(bytes(range(256)) * 8),)),
    Fault("garbage for HTTP: a page alone", UNKNOWN, (answering(HTML),)),
    Fault("garbage for HTTP: SSH", UNKNOWN, (answering(b"SSH-2.0-OpenSSH_9.6\r\n"),)),
    Fault("garbage for HTTP: HTTP/2", UNKNOWN, (answering(b"\0\0\x12\x04\0\0\0\0\0" + bytes(18)),)),
    Fault("garbage for HTTP: no such status", UNKNOWN, (answering(http_answer("099 ", b"")),)),
    Fault("garbage for HTTP: no number", UNKNOWN, (answering(http_answer("OK", PICTURE, JPEG_TYPE)),)),
    Fault("two lengths", UNKNOWN, (answering(http_answer("200 OK", PICTURE, JPEG_TYPE, "content-length: 7")),)),
    Fault("101 to another protocol", UNKNOWN, (answering(head("101 Switching Protocols", "upgrade: x")),)),
)

INSIDE_THE_PICTURE = (
    Fault(
        "reset inside the body",
        NO_PICTURE,
        (answering(announced(len(PICTURE), PICTURE[:600]), Reset()),),
        kept=PICTURE[:600],
    ),
    Fault("reset before the body", NO_PICTURE, (answering(announced(len(PICTURE), b""), Reset()),), kept=b""),
    Fault("body cut short", NO_PICTURE, (answering(announced(len(PICTURE), PICTURE[:-20])),), kept=PICTURE[:-20]),
    Fault("body without a byte", NO_PICTURE, (answering(announced(len(PICTURE), b"")),)),
    Fault("bad chunking", NO_PICTURE, (answering(chunked(PICTURE) + b"ZZ\r\nnonsense"),), kept=PICTURE),
    Fault("bad chunking from the first", NO_PICTURE, (answering(chunked() + b"ZZ\r\nnonsense"),)),
    Fault("chunks without an end", NO_PICTURE, (answering(chunked(PICTURE)),), kept=PICTURE),
    Fault(
        "one byte a second, in the body",
        NO_PICTURE,
        ((Read(), Send(announced(len(PICTURE), b"")), Drip(PICTURE)),),
        deadline=SHORT,
    ),
    Fault(
        "silence inside the body",
        NO_PICTURE,
        (answering(announced(len(PICTURE), PICTURE[:600]), Silence()),),
        deadline=SHORT,
        kept=PICTURE[:600],
    ),
    Fault(
        "endless body",
        NO_PICTURE,
        ((Read(), SendForever(head("200 OK", JPEG_TYPE) + PICTURE, bytes(65536))),),
        options=LIMITED,
        largest=LIMIT,
    ),
    Fault(
        "endless chunks",
        NO_PICTURE,
        ((Read(), SendForever(chunked(PICTURE), b"4000\r\n" + bytes(0x4000) + b"\r\n")),),
        options=LIMITED,
        largest=LIMIT,
    ),
    Fault(
        "endless body, a little at a time",
        NO_PICTURE,
        ((Read(), SendForever(head("200 OK", JPEG_TYPE) + PICTURE, b"\0", 0.02)),),
        deadline=SHORT,
    ),
    Fault(
        "announced as larger than any picture",
        NO_PICTURE,
        (answering(announced(10**15, PICTURE), Silence()),),
        deadline=SHORT,
        largest=LIMIT,
        options=LIMITED,
    ),
)

ENCODED = (
    Fault("gzip", A_PICTURE, (answering(encoded(gzip.compress(PICTURE), "gzip")),)),
    Fault("gzip twice", NO_PICTURE, (answering(encoded(gzip.compress(gzip.compress(PICTURE)), "gzip, gzip")),)),
    Fault("gzip cut short", NO_PICTURE, (answering(encoded(gzip.compress(PICTURE)[:-20], "gzip")),)),
    Fault("gzip by its label alone", NO_PICTURE, (answering(encoded(PICTURE, "gzip")),)),
    Fault("deflate", A_PICTURE, (answering(encoded(zlib.compress(PICTURE), "deflate")),)),
    Fault("an encoding that is none", NO_PICTURE, (answering(encoded(PICTURE, "klingon")),), kept=PICTURE),
    Fault("gzip bomb", NO_PICTURE, (answering(encoded(bomb(), "gzip")),), largest=LIMIT, options=LIMITED),
    Fault("gzip bomb, the limit unchanged", NO_PICTURE, (answering(encoded(bomb(), "gzip")),), largest=LARGEST_PICTURE),
)

NOT_THE_PICTURE = (
    Fault("200 with JSON", NO_PICTURE, (answering(http_answer("200 OK", ERROR, JSON_TYPE)),), kept=ERROR),
    Fault("200 with HTML", NO_PICTURE, (answering(http_answer("200 OK", HTML, HTML_TYPE)),), kept=HTML),
    Fault("200 with nothing", NO_PICTURE, (answering(http_answer("200 OK", b"")),), kept=b""),
    Fault("200 with nothing labelled JPEG", NO_PICTURE, (answering(http_answer("200 OK", b"", JPEG_TYPE)),)),
    Fault("200 with JSON labelled JPEG", NO_PICTURE, (answering(http_answer("200 OK", ERROR, JPEG_TYPE)),)),
    Fault(
        "200 with a PNG", NO_PICTURE, (answering(http_answer("200 OK", png(), "content-type: image/png")),), kept=png()
    ),
    Fault("PNG bytes labelled JPEG", NO_PICTURE, (answering(http_answer("200 OK", png(), JPEG_TYPE)),), kept=png()),
    Fault(
        "JPEG bytes labelled PNG", NO_PICTURE, (answering(http_answer("200 OK", PICTURE, "content-type: image/png")),)
    ),
    Fault("JPEG without a label", NO_PICTURE, (answering(http_answer("200 OK", PICTURE)),), kept=PICTURE),
    Fault(
        "truncated JPEG", NO_PICTURE, (answering(http_answer("200 OK", PICTURE[:-20], JPEG_TYPE)),), kept=PICTURE[:-20]
    ),
    Fault("JPEG of four bytes", NO_PICTURE, (answering(http_answer("200 OK", b"\xff\xd8\xff\xd9", JPEG_TYPE)),)),
    Fault("announced too short", NO_PICTURE, (answering(announced(len(PICTURE) - 20, PICTURE)),)),
    Fault(
        "wrong size", NO_PICTURE, (answering(http_answer("200 OK", jpeg(1024, 512), JPEG_TYPE)),), kept=jpeg(1024, 512)
    ),
    Fault("wrong size: 16 x 8", NO_PICTURE, (answering(http_answer("200 OK", jpeg(), JPEG_TYPE)),)),
)

UNUSUAL = (
    Fault("100-continue", A_PICTURE, (answering(head("100 Continue") + WHOLE),)),
    Fault("103 early hints", A_PICTURE, (answering(head("103 Early Hints", "link: </x>") * 3 + WHOLE),)),
    Fault("HTTP/1.0", A_PICTURE, (answering(http_answer("200 OK", PICTURE, JPEG_TYPE, version="1.0")),)),
    Fault("HTTP/1.0 without a length", A_PICTURE, (answering(head("200 OK", JPEG_TYPE, version="1.0") + PICTURE),)),
    Fault("HTTP/1.1 without a length", A_PICTURE, (answering(head("200 OK", JPEG_TYPE) + PICTURE),)),
    Fault("body longer than announced", A_PICTURE, (answering(announced(len(PICTURE), PICTURE + b"more"), Silence()),)),
    Fault("chunks of one byte", A_PICTURE, (answering(chunked(*(bytes([b]) for b in PICTURE)) + b"0\r\n\r\n"),)),
    Fault("padded JPEG", A_PICTURE, (answering(http_answer("200 OK", PICTURE + b"\0\0", JPEG_TYPE)),)),
    Fault("label in capitals", A_PICTURE, (answering(http_answer("200 ", PICTURE, "Content-Type: IMAGE/JPEG; q=1")),)),
    Fault("identity encoding", A_PICTURE, (answering(encoded(PICTURE, "identity")),)),
    Fault("slow, but in time", A_PICTURE, ((Read(), Drip(WHOLE[:20], 0.02), Send(WHOLE[20:]), Close()),)),
)

REDIRECTED = (
    *(
        Fault(f"{status} to another origin", REDIRECT, ((Read(), Redirect(f"{status} {HTTPStatus(status).phrase}")),))
        for status in (301, 302, 303, 307, 308)
    ),
    Fault("307 to the same origin", REDIRECT, (answering(http_answer("307 ", b"", "location: /v2")),)),
    Fault("302 to no URL", REDIRECT, (answering(http_answer("302 ", b"", "location: http://[::1")),)),
    Fault("302 without a location", REDIRECT, (answering(http_answer("302 Found", HTML, HTML_TYPE)),)),
    Fault("302 cut short", REDIRECT, (answering(announced(1000, HTML, "302 Found")),), kept=HTML),
    Fault("304", REDIRECT, (answering(head("304 Not Modified")),)),
)

NO = rejected(UnauthorizedError)
NOT_NOW = rejected_for_now(RateLimitedError)

REFUSED = (
    Fault("401", NO, (rejecting("401 Unauthorized"),)),
    Fault("401 with HTML", NO, (answering(http_answer("401 Unauthorized", HTML, HTML_TYPE)),), kept=HTML),
    Fault("401 reset inside the body", NO, (answering(announced(1000, ERROR, "401 "), Reset()),), kept=ERROR),
    Fault("401 cut short", NO, (answering(announced(1000, ERROR, "401 ")),), kept=ERROR),
    Fault("401 with bad chunking", NO, (answering(head("401 ", "transfer-encoding: chunked") + b"ZZ\r\n"),)),
    Fault("401 gzip", NO, (answering(encoded(gzip.compress(ERROR), "gzip", "401 ")),)),
    Fault("401 gzip bomb", NO, (answering(encoded(bomb(), "gzip", "401 ")),), largest=LARGEST_FAILURE),
    Fault("401 silent in the body", NO, (answering(announced(1000, ERROR, "401 "), Silence()),), deadline=SHORT),
    Fault("401 without end", NO, ((Read(), SendForever(head("401 "), bytes(65536))),), largest=LARGEST_FAILURE),
    Fault("406", rejected(NotEnoughCreditsError), (rejecting("406 Not Acceptable"),)),
    Fault("429 without a pace", NOT_NOW, (rejecting("429 Too Many Requests"),)),
    Fault("429 with a pace of nothing", NOT_NOW, (rejecting("429 ", "retry-after: 0"),)),
    Fault("429 with a pace", A_PICTURE.after(2), (rejecting("429 ", "retry-after: 1"), answering(WHOLE))),
    Fault(
        "429 with a pace past the deadline",
        rejected_for_now(RateLimitedError, 1),
        (rejecting("429 ", "retry-after: 3600"), answering(WHOLE)),
    ),
    Fault("429 cut short", NOT_NOW, (answering(announced(1000, ERROR, "429 ")),)),
    Fault("429, then a picture", A_PICTURE.after(2), (rejecting("429 "), answering(WHOLE))),
    Fault(
        "503 with HTML", rejected_for_now(ServiceUnavailableError), (answering(http_answer("503 ", HTML)),), kept=HTML
    ),
    Fault("503 cut short", rejected_for_now(ServiceUnavailableError), (answering(announced(1000, HTML, "503 ")),)),
    Fault("503 twice, then a picture", A_PICTURE.after(3), (rejecting("503 "), rejecting("503 "), answering(WHOLE))),
    Fault("429, then silence", UNKNOWN.after(2), (rejecting("429 "), (Read(), Silence())), deadline=2 * SHORT),
)

FAILED = (
    Fault("500", rejected(ServerError), (rejecting("500 Internal Server Error"),)),
    Fault("500 with HTML", GATEWAY, (answering(http_answer("500 Internal Server Error", HTML, HTML_TYPE)),)),
    Fault("500 with nothing", GATEWAY, (answering(http_answer("500 ", b"")),)),
    Fault("500 cut short", GATEWAY, (answering(announced(1000, ERROR, "500 ", JSON_TYPE)),), kept=ERROR),
    Fault("500 reset inside the body", GATEWAY, (answering(announced(1000, ERROR, "500 "), Reset()),)),
    Fault("502", GATEWAY, (answering(http_answer("502 Bad Gateway", HTML, HTML_TYPE)),)),
    Fault("504 with the documented body", GATEWAY, (rejecting("504 Gateway Timeout"),)),
    Fault("520", GATEWAY, (answering(http_answer("520 ", HTML, HTML_TYPE)),)),
    Fault("402", UNDOCUMENTED, (rejecting("402 Payment Required"),)),
    Fault("402 cut short", UNDOCUMENTED, (answering(announced(1000, ERROR, "402 ")),), kept=ERROR),
    Fault("204", UNDOCUMENTED, (answering(head("204 No Content")),)),
    Fault(
        "206 with a picture",
        UNDOCUMENTED,
        (answering(http_answer("206 Partial Content", PICTURE, JPEG_TYPE)),),
        kept=PICTURE,
    ),
)

FAULTS: tuple[Fault, ...] = (
    *CONNECTING,
    *BEFORE_THE_HEADERS,
    *INSIDE_THE_PICTURE,
    *ENCODED,
    *NOT_THE_PICTURE,
    *UNUSUAL,
    *REDIRECTED,
    *REFUSED,
    *FAILED,
)
