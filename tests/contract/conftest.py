"""Fixtures of the replay: each probe has its cassette, which pytest-recording plays."""

from typing import Any

import pytest

from tests.contract import CASSETTES
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.recording.cassettes import settings
from tests.contract.recording.consistency import package_mismatch, recordings_mismatch


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The document of this repository."""
    return Contract.load()


@pytest.fixture(scope="session")
def generated_from_document() -> None:
    """Skip what a package of another document would make fail; `test_the_package_is_of_the_document` fails for all."""
    mismatch = package_mismatch()
    if mismatch is not None:
        pytest.skip(mismatch)


@pytest.fixture(scope="session")
def recorded_from_document(generated_from_document: None) -> None:
    """Skip what needs a sandbox that does as documented, if facts have been edited since it was recorded.

    `test_the_recordings_are_of_the_document` fails for all, and says what to do.
    """
    mismatch = recordings_mismatch(Contract.load())
    if mismatch is not None:
        pytest.skip(mismatch)


@pytest.fixture
def vcr_config() -> dict[str, Any]:
    """Match, scrub and read cassettes as they were recorded."""
    return settings(CASSETTES)


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    """All cassettes are in one folder, named after their probes."""
    return str(CASSETTES)


@pytest.fixture
def default_cassette_name(request: pytest.FixtureRequest) -> str:
    """A test of an interaction plays its cassette."""
    interaction: Interaction = request.node.callspec.params["interaction"]
    return interaction.probe
