"""Clients of a queue, and of one that has faults."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from segmind_flux_schnell import Client
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.faults.queue_relay import Relay, Steps, relaying

SMALL: dict[str, Any] = {"prompt": "a fox", "seed": 7, "width": 512, "height": 512}


def opened(queue: Sandbox, **options: Any) -> Client:
    """A client of the sandbox."""
    return Client(**{"api_key": KEY, "base_url": queue.url, "timeout": 10.0, **options})


@contextmanager
def relayed(queue: Sandbox, steps: Steps, **options: Any) -> Iterator[tuple[Relay, Client]]:
    """A relay that has faults, and a client of it."""
    with relaying(queue, steps) as (relay, _), opened(queue, base_url=relay.url, **options) as client:
        yield relay, client
