"""What was sent and what came back."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from segmind_flux_schnell._runtime.base.messages import Response


@frozen(kw_only=True)
class Sent:
    """A request of a probe.

    Args:
        method: HTTP method.
        path: Path on the server.
        content_type: Of the body.
        body: The body.
        account: Whose key it has: `main`, `none`, `wrong`, or one of the accounts that provoke a status.
    """

    method: str
    path: str
    body: bytes = b""
    content_type: str = "application/json"
    account: str = "main"

    def json(self) -> Any:
        """The body as JSON, or None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@define(slots=False)
class Interaction:
    """One interaction.

    Args:
        probe: Name of the probe, which is the name of its cassette.
        sent: The request.
        response: The response.
        headers: Names of the headers that were sent, in lower case.
    """

    probe: str
    sent: Sent
    response: Response
    headers: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def body(self) -> Any:
        """The body that was sent, as JSON, or None."""
        return self.sent.json()

    @property
    def accepted(self) -> bool:
        """Whether the service answered with success."""
        return 200 <= self.response.status_code <= 299

    @property
    def refused(self) -> bool:
        """Whether the service answered that it will not or cannot."""
        return self.response.status_code >= 400


def as_body(values: Mapping[str, Any]) -> bytes:
    """A JSON body."""
    return json.dumps(values, ensure_ascii=False).encode()
