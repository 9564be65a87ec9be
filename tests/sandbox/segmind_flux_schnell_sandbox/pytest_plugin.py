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
    `requests`, `billed` and `credits`; `fails_with(406)`, `is_cold_for(3)`, `drops_the_connection()` and more. A call
    of the service itself is refused before it is sent, and fails the test.

    For a fixture of a wider scope, use `running_sandbox()` and `clients_call(sandbox)`.
    """
    sentence = missing()
    if sentence is not None:
        pytest.fail(sentence, pytrace=False)
    from segmind_flux_schnell_sandbox.elsewhere import CalledElsewhere
    from segmind_flux_schnell_sandbox.in_process import clients_call
    from segmind_flux_schnell_sandbox.server import running_sandbox

    try:
        # Nothing needs what is still in flight when a test has ended.
        with running_sandbox(grace=0) as sandbox, clients_call(sandbox, monkeypatch):
            yield sandbox
    except CalledElsewhere as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None
