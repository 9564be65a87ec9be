"""Responses with another status than 200."""

import gzip
from http import HTTPStatus

from segmind_flux_schnell import (
    NotAcceptableError,
    NotEnoughCreditsError,
    RateLimitedError,
    ServerError,
    ServiceUnavailableError,
    UnauthorizedError,
)
from tests.client.documented import undocumented
from tests.client.faults.actions import (
    Read,
    Redirect,
    Reset,
    SendForever,
    Silence,
)
from tests.client.faults.expectations import (
    GATEWAY,
    REDIRECT,
    UNDOCUMENTED,
    UNKNOWN,
    rejected,
    rejected_for_now,
)
from tests.client.faults.expectations import IMAGE as A_IMAGE
from tests.client.faults.fault import ServiceFault
from tests.client.faults.limits import LARGEST_FAILURE, SHORT
from tests.client.faults.responses import (
    ERROR,
    HTML,
    HTML_TYPE,
    IMAGE,
    JSON_TYPE,
    WHOLE,
    announced,
    bomb,
    encoded,
    head,
    rejecting,
    responding,
)
from tests.client.responding_server import JPEG_TYPE, http_response

REDIRECTED = (
    *(
        ServiceFault(
            f"{status} to another origin", REDIRECT, ((Read(), Redirect(f"{status} {HTTPStatus(status).phrase}")),)
        )
        for status in (301, 302, 303, 307, 308)
    ),
    ServiceFault("307 to the same origin", REDIRECT, (responding(http_response("307 ", b"", "location: /v2")),)),
    ServiceFault("302 to no URL", REDIRECT, (responding(http_response("302 ", b"", "location: http://[::1")),)),
    ServiceFault("302 without a location", REDIRECT, (responding(http_response("302 Found", HTML, HTML_TYPE)),)),
    ServiceFault("302 cut short", REDIRECT, (responding(announced(1000, HTML, "302 Found")),), kept=HTML),
    ServiceFault("304", REDIRECT, (responding(head("304 Not Modified")),)),
)

NO = rejected(UnauthorizedError)
NOT_NOW = rejected_for_now(RateLimitedError)

REFUSED = (
    ServiceFault("401", NO, (rejecting("401 Unauthorized"),)),
    ServiceFault("401 with HTML", NO, (responding(http_response("401 Unauthorized", HTML, HTML_TYPE)),), kept=HTML),
    ServiceFault("401 reset inside the body", NO, (responding(announced(1000, ERROR, "401 "), Reset()),), kept=ERROR),
    ServiceFault("401 cut short", NO, (responding(announced(1000, ERROR, "401 ")),), kept=ERROR),
    ServiceFault("401 with bad chunking", NO, (responding(head("401 ", "transfer-encoding: chunked") + b"ZZ\r\n"),)),
    ServiceFault("401 gzip", NO, (responding(encoded(gzip.compress(ERROR), "gzip", "401 ")),)),
    ServiceFault("401 gzip bomb", NO, (responding(encoded(bomb(), "gzip", "401 ")),), largest=LARGEST_FAILURE),
    ServiceFault(
        "401 silent in the body", NO, (responding(announced(1000, ERROR, "401 "), Silence()),), deadline=SHORT
    ),
    ServiceFault("401 without end", NO, ((Read(), SendForever(head("401 "), bytes(65536))),), largest=LARGEST_FAILURE),
    ServiceFault("406", rejected(NotAcceptableError), (rejecting("406 Not Acceptable"),)),
    ServiceFault(
        "406 without credits",
        rejected(NotEnoughCreditsError),
        (responding(http_response("406 ", b'{"error": "Insufficient credits. Balance: 0.004"}', JSON_TYPE)),),
    ),
    ServiceFault("429 without a pace", NOT_NOW, (rejecting("429 Too Many Requests"),)),
    ServiceFault("429 with a pace of nothing", NOT_NOW, (rejecting("429 ", "retry-after: 0"),)),
    ServiceFault("429 with a pace", A_IMAGE.after(2), (rejecting("429 ", "retry-after: 0.1"), responding(WHOLE))),
    ServiceFault(
        "429 with a pace past the deadline",
        rejected_for_now(RateLimitedError, 1),
        (rejecting("429 ", "retry-after: 3600"), responding(WHOLE)),
    ),
    ServiceFault("401 with a pace", NO, (rejecting("401 ", "retry-after: 0"),)),
    ServiceFault("429 cut short", NOT_NOW, (responding(announced(1000, ERROR, "429 ")),)),
    ServiceFault("429, then an image", A_IMAGE.after(2), (rejecting("429 "), responding(WHOLE))),
    ServiceFault(
        "503 with HTML",
        rejected_for_now(ServiceUnavailableError),
        (responding(http_response("503 ", HTML)),),
        kept=HTML,
    ),
    ServiceFault(
        "503 cut short", rejected_for_now(ServiceUnavailableError), (responding(announced(1000, HTML, "503 ")),)
    ),
    ServiceFault(
        "503 twice, then an image", A_IMAGE.after(3), (rejecting("503 "), rejecting("503 "), responding(WHOLE))
    ),
    ServiceFault("429, then silence", UNKNOWN.after(2), (rejecting("429 "), (Read(), Silence())), deadline=4 * SHORT),
)

NOT_IN_THE_DOCUMENT = [
    fault
    for fault in (
        ServiceFault("502", GATEWAY, (responding(http_response("502 Bad Gateway", HTML, HTML_TYPE)),)),
        ServiceFault("502 with a pace", GATEWAY, (responding(http_response("502 ", HTML, "retry-after: 0")),)),
        ServiceFault("504 with the documented body", GATEWAY, (rejecting("504 Gateway Timeout"),)),
        ServiceFault("520", GATEWAY, (responding(http_response("520 ", HTML, HTML_TYPE)),)),
        ServiceFault("402", UNDOCUMENTED, (rejecting("402 Payment Required"),)),
        ServiceFault("408 with a pace", UNDOCUMENTED, (rejecting("408 Request Timeout", "retry-after: 0"),)),
        ServiceFault("402 cut short", UNDOCUMENTED, (responding(announced(1000, ERROR, "402 ")),), kept=ERROR),
    )
    if undocumented(fault.name)
]

FAILED = (
    ServiceFault("500", rejected(ServerError), (rejecting("500 Internal Server Error"),)),
    ServiceFault("500 with a pace", rejected(ServerError), (rejecting("500 ", "retry-after: 0"),)),
    ServiceFault("500 with HTML", GATEWAY, (responding(http_response("500 Internal Server Error", HTML, HTML_TYPE)),)),
    ServiceFault("500 with nothing", GATEWAY, (responding(http_response("500 ", b"")),)),
    ServiceFault("500 cut short", GATEWAY, (responding(announced(1000, ERROR, "500 ", JSON_TYPE)),), kept=ERROR),
    ServiceFault("500 reset inside the body", GATEWAY, (responding(announced(1000, ERROR, "500 "), Reset()),)),
    *NOT_IN_THE_DOCUMENT,
    ServiceFault("204", UNDOCUMENTED, (responding(head("204 No Content")),)),
    ServiceFault(
        "206 with an image",
        UNDOCUMENTED,
        (responding(http_response("206 Partial Content", IMAGE, JPEG_TYPE)),),
        kept=IMAGE,
    ),
)
