"""Replay: each probe has its cassette, and pytest-recording plays it."""

from typing import Any

import pytest

from tests.contract import CASSETTES
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction
from tests.contract.recording.cassettes import settings


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The document of this repository."""
    return Contract.load()


@pytest.fixture
def vcr_config() -> dict[str, Any]:
    """How cassettes are matched, scrubbed and read: the same as when they were recorded."""
    return settings(CASSETTES)


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    """All cassettes are in one folder, since their names are those of the probes."""
    return str(CASSETTES)


@pytest.fixture
def default_cassette_name(request: pytest.FixtureRequest) -> str:
    """A test of an interaction plays its cassette."""
    interaction: Interaction = request.node.callspec.params["interaction"]
    return interaction.probe
