"""The command line of other documents: its options follow from them, and clashes of names are resolved."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from tests.generator.conftest import Generate
from tests.generator.generation import DOCUMENTS, altered, imported, write_package


def with_clashes(document: Any) -> None:
    """Add properties with the names of options that commands have anyway."""
    properties = document["components"]["schemas"]["GenerateImageRequest"]["properties"]
    for name in ("output", "force", "as_json", "timeout", "path"):
        properties[name] = {"type": "integer", "description": f"The {name}. More about it."}


def test_properties_can_have_the_names_of_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Such a property gets an option with a longer name, and the command keeps its own."""
    path = altered(with_clashes, tmp_path / "clashing.yaml")
    write_package(path, tmp_path / "generated", "clashing_client")
    with imported(tmp_path / "generated", "clashing_client"):
        program = importlib.import_module("clashing_client.cli").PROGRAM
        start = importlib.import_module("clashing_client._runtime.cli.start").start
        assert start(program, ["generate", "--help"]) == 0
        printed = capsys.readouterr().out
        assert "--field-output N" in printed
        assert "--output FILE" in printed
        assert "The timeout." in printed
        assert start(program, ["generate", "x", "--field-output", "x", "--path", "y"]) == 2
        printed = capsys.readouterr().err
        assert "--field-output: 'x' is a str, not an int" in printed
        assert "--path: 'y' is a str, not an int" in printed


@pytest.mark.parametrize("name", ["parameters", "queue"])
def test_a_document_without_images_has_operations(
    generated: Generate, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each operation has its options, and the commands say that none of them makes an image."""
    package = generated(DOCUMENTS / f"{name}.yaml")
    line = importlib.import_module(f"{package.__name__}.cli")
    assert line.OPERATIONS
    assert line.PROGRAM.operation is None
    assert line.main() == 2
    assert "No operation of the document makes an image" in capsys.readouterr().err
