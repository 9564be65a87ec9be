"""The pytest plugin, for tests of code that calls the service: the fixture `flux_schnell_sandbox`.

pytest loads it in every run where the package is installed. So until a test requests the fixture, it imports nothing
that takes time or may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from segmind_flux_schnell_sandbox.requirements import missing

if TYPE_CHECKING:
    from segmind_flux_schnell_sandbox.sandbox import FluxSchnellSandbox


@pytest.fixture
def flux_schnell_sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[FluxSchnellSandbox]:
    """A sandbox of Flux Schnell on this machine, for one test: clients call it, and nothing is bought.

    It sets SEGMIND_BASE_URL and SEGMIND_API_KEY, so clients made in the test call it. It has `url` and `key`;
    `requests`, `billed` and `credits`; `fails_with(406)`, `is_cold_for(3)`, `drops_the_connection()` and more.
    """
    sentence = missing()
    if sentence is not None:
        pytest.fail(sentence, pytrace=False)
    from segmind_flux_schnell_sandbox.network_blocks import let_through
    from segmind_flux_schnell_sandbox.server import address_of, running_sandbox

    # Nothing needs what is still in flight when a test has ended.
    with running_sandbox(grace=0) as sandbox:
        monkeypatch.setenv("SEGMIND_BASE_URL", sandbox.url)
        monkeypatch.setenv("SEGMIND_API_KEY", sandbox.key)
        with let_through({address_of(sandbox.url), address_of(sandbox.images_url)}):
            yield sandbox
