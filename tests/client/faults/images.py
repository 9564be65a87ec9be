"""Responses with a 200: cut off, without end, packed, other than what was asked for, or only unusual."""

import base64
import gzip
import json
import zlib
from collections.abc import Sequence
from typing import Any

from attrs import evolve

from tests.client.faults.actions import (
    Close,
    Drip,
    Read,
    Reset,
    Script,
    Send,
    SendForever,
    Silence,
)
from tests.client.faults.expectations import IMAGE as A_IMAGE
from tests.client.faults.expectations import (
    MISMATCH,
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
    SIDE,
    WHOLE,
    announced,
    bomb,
    chunked,
    encoded,
    head,
    responding,
)
from tests.client.images import at_thumbnail, flat_jpeg, jpeg, png, with_scan
from tests.client.responding_server import JPEG_TYPE, http_response

NO_SCAN = with_scan(IMAGE, b"")
HTML_SCAN = with_scan(IMAGE, HTML)
AT_THUMBNAIL = at_thumbnail(IMAGE)
BASE64 = base64.b64encode(IMAGE).decode()
NO_BASE64 = json.dumps({"image": "x" * 1000}).encode()
TWO_IN_JSON = json.dumps({"images": [BASE64, base64.b64encode(jpeg()).decode()]}).encode()


def odd(
    name: str,
    body: bytes,
    content_type: str | None = JPEG_TYPE,
    *headers: str,
    warnings: Sequence[str],
    image: bytes | None = None,
) -> ServiceFault:
    """A response whose image is whole, and not quite what was asked for."""
    labels = [content_type] if content_type is not None else []
    return ServiceFault(
        name,
        A_IMAGE,
        (responding(http_response("200 OK", body, *labels, *headers)),),
        image=image or body,
        warnings=tuple(warnings),
    )


def broken_off(name: str, script: Script, **facts: Any) -> ServiceFault:
    """A response that is not complete, in which the image is whole."""
    return ServiceFault(name, A_IMAGE, (script,), image=IMAGE, warnings=("broken-off",), **facts)


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
    broken_off("bad chunking", responding(chunked(IMAGE) + b"ZZ\r\nnonsense")),
    ServiceFault("bad chunking from the first", NO_IMAGE, (responding(chunked() + b"ZZ\r\nnonsense"),)),
    broken_off("chunks without an end", responding(chunked(IMAGE))),
    broken_off("announced too long", responding(announced(len(IMAGE) + 20, IMAGE))),
    broken_off("silence behind the image", responding(announced(len(IMAGE) + 20, IMAGE), Silence()), deadline=SHORT),
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
    broken_off(
        "announced as larger than any image",
        responding(announced(10**15, IMAGE), Silence()),
        deadline=SHORT,
        largest=LIMIT,
        options=LIMITED,
    ),
)

ENCODED = (
    ServiceFault("gzip", A_IMAGE, (responding(encoded(gzip.compress(IMAGE), "gzip")),)),
    ServiceFault("gzip twice", NO_IMAGE, (responding(encoded(gzip.compress(gzip.compress(IMAGE)), "gzip, gzip")),)),
    ServiceFault("gzip cut short", NO_IMAGE, (responding(encoded(gzip.compress(IMAGE)[:-20], "gzip")),)),
    broken_off("gzip by its label alone", responding(encoded(IMAGE, "gzip"))),
    ServiceFault("deflate", A_IMAGE, (responding(encoded(zlib.compress(IMAGE), "deflate")),)),
    broken_off("an encoding that is none", responding(encoded(IMAGE, "klingon"))),
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
        "truncated JPEG", NO_IMAGE, (responding(http_response("200 OK", IMAGE[:-20], JPEG_TYPE)),), kept=IMAGE[:-20]
    ),
    ServiceFault(
        "JPEG of four bytes", NO_IMAGE, (responding(http_response("200 OK", b"\xff\xd8\xff\xd9", JPEG_TYPE)),)
    ),
    ServiceFault("announced too short", NO_IMAGE, (responding(announced(len(IMAGE) - 20, IMAGE)),)),
    ServiceFault(
        "a head without a scan", NO_IMAGE, (responding(http_response("200 OK", NO_SCAN, JPEG_TYPE)),), kept=NO_SCAN
    ),
    ServiceFault("HTML in place of the scan", NO_IMAGE, (responding(http_response("200 OK", HTML_SCAN, JPEG_TYPE)),)),
    ServiceFault(
        "cut off behind the thumbnail", NO_IMAGE, (responding(http_response("200 OK", AT_THUMBNAIL, JPEG_TYPE)),)
    ),
    ServiceFault(
        "200 with base64 that is not an image", NO_IMAGE, (responding(http_response("200 OK", NO_BASE64, JSON_TYPE)),)
    ),
    ServiceFault(
        "200 with two images in JSON",
        NO_IMAGE,
        (responding(http_response("200 OK", TWO_IN_JSON, JSON_TYPE)),),
        kept=TWO_IN_JSON,
    ),
)

ANOTHER_IMAGE = (
    odd("200 with a PNG", png(), "content-type: image/png", warnings=("format-mismatch", "size-mismatch")),
    odd("PNG bytes labelled JPEG", png(), warnings=("content-type", "format-mismatch", "size-mismatch")),
    odd("JPEG bytes labelled PNG", IMAGE, "content-type: image/png", warnings=("content-type",)),
    odd("JPEG bytes labelled image/jpg", IMAGE, "content-type: image/jpg", warnings=("content-type",)),
    odd("JPEG bytes labelled image/pjpeg", IMAGE, "content-type: image/pjpeg", warnings=("content-type",)),
    odd("JPEG without a label", IMAGE, None, warnings=("content-type",)),
    odd("wrong size", jpeg(1024, 512), warnings=("size-mismatch",)),
    odd("wrong size: 16 x 8", jpeg(16, 8), warnings=("size-mismatch",)),
    odd("another seed", IMAGE, JPEG_TYPE, "x-seed-value: 8", warnings=("seed-mismatch",)),
    odd("black", flat_jpeg(SIDE, SIDE), warnings=("single-colour",)),
    odd("padded JPEG", IMAGE + b"\0\0", warnings=("trailing-bytes",)),
    odd("newline behind the JPEG", IMAGE + b"\n", warnings=("trailing-bytes",)),
    odd("0xFF behind the JPEG", IMAGE + b"\xff", warnings=("trailing-bytes",)),
    odd("trailer behind the JPEG", IMAGE + b"SEGMIND\0\1\2", warnings=("trailing-bytes",)),
    odd("base64 in JSON", json.dumps({"image": BASE64}).encode(), JSON_TYPE, image=IMAGE, warnings=("base64",)),
)


def in_strict_mode(fault: ServiceFault) -> ServiceFault:
    """The same for a client that refuses an image other than requested."""
    is_refused = any(code.endswith("mismatch") for code in fault.warnings)
    return evolve(
        fault,
        name=f"{fault.name}, on_mismatch='raise'",
        options={"on_mismatch": "raise"},
        expected=MISMATCH if is_refused else A_IMAGE,
        warnings=() if is_refused else fault.warnings,
        kept=fault.image if is_refused else None,
    )


STRICT = tuple(map(in_strict_mode, ANOTHER_IMAGE))

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
    ServiceFault(
        "label in capitals", A_IMAGE, (responding(http_response("200 ", IMAGE, "Content-Type: IMAGE/JPEG; q=1")),)
    ),
    ServiceFault("identity encoding", A_IMAGE, (responding(encoded(IMAGE, "identity")),)),
    ServiceFault("slow, but in time", A_IMAGE, ((Read(), Drip(WHOLE[:20], 0.02), Send(WHOLE[20:]), Close()),)),
)
