"""Faults of connecting and sending, up to the headers of the response."""

import httpx
from attrs import evolve

from tests.client.faults.actions import Close, Drip, Read, ReadSome, Reset, Send, SendForever, Silence
from tests.client.faults.expectations import (
    NOT_SENT,
    NOT_SENT_FOR_GOOD,
    NOT_SENT_IN_TIME,
    REFUSED_AT_ONCE,
    UNKNOWN,
)
from tests.client.faults.fault import ServiceFault
from tests.client.faults.limits import AMPLE, SHORT
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
from tests.client.faults.responses import (
    HTML,
    IMAGE,
    WHOLE,
    head,
    responding,
)
from tests.client.responding_server import JPEG_TYPE, http_response

CONNECTING = (
    ServiceFault("refused", NOT_SENT, place=refusing),
    ServiceFault("unresolvable", NOT_SENT_FOR_GOOD, place=unresolvable),
    ServiceFault("no host name", REFUSED_AT_ONCE, place=no_host_name),
    ServiceFault(
        "TLS: the service has none",
        NOT_SENT_FOR_GOOD,
        ((ReadSome(65536), Send(http_response("400 Bad Request", b"")), Close()),),
        place=plain_behind_https,
    ),
    ServiceFault("TLS: self-signed", NOT_SENT_FOR_GOOD, (responding(WHOLE),), place=untrusted),
    ServiceFault("TLS: reset", NOT_SENT, ((ReadSome(), Reset()),), place=plain_behind_https),
    ServiceFault("TLS: silence", NOT_SENT_IN_TIME, ((Silence(),),), place=plain_behind_https, deadline=SHORT),
    ServiceFault("connect timeout", NOT_SENT_IN_TIME, place=not_accepting, deadline=SHORT),
    ServiceFault(
        "connect timeout of each attempt",
        NOT_SENT,
        place=not_accepting,
        options={"timeout": httpx.Timeout(AMPLE, connect=0.1)},
    ),
    ServiceFault("proxy: refused", NOT_SENT, place=behind_no_proxy),
    ServiceFault(
        "proxy: no tunnel", NOT_SENT_FOR_GOOD, (responding(http_response("403 Forbidden", b"")),), place=behind_a_proxy
    ),
    ServiceFault(
        "proxy: wants a password", NOT_SENT_FOR_GOOD, (responding(http_response("407 ", b"")),), place=behind_a_proxy
    ),
    ServiceFault("proxy: reset", NOT_SENT, ((Read(), Reset()),), place=behind_a_proxy),
    ServiceFault("proxy: silence", NOT_SENT_IN_TIME, ((Read(), Silence()),), place=behind_a_proxy, deadline=SHORT),
)

BEFORE_THE_HEADERS = (
    ServiceFault("reset inside the request", evolve(UNKNOWN, posts=0), ((ReadSome(), Reset()),)),
    ServiceFault("reset before the response", UNKNOWN, ((Read(), Reset()),)),
    ServiceFault("closed before the response", UNKNOWN, ((Read(), Close()),)),
    ServiceFault("reset inside the headers", UNKNOWN, (responding(WHOLE[:40], Reset()),)),
    ServiceFault("closed inside the headers", UNKNOWN, (responding(WHOLE[:40]),)),
    ServiceFault("silence", UNKNOWN, ((Read(), Silence()),), deadline=SHORT),
    ServiceFault(
        "silence, by phase", UNKNOWN, ((Read(), Silence()),), options={"timeout": httpx.Timeout(AMPLE, read=0.2)}
    ),
    ServiceFault("silence inside the headers", UNKNOWN, (responding(WHOLE[:40], Silence()),), deadline=SHORT),
    ServiceFault("one byte a second, from the first", UNKNOWN, ((Read(), Drip(WHOLE)),), deadline=SHORT),
    ServiceFault("ten bytes a second, from the first", UNKNOWN, ((Read(), Drip(WHOLE, 0.1)),), deadline=SHORT),
    ServiceFault("endless headers", UNKNOWN, ((Read(), SendForever(WHOLE[:40], b"x-more: and more\r\n")),)),
    ServiceFault("an endless header", UNKNOWN, ((Read(), SendForever(head("200 OK")[:-2] + b"x: ", b"x" * 1000)),)),
    ServiceFault(
        "100-continue without end",
        UNKNOWN,
        ((Read(), SendForever(b"", head("100 Continue"), 0.05)),),
        deadline=SHORT,
    ),
    ServiceFault("garbage for HTTP", UNKNOWN, (responding(bytes(range(256)) * 8),)),
    ServiceFault("garbage for HTTP: a page alone", UNKNOWN, (responding(HTML),)),
    ServiceFault("garbage for HTTP: SSH", UNKNOWN, (responding(b"SSH-2.0-OpenSSH_9.6\r\n"),)),
    ServiceFault("garbage for HTTP: HTTP/2", UNKNOWN, (responding(b"\0\0\x12\x04\0\0\0\0\0" + bytes(18)),)),
    ServiceFault("garbage for HTTP: no such status", UNKNOWN, (responding(http_response("099 ", b"")),)),
    ServiceFault("garbage for HTTP: no number", UNKNOWN, (responding(http_response("OK", IMAGE, JPEG_TYPE)),)),
    ServiceFault("two lengths", UNKNOWN, (responding(http_response("200 OK", IMAGE, JPEG_TYPE, "content-length: 7")),)),
    ServiceFault("101 to another protocol", UNKNOWN, (responding(head("101 Switching Protocols", "upgrade: x")),)),
)
