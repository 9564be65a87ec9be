"""Every documented status and twenty others, each with eight bodies: the class, the bill and the budget."""

import json

import pytest
from attrs import frozen

from segmind_flux_schnell import (
    Budget,
    GatewayError,
    RedirectRefusedError,
    ResponseError,
    StatusError,
    UndocumentedStatusError,
)
from tests.client.calling import Kind
from tests.client.faults.responses import ASKED, HTML, HTML_TYPE, JSON_TYPE, responding
from tests.client.faults.servers import FaultServer
from tests.client.faults.sessions import session
from tests.client.responding_server import http_response

DOCUMENTED: dict[int, type[StatusError]] = {
    int(status): error for error in StatusError.__subclasses__() for status in error.documented
}
FOR_NOW = (429, 503)
UNDOCUMENTED = (
    *(201, 204, 206),
    *(300, 304, 308),
    *(402, 408, 409, 413, 418, 422, 451),
    *(501, 502, 504, 520, 599),
    *(600, 999),
)
WITHOUT_BODY = (204, 304)


@frozen
class Body:
    """A body, its label, and whether it is a documented one."""

    content: bytes
    label: str
    documented: bool = False


def as_json(document: object, documented: bool = False) -> Body:
    """A body of JSON."""
    return Body(json.dumps(document).encode(), JSON_TYPE, documented)


BODIES: dict[str, Body] = {
    "the documented object": as_json({"error": "no"}, documented=True),
    "its variant": as_json({"error": "no", "error_description": "no, and why", "status_code": 400}, documented=True),
    "an object for the message": as_json({"error": {"code": 7}}),
    "another object": as_json({"detail": "no"}),
    "a list": as_json(["no"]),
    "HTML": Body(HTML, HTML_TYPE),
    "invalid UTF-8": Body(b'{"error": "\xff\xfe\x80"}', JSON_TYPE),
    "nothing": Body(b"", JSON_TYPE),
}


def expected(status: int, body: Body) -> tuple[type[ResponseError], bool | None, str]:
    """Class, bill and outcome."""
    if 300 <= status < 400:
        return RedirectRefusedError, None, "unknown"
    # RFC 9110, 15: a status from 600 on is to be taken for a 5xx.
    if status >= 500 and (status not in DOCUMENTED or (status == 500 and not body.documented)):
        return GatewayError, None, "unknown"
    if status not in DOCUMENTED:
        return UndocumentedStatusError, None, "unknown"
    return DOCUMENTED[status], False, "retryable" if status in FOR_NOW else "rejected"


def test_the_statuses_are_those_of_the_document() -> None:
    """The package has a class for each documented failure, and the other twenty are none of them."""
    assert sorted(DOCUMENTED) == [400, 401, 403, 404, 405, 406, 410, 429, 500, 503]
    assert len(set(UNDOCUMENTED) - set(DOCUMENTED)) == 20


@pytest.mark.parametrize("status", [*DOCUMENTED, *UNDOCUMENTED])
def test_a_status_has_its_error_whatever_the_body(service: FaultServer, kind: Kind, status: int) -> None:
    """One POST, one class, the bytes as they came; what is not known to be free stays reserved."""
    budget = Budget()
    with session(kind, api_key="k", base_url=service.url, timeout=10, retry=None, budget=budget) as generate:
        for name, body in BODIES.items():
            content = b"" if status in WITHOUT_BODY else body.content
            service.begin(responding(http_response(f"{status} ", content, body.label, "x-request-id: r-1")))
            posts, reserved = service.posts, budget.reserved_images
            error, billed, outcome = expected(status, body)
            with pytest.raises(error) as raised:
                generate(**ASKED)
            told = raised.value
            assert type(told) is error, name
            assert (told.status_code, told.content, told.request_id) == (status, content, "r-1"), name
            assert (told.billed, told.outcome, told.attempts) == (billed, outcome, 1), name
            assert service.posts - posts == 1, name
            assert (budget.images, budget.reserved_images - reserved) == (0, billed is None), name
            if isinstance(told, StatusError):
                assert (told.body is not None, bool(told.message)) == (body.documented, body.documented), name
