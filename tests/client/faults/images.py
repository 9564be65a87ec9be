"""Answers with a 200: cut off, without end, packed, other than what was asked for, or only unusual."""

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
from tests.client.faults.expectations import (
    NO_PICTURE,
)
from tests.client.faults.expectations import PICTURE as A_PICTURE
from tests.client.faults.fault import Fault
from tests.client.faults.limits import LARGEST_PICTURE, LIMIT, LIMITED, SHORT
from tests.client.faults.responses import (
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
)
from tests.client.images import jpeg, png
from tests.client.responding_server import JPEG_TYPE, http_answer

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
    Fault("wrong size: 16 x 8", NO_PICTURE, (answering(http_answer("200 OK", jpeg(16, 8), JPEG_TYPE)),)),
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
