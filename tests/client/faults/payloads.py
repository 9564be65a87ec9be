"""Faults of connecting and sending, up to the headers of the answer."""

import httpx
from attrs import evolve

from tests.client.faults.actions import Close, Drip, Read, ReadSome, Reset, Send, SendForever, Silence
from tests.client.faults.expectations import (
    NOT_SENT,
    NOT_SENT_IN_TIME,
    REFUSED_AT_ONCE,
    UNKNOWN,
)
from tests.client.faults.fault import Fault
from tests.client.faults.limits import SHORT
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
    PICTURE,
    WHOLE,
    answering,
    head,
)
from tests.client.responding_server import JPEG_TYPE, http_answer

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
    Fault(
        "101 to another protocol",
        UNKNOWN,
        (answering(head("101 Switching Protocols", "upgrade: x")),),
    ),
)
