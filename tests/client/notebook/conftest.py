"""One kernel for each module, and an empty namespace in it for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from segmind_flux_schnell_sandbox import FluxSchnellSandbox, running_sandbox
from tests.client.notebook.kernel import LOOPBACK_ONLY, Kernel, running_kernel
from tests.waiting import until


@pytest.fixture(scope="module")
def sandbox() -> Iterator[FluxSchnellSandbox]:
    """A sandbox that the tests of a module arrange to fail, or to take its time."""
    with running_sandbox() as running:
        yield running


@pytest.fixture(autouse=True)
def undisturbed(sandbox: FluxSchnellSandbox) -> Iterator[None]:
    """A test leaves nothing in flight, and no failure for the next one."""
    yield
    until(lambda: sandbox.ledger.in_flight == 0)
    sandbox.recovers()


@pytest.fixture(scope="module")
def started(sandbox: FluxSchnellSandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """A kernel whose clients call the sandbox of the module."""
    folder = tmp_path_factory.mktemp("kernel")
    own = {name: str(folder / name.lower()) for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    variables = {"SEGMIND_BASE_URL": sandbox.url, "SEGMIND_API_KEY": sandbox.key, "PYTHONPATH": str(LOOPBACK_ONLY)}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own.items():
            patch.setenv(name, value)
        with running_kernel(folder, {**os.environ, **variables}) as kernel:
            yield kernel


@pytest.fixture
def kernel(started: Kernel, tmp_path: Path) -> Kernel:
    """The kernel, with nothing but the names of the package in its namespace, in a folder of the test."""
    started.run(f"""
        get_ipython().reset()
        import asyncio, os
        os.chdir({str(tmp_path)!r})
        from segmind_flux_schnell import *
    """)
    return started
