"""One client of either kind for many calls, called the same way."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from segmind_flux_schnell import AsyncClient, Client
from tests.client.calling import Kind, with_transport

Generate = Callable[..., Any]
"""`generate_image` of a client that stays open: it blocks, whichever kind the client is."""


@contextmanager
def session(kind: Kind, **options: Any) -> Iterator[Generate]:
    """A client that is open while the context lasts."""
    if kind == "sync":
        with Client(**options) as client:
            yield client.generate_image
    else:
        with asyncio.Runner() as runner:
            asynchronous = AsyncClient(**with_transport(kind, options))
            try:
                yield lambda **call: runner.run(asynchronous.generate_image(**call))
            finally:
                runner.run(asynchronous.aclose())
