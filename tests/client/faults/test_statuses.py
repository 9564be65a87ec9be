"""Every documented status and some twenty others, each with eight bodies: the class, the bill and the budget."""

import json
from typing import Any

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
from segmind_flux_schnell.api.images.generate_image import OPERATION
from tests.client.calling import Kind
from tests.client.documented import failures
from tests.client.faults.responses import ASKED, HTML, HTML_TYPE, JSON_TYPE, responding
from tests.client.faults.servers import FaultServer
from tests.client.faults.sessions import session
from tests.client.responding_server import http_response

RESPONSES = {response.statuses[0]: response for response in OPERATION.responses}
DOCUMENTED: dict[int, type[StatusError]] = {
    status: response.error for status, response in RESPONSES.items() if response.error is not None
}
FOR_NOW = [status for status, response in RESPONSES.items() if response.temporary]
OTHERS = (
    *(201, 204, 206),
    *(300, 304, 308),
    *(402, 408, 409, 413, 418, 422, 451),
    *(501, 502, 504, 520, 599),
    *(600, 999),
)
UNDOCUMENTED = [status for status in OTHERS if status not in RESPONSES]
WITHOUT_BODY = (204, 304)
OUTCOMES = {True: "billed", False: "rejected", None: "unknown"}


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
    if status >= 500 and (status not in DOCUMENTED or (status not in FOR_NOW and not body.documented)):
        return GatewayError, None, "unknown"
    if status not in DOCUMENTED:
        return UndocumentedStatusError, None, "unknown"
    billed = RESPONSES[status].billed
    return DOCUMENTED[status], billed, "retryable" if status in FOR_NOW else OUTCOMES[billed]


def test_the_statuses_are_those_of_the_document(document: dict[str, Any]) -> None:
    """The operation has a class for each failure that the document has there, with what it says of the bill."""
    documented = failures(document)
    assert {str(status) for status in DOCUMENTED} == set(documented)
    for status, error in DOCUMENTED.items():
        facts = documented[str(status)]
        assert str(status) in error.documented
        assert RESPONSES[status].billed is facts.get("x-billed")
        assert RESPONSES[status].temporary is facts.get("x-retry", False)


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
