"""Responses with a 200: cut off, without end, packed, other than what was asked for, or only unusual."""

import gzip
import zlib

from tests.client.faults.actions import (
    Close,
    Drip,
    Read,
    Reset,
    Send,
    SendForever,
    Silence,
)
from tests.client.faults.expectations import IMAGE as A_IMAGE
from tests.client.faults.expectations import (
    NO_IMAGE,
)
from tests.client.faults.fault import ServiceFault
from tests.client.faults.limits import LARGEST_IMAGE, LIMIT, LIMITED, SHORT
from tests.client.faults.responses import (
    ERROR,
    HTML,
    HTML_TYPE,
    IMAGE,
    JSON_TYPE,
    WHOLE,
    announced,
    bomb,
    chunked,
    encoded,
    head,
    responding,
)
from tests.client.images import jpeg, png
from tests.client.responding_server import JPEG_TYPE, http_response

INSIDE_THE_IMAGE = (
    ServiceFault(
        "reset inside the body",
        NO_IMAGE,
        (responding(announced(len(IMAGE), IMAGE[:600]), Reset()),),
        kept=IMAGE[:600],
    ),
    ServiceFault("reset before the body", NO_IMAGE, (responding(announced(len(IMAGE), b""), Reset()),), kept=b""),
    ServiceFault("body cut short", NO_IMAGE, (responding(announced(len(IMAGE), IMAGE[:-20])),), kept=IMAGE[:-20]),
    ServiceFault("body without a byte", NO_IMAGE, (responding(announced(len(IMAGE), b"")),)),
    ServiceFault("bad chunking", NO_IMAGE, (responding(chunked(IMAGE) + b"ZZ\r\nnonsense"),), kept=IMAGE),
    ServiceFault("bad chunking from the first", NO_IMAGE, (responding(chunked() + b"ZZ\r\nnonsense"),)),
    ServiceFault("chunks without an end", NO_IMAGE, (responding(chunked(IMAGE)),), kept=IMAGE),
    ServiceFault(
        "one byte a second, in the body",
        NO_IMAGE,
        ((Read(), Send(announced(len(IMAGE), b"")), Drip(IMAGE)),),
        deadline=SHORT,
    ),
    ServiceFault(
        "silence inside the body",
        NO_IMAGE,
        (responding(announced(len(IMAGE), IMAGE[:600]), Silence()),),
        deadline=SHORT,
        kept=IMAGE[:600],
    ),
    ServiceFault(
        "endless body",
        NO_IMAGE,
        ((Read(), SendForever(head("200 OK", JPEG_TYPE) + IMAGE, bytes(65536))),),
        options=LIMITED,
        largest=LIMIT,
    ),
    ServiceFault(
        "endless chunks",
        NO_IMAGE,
        ((Read(), SendForever(chunked(IMAGE), b"4000\r\n" + bytes(0x4000) + b"\r\n")),),
        options=LIMITED,
        largest=LIMIT,
    ),
    ServiceFault(
        "endless body, a little at a time",
        NO_IMAGE,
        ((Read(), SendForever(head("200 OK", JPEG_TYPE) + IMAGE, b"\0", 0.02)),),
        deadline=SHORT,
    ),
    ServiceFault(
        "announced as larger than any image",
        NO_IMAGE,
        (responding(announced(10**15, IMAGE), Silence()),),
        deadline=SHORT,
        largest=LIMIT,
        options=LIMITED,
    ),
)

ENCODED = (
    ServiceFault("gzip", A_IMAGE, (responding(encoded(gzip.compress(IMAGE), "gzip")),)),
    ServiceFault("gzip twice", NO_IMAGE, (responding(encoded(gzip.compress(gzip.compress(IMAGE)), "gzip, gzip")),)),
    ServiceFault("gzip cut short", NO_IMAGE, (responding(encoded(gzip.compress(IMAGE)[:-20], "gzip")),)),
    ServiceFault("gzip by its label alone", NO_IMAGE, (responding(encoded(IMAGE, "gzip")),)),
    ServiceFault("deflate", A_IMAGE, (responding(encoded(zlib.compress(IMAGE), "deflate")),)),
    ServiceFault("an encoding that is none", NO_IMAGE, (responding(encoded(IMAGE, "klingon")),), kept=IMAGE),
    ServiceFault("gzip bomb", NO_IMAGE, (responding(encoded(bomb(), "gzip")),), largest=LIMIT, options=LIMITED),
    ServiceFault(
        "gzip bomb, the limit unchanged", NO_IMAGE, (responding(encoded(bomb(), "gzip")),), largest=LARGEST_IMAGE
    ),
)

NOT_THE_IMAGE = (
    ServiceFault("200 with JSON", NO_IMAGE, (responding(http_response("200 OK", ERROR, JSON_TYPE)),), kept=ERROR),
    ServiceFault("200 with HTML", NO_IMAGE, (responding(http_response("200 OK", HTML, HTML_TYPE)),), kept=HTML),
    ServiceFault("200 with nothing", NO_IMAGE, (responding(http_response("200 OK", b"")),), kept=b""),
    ServiceFault("200 with nothing labelled JPEG", NO_IMAGE, (responding(http_response("200 OK", b"", JPEG_TYPE)),)),
    ServiceFault("200 with JSON labelled JPEG", NO_IMAGE, (responding(http_response("200 OK", ERROR, JPEG_TYPE)),)),
    ServiceFault(
        "200 with a PNG", NO_IMAGE, (responding(http_response("200 OK", png(), "content-type: image/png")),), kept=png()
    ),
    ServiceFault(
        "PNG bytes labelled JPEG", NO_IMAGE, (responding(http_response("200 OK", png(), JPEG_TYPE)),), kept=png()
    ),
    ServiceFault(
        "JPEG bytes labelled PNG", NO_IMAGE, (responding(http_response("200 OK", IMAGE, "content-type: image/png")),)
    ),
    ServiceFault("JPEG without a label", NO_IMAGE, (responding(http_response("200 OK", IMAGE)),), kept=IMAGE),
    ServiceFault(
        "truncated JPEG", NO_IMAGE, (responding(http_response("200 OK", IMAGE[:-20], JPEG_TYPE)),), kept=IMAGE[:-20]
    ),
    ServiceFault(
        "JPEG of four bytes", NO_IMAGE, (responding(http_response("200 OK", b"\xff\xd8\xff\xd9", JPEG_TYPE)),)
    ),
    ServiceFault("announced too short", NO_IMAGE, (responding(announced(len(IMAGE) - 20, IMAGE)),)),
    ServiceFault(
        "wrong size", NO_IMAGE, (responding(http_response("200 OK", jpeg(1024, 512), JPEG_TYPE)),), kept=jpeg(1024, 512)
    ),
    ServiceFault("wrong size: 16 x 8", NO_IMAGE, (responding(http_response("200 OK", jpeg(16, 8), JPEG_TYPE)),)),
)

UNUSUAL = (
    ServiceFault("100-continue", A_IMAGE, (responding(head("100 Continue") + WHOLE),)),
    ServiceFault("103 early hints", A_IMAGE, (responding(head("103 Early Hints", "link: </x>") * 3 + WHOLE),)),
    ServiceFault("HTTP/1.0", A_IMAGE, (responding(http_response("200 OK", IMAGE, JPEG_TYPE, version="1.0")),)),
    ServiceFault("HTTP/1.0 without a length", A_IMAGE, (responding(head("200 OK", JPEG_TYPE, version="1.0") + IMAGE),)),
    ServiceFault("HTTP/1.1 without a length", A_IMAGE, (responding(head("200 OK", JPEG_TYPE) + IMAGE),)),
    ServiceFault(
        "body longer than announced", A_IMAGE, (responding(announced(len(IMAGE), IMAGE + b"more"), Silence()),)
    ),
    ServiceFault("chunks of one byte", A_IMAGE, (responding(chunked(*(bytes([b]) for b in IMAGE)) + b"0\r\n\r\n"),)),
    ServiceFault("padded JPEG", A_IMAGE, (responding(http_response("200 OK", IMAGE + b"\0\0", JPEG_TYPE)),)),
    ServiceFault(
        "label in capitals", A_IMAGE, (responding(http_response("200 ", IMAGE, "Content-Type: IMAGE/JPEG; q=1")),)
    ),
    ServiceFault("identity encoding", A_IMAGE, (responding(encoded(IMAGE, "identity")),)),
    ServiceFault("slow, but in time", A_IMAGE, ((Read(), Drip(WHOLE[:20], 0.02), Send(WHOLE[20:]), Close()),)),
)
