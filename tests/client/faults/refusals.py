"""Answers with another status than 200."""

import gzip
from http import HTTPStatus

from segmind_flux_schnell import (
    NotEnoughCreditsError,
    RateLimitedError,
    ServerError,
    ServiceUnavailableError,
    UnauthorizedError,
)
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
from tests.client.faults.expectations import PICTURE as A_PICTURE
from tests.client.faults.fault import Fault
from tests.client.faults.limits import LARGEST_FAILURE, SHORT
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
    encoded,
    head,
    rejecting,
)
from tests.client.responding_server import JPEG_TYPE, http_answer

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
    Fault("401 with a pace", NO, (rejecting("401 ", "retry-after: 0"),)),
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
    Fault("500 with a pace", rejected(ServerError), (rejecting("500 ", "retry-after: 0"),)),
    Fault("500 with HTML", GATEWAY, (answering(http_answer("500 Internal Server Error", HTML, HTML_TYPE)),)),
    Fault("500 with nothing", GATEWAY, (answering(http_answer("500 ", b"")),)),
    Fault("500 cut short", GATEWAY, (answering(announced(1000, ERROR, "500 ", JSON_TYPE)),), kept=ERROR),
    Fault("500 reset inside the body", GATEWAY, (answering(announced(1000, ERROR, "500 "), Reset()),)),
    Fault("502", GATEWAY, (answering(http_answer("502 Bad Gateway", HTML, HTML_TYPE)),)),
    Fault("502 with a pace", GATEWAY, (answering(http_answer("502 ", HTML, "retry-after: 0")),)),
    Fault("504 with the documented body", GATEWAY, (rejecting("504 Gateway Timeout"),)),
    Fault("520", GATEWAY, (answering(http_answer("520 ", HTML, HTML_TYPE)),)),
    Fault("402", UNDOCUMENTED, (rejecting("402 Payment Required"),)),
    Fault("408 with a pace", UNDOCUMENTED, (rejecting("408 Request Timeout", "retry-after: 0"),)),
    Fault("402 cut short", UNDOCUMENTED, (answering(announced(1000, ERROR, "402 ")),), kept=ERROR),
    Fault("204", UNDOCUMENTED, (answering(head("204 No Content")),)),
    Fault(
        "206 with a picture",
        UNDOCUMENTED,
        (answering(http_answer("206 Partial Content", PICTURE, JPEG_TYPE)),),
        kept=PICTURE,
    ),
)
