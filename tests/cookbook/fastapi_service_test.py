"""Tests of `fastapi_service.py`, to copy with it. They buy nothing: `pip install 'segmind-flux-schnell[testing]'`.

    pytest fastapi_service_test.py

The extra brings the fixture `flux_schnell_sandbox`. It runs a stand-in of the service, and sets SEGMIND_BASE_URL and
SEGMIND_API_KEY, so that the client of the service calls it. Its books say what your code would have paid.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from fastapi_service import app

from segmind_flux_schnell_sandbox import FluxSchnellSandbox


@pytest.fixture
def caller(
    flux_schnell_sandbox: FluxSchnellSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """A caller of the service, which keeps its images in a folder of the test."""
    monkeypatch.chdir(tmp_path)
    with TestClient(app) as caller:
        yield caller


def test_an_order_is_paid_for_once(caller: TestClient, flux_schnell_sandbox: FluxSchnellSandbox) -> None:
    """The image comes back, and again for nothing."""
    response = caller.post("/images", json={"prompt": "a red fox", "width": 512, "height": 512})
    again = caller.get(response.headers["content-location"])
    assert (response.status_code, again.content) == (200, response.content)
    assert flux_schnell_sandbox.billed == Decimal("0.008")


def test_an_account_without_credits_is_our_problem(
    caller: TestClient, flux_schnell_sandbox: FluxSchnellSandbox
) -> None:
    """The caller gets a 502, and learns that nothing was billed."""
    flux_schnell_sandbox.fails_with(406)
    response = caller.post("/images", json={"prompt": "a red fox"})
    assert (response.status_code, response.json()["billed"]) == (502, False)


def test_a_lost_connection_is_not_tried_again(caller: TestClient, flux_schnell_sandbox: FluxSchnellSandbox) -> None:
    """It may be paid for: one order, a 504, and the caller decides."""
    flux_schnell_sandbox.drops_the_connection()
    response = caller.post("/images", json={"prompt": "a red fox"})
    assert (response.status_code, response.json()["billed"]) == (504, None)
    assert len(flux_schnell_sandbox.requests) == 1
