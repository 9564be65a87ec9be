"""What is known of a service mutant."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from attrs import frozen

from tests.contract.mutants.rewiring import Request, ResponseChange, Rewired, same_request, same_response
from tests.contract.mutants.triggers import ACCEPTED
from tests.sandbox.behaviour import DOCUMENTED, Behaviour
from tests.sandbox.server import Served
from tests.sandbox.service import create_app

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
    "compatible",
]


@frozen(kw_only=True)
class ServiceMutant:
    """A sandbox with one change.

    `name` says the change in a few words, and `change` in a sentence. `pointers` are the places of
    `openapi/flux-schnell.yaml` to which noticing it may be attributed: a finding at one of them or
    below is right. A `compatible` mutant has none: a client that fits the document still works.
    `make` returns a fresh application with books of its own, for `running_sandbox`. `trigger` are
    requests, to be sent in this order to a fresh one, whose responses show the change.
    """

    name: str
    kind: Kind
    change: str
    pointers: tuple[str, ...]
    make: Callable[[], Served]
    trigger: tuple[Request, ...] = (ACCEPTED,)


def behaving(behaviour: Behaviour) -> Callable[[], Served]:
    """Return a maker of sandboxes with a behaviour that has no state of its own."""
    return partial(create_app, behaviour)


def rewired(
    response: ResponseChange = same_response,
    *,
    request: Callable[[Request], Request] = same_request,
    behaviour: Behaviour = DOCUMENTED,
) -> Callable[[], Served]:
    """Return a maker of sandboxes with changes on the wire that have no state of their own."""
    return lambda: Rewired(create_app(behaviour), request=request, response=response)
