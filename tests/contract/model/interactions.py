"""Interactions: a request of a probe with the response to it."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from segmind_flux_schnell._runtime.base.messages import Response


@frozen(kw_only=True)
class ProbeRequest:
    """The request of a probe.

    Args:
        operation: The `operationId` of the operation that it is sent for; empty for an address that a response names.
        method: HTTP method.
        path: Path on the server, with its parameters filled in.
        query: Names and values of the query, in their order.
        headers: Names and values of headers that are parameters of the operation.
        body: The body.
        content_type: Content type of the body.
        origin: Scheme and host, where they are not those of the service.
        account: Whose key is sent: `main`, `none`, `wrong`, or an account that provokes a status.
    """

    operation: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    content_type: str = "application/json"
    origin: str = ""
    account: str = "main"

    def json(self) -> Any:
        """The body as JSON, or None if it is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@define(slots=False)
class Interaction:
    """One request of a probe with the response to it.

    Args:
        probe: Name of the probe, and of its cassette.
        request: The request.
        response: The response.
        headers: Names of the headers that were sent, in lower case.
        recorded_at: When it was recorded; empty in the run that sent it. Balances of different recordings cannot be
            compared.
    """

    probe: str
    request: ProbeRequest
    response: Response
    headers: frozenset[str] = field(default=frozenset(), repr=False)
    recorded_at: str = field(default="", repr=False)

    @cached_property
    def body(self) -> Any:
        """The request body as JSON, or None if it is not JSON."""
        return self.request.json()

    @property
    def accepted(self) -> bool:
        """Whether the status is one of success (2xx)."""
        return 200 <= self.response.status_code <= 299

    @property
    def refused(self) -> bool:
        """Whether the status is one of an error (4xx, 5xx)."""
        return self.response.status_code >= 400


def as_body(values: Mapping[str, Any]) -> bytes:
    """Encode a JSON body."""
    return json.dumps(values, ensure_ascii=False).encode()
