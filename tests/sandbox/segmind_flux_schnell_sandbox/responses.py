"""The sandbox's responses: images, balances and the three forms of an error."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from attrs import field, frozen
from starlette.responses import Response

from segmind_flux_schnell_sandbox.behaviour import Behaviour
from segmind_flux_schnell_sandbox.connections import CutResponse
from segmind_flux_schnell_sandbox.refusals import Refusal, Refused

PAGE = """\
<!doctype html>
<html lang=en>
<title>{status} {phrase}</title>
<h1>{phrase}</h1>
<p>{message}</p>
"""


@frozen
class SandboxResponse:
    """A response, and the credits billed for it. With `cut`, the connection ends before it, or halfway through it."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(factory=dict[str, str])
    billed: Decimal = Decimal(0)
    cut: Literal["before", "halfway"] | None = None

    def response(self, headers: Mapping[str, str]) -> Response:
        """Return a Starlette response with `headers` added."""
        named = {**self.headers, **headers, "content-type": self.content_type}
        if self.cut is not None:
            return CutResponse(self.body, self.status, named, begun=self.cut == "halfway")
        return Response(self.body, self.status, named)


def json_response(status: int, document: object) -> SandboxResponse:
    """Return a response whose body is a JSON document."""
    return SandboxResponse(status, "application/json", json.dumps(document).encode())


def error_response(refused: Refused, behaviour: Behaviour) -> SandboxResponse:
    """Return the response to a refused request."""
    refusal = behaviour.refusals[refused.reason]
    message = refused.detail or refusal.message
    if refusal.shape == "page":
        response = _page(refusal, message)
    else:
        response = json_response(refusal.status, _error_document(refusal, message, behaviour))
    return SandboxResponse(response.status, response.content_type, response.body, refused.headers)


def _page(refusal: Refusal, message: str) -> SandboxResponse:
    page = PAGE.format(status=refusal.status, phrase=refusal.phrase, message=message)
    return SandboxResponse(refusal.status, "text/html; charset=utf-8", page.encode())


def _error_document(refusal: Refusal, message: str, behaviour: Behaviour) -> dict[str, object]:
    if refusal.shape == "envelope":
        return {behaviour.error_field: message}
    return {
        behaviour.error_field: refusal.code,
        "error_description": message,
        "status_code": refusal.status,
    }
