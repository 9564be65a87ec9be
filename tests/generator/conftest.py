"""Generated packages, and a service that their clients talk to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.generator.generation import DOCUMENTS, imported, write_package
from tests.generator.recording_server import RecordingServer, recording_server

Generate = Callable[[Path], Any]
Connect = Callable[..., Any]
Attempt = Callable[..., int]


@pytest.fixture
def attempt(tmp_path: Path) -> Attempt:
    """Generates the package `things` from the text of a document into `generated/`, and gives the exit code."""
    # Not imported before it is needed: the tests of openapi-python-client's names run even where this fails.
    import generate

    def run(text: str, *options: str) -> int:
        document = tmp_path / "things.yaml"
        document.write_text(text, encoding="utf-8")
        return generate.main(
            ["--spec", str(document), "--output", str(tmp_path / "generated"), "--package", "things", *options]
        )

    return run


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generate]:
    """Generates the package of a document, and imports it for the tests of a module."""
    with ExitStack() as stack:

        def package(document: Path) -> Any:
            name = f"{document.stem.replace('-', '_')}_client"
            folder = tmp_path_factory.mktemp(name) / "generated"
            write_package(document, folder, name)
            return stack.enter_context(imported(folder, name))

        yield package


@pytest.fixture(scope="module")
def documented(request: pytest.FixtureRequest, generated: Generate) -> Any:
    """The package of the document that a test module names in `DOCUMENT`."""
    return generated(DOCUMENTS / request.module.DOCUMENT)


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    """A service that responds as the test says."""
    with recording_server() as running:
        yield running


@pytest.fixture
def connect(server: RecordingServer) -> Iterator[Connect]:
    """Makes clients of a package that talk to the service."""
    with ExitStack() as stack:

        def client(package: Any, **options: Any) -> Any:
            # Loading certificates would take longer than the test.
            transport = httpx.HTTPTransport(verify=False)
            return stack.enter_context(package.Client(base_url=server.url, transport=transport, **options))

        yield client
