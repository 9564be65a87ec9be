"""Services to call, and clients of both kinds."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from ruamel.yaml import YAML

from segmind_flux_schnell import AsyncClient, Client
from segmind_flux_schnell._runtime.transport.certificates import VARIABLES
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.calling import Caller, Kind, Recorder
from tests.client.forwarding_proxy import ForwardingProxy, forwarding_proxy
from tests.client.gate import GATE, Gate
from tests.client.platforms import skip_what_cannot_run
from tests.client.responding_server import RespondingServer, responding_server

ROOT = Path(__file__).parents[2]

Calling = Callable[..., Caller]
Make = Callable[..., Client | AsyncClient]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this platform cannot do."""
    skip_what_cannot_run(items)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, no base URL, no proxy and no certificates are set, whatever the environment of the tests."""
    for name in (
        "SEGMIND_API_KEY",
        "SEGMIND_BASE_URL",
        *VARIABLES,
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "no_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="session", autouse=True)
def signals() -> None:
    """Signals reach the programs that tests start, also where the tests run in the background of a shell or by `nohup`.

    Programs inherit that a signal is ignored, and not that it is handled.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds each new file for good, as a virus scanner on Windows can: none can be renamed."""

    def refuse(source: object, target: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("segmind_flux_schnell._runtime.base.saving.REPLACE_WAITS", (0.001, 0.001))
    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(Path, "replace", refuse)


@pytest.fixture(params=["sync", "async"])
def calling(request: pytest.FixtureRequest) -> Calling:
    """Makes a caller of either kind from the options of its client: the test runs once with each."""
    kind: Kind = request.param

    def make(**options: Any) -> Caller:
        return Caller(kind, {"api_key": KEY, **options})

    return make


@pytest.fixture(params=[Client, AsyncClient])
def make(request: pytest.FixtureRequest) -> Make:
    """The class of either client, which takes the same options."""
    kind: Make = request.param
    return kind


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A stand-in of the service, one for all tests of a module."""
    with running_sandbox(create_app(evolve(DOCUMENTED, draw=GATE.draw))) as running:
        yield running


@pytest.fixture
def gate() -> Iterator[Gate]:
    """What holds the images of the sandbox back; it is open at first, and afterwards."""
    yield GATE
    GATE.open()


@pytest.fixture
def server() -> Iterator[RespondingServer]:
    """A service that responds as the test says."""
    with responding_server() as running:
        yield running


@pytest.fixture
def proxy() -> Iterator[ForwardingProxy]:
    """A proxy."""
    with forwarding_proxy() as running:
        yield running


@pytest.fixture
def recorder() -> Recorder:
    """A service inside the process."""
    return Recorder()


@pytest.fixture
def client(recorder: Recorder) -> Iterator[Client]:
    """A blocking client of the service inside the process."""
    with Client(api_key=KEY, transport=recorder.transport) as client:
        yield client


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The OpenAPI document that the client was generated from."""
    document: dict[str, Any] = YAML(typ="safe").load(ROOT / "openapi" / "flux-schnell.yaml")
    return document
