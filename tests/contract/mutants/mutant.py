"""What a service mutant is, and how to make one."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from attrs import frozen

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.server import Served
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract.mutants.rewiring import Request, ResponseChange, Rewired, same_request, same_response
from tests.contract.mutants.triggers import ACCEPTED

Kind = Literal[
    "status",
    "header",
    "content-type",
    "body",
    "bound",
    "default",
    "enum",
    "auth",
    "method",
    "billing",
    "image",
    "intermittent",
    "queue",
    "result",
    "image host",
    "balance",
    "compatible",
]


@frozen(kw_only=True)
class ServiceMutant:
    """A sandbox with one change.

    `name` gives the change in a few words, `change` in a sentence. `pointers` are the facts of
    `openapi/flux-schnell.yaml` that the change contradicts: a finding at one of them or below is
    attributed correctly. A `compatible` mutant has none, since a client that fits the document still
    works. `make` returns a fresh application with a ledger of its own, for `running_sandbox`.
    `trigger` is the sequence of requests whose responses show the change in a fresh application.
    """

    name: str
    kind: Kind
    change: str
    pointers: tuple[str, ...]
    make: Callable[[], Served]
    trigger: tuple[Request, ...] = (ACCEPTED,)


def behaving(behaviour: Behaviour) -> Callable[[], Served]:
    """Return a maker of sandboxes with another, stateless behaviour."""
    return partial(create_app, behaviour)


def rewired(
    response: ResponseChange = same_response,
    *,
    request: Callable[[Request], Request] = same_request,
    behaviour: Behaviour = DOCUMENTED,
) -> Callable[[], Served]:
    """Return a maker of sandboxes with stateless changes on the wire."""
    return lambda: Rewired(create_app(behaviour), request=request, response=response)
