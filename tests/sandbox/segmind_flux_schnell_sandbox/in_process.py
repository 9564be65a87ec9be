"""Leads the clients of this process to a sandbox, as a test needs it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from segmind_flux_schnell_sandbox.addresses import address_of
from segmind_flux_schnell_sandbox.elsewhere import refusing_elsewhere
from segmind_flux_schnell_sandbox.network_blocks import let_through
from segmind_flux_schnell_sandbox.sandbox import FluxSchnellSandbox

if TYPE_CHECKING:
    import pytest


@contextmanager
def clients_call(
    sandbox: FluxSchnellSandbox, monkeypatch: pytest.MonkeyPatch | None = None
) -> Generator[None, None, None]:
    """Let the clients of this process call a sandbox while the context lasts, and not the service.

    It sets SEGMIND_BASE_URL and SEGMIND_API_KEY, which a client reads when it is made, and gets past plugins of pytest
    that block the network. A call that leaves for the service all the same is refused, and not sent.

    Args:
        sandbox: The sandbox, as `running_sandbox` yields it.
        monkeypatch: Sets the variables, and puts them back when it is undone. By default, they are put back at the end.

    Raises:
        CalledElsewhere: At the end, if a call was refused: whoever made it may have caught the exception.
    """
    import pytest

    addresses = {address_of(sandbox.url), address_of(sandbox.images_url)}
    patching = pytest.MonkeyPatch.context() if monkeypatch is None else nullcontext(monkeypatch)
    with refusing_elsewhere(sandbox.url), let_through(addresses), patching as patch:
        patch.setenv("SEGMIND_BASE_URL", sandbox.url)
        patch.setenv("SEGMIND_API_KEY", sandbox.key)
        yield
