"""The notebook, run in a kernel from its first cell to its last."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.cookbook.conftest import HERE, PATIENCE, Recipes

NOTEBOOK = "notebook.ipynb"


@pytest.fixture(autouse=True)
def own_folders(recipes: Recipes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jupyter writes into folders of the test."""
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(recipes.folder / name.lower()))
        recipes.environment[name] = str(recipes.folder / name.lower())


def executed(notebook: Path, environment: dict[str, str]) -> dict[str, list[Any]]:
    """The outputs of each cell, by its id, after a kernel of its own has run all of them."""
    content: Any = nbformat.read(notebook, as_version=4)
    client = NotebookClient(content, timeout=PATIENCE, resources={"metadata": {"path": str(notebook.parent)}})
    client.execute(env=environment)
    return {cell.id: list(cell.outputs) for cell in content.cells if cell.cell_type == "code"}


def test_images_show_themselves(recipes: Recipes, sandbox: Sandbox) -> None:
    """One image, three at once, and eight of a batch with its bar; run again, the batch is bought no more."""
    notebook = recipes.copy(NOTEBOOK)
    outputs = executed(notebook, recipes.environment)
    assert ["image/jpeg" in output.data for output in outputs["image"]] == [True]
    assert ["image/jpeg" in output.data for output in outputs["seeds"]] == [True, True, True]
    *bar, summary = outputs["batch"]
    assert bar
    assert "<table" in summary.data["text/html"]
    assert "done=8" in summary.data["text/plain"]
    assert outputs["spent"][0].text == "12 images, 0.096 credits\n"
    assert executed(notebook, recipes.environment)["spent"][0].text == "4 images, 0.032 credits\n"
    assert sandbox.ledger.billed == Decimal("0.128")


def test_it_is_kept_without_outputs() -> None:
    """A notebook in a repository has neither outputs nor counts: both would be of one machine."""
    content: Any = nbformat.read(HERE / NOTEBOOK, as_version=4)
    cells = [cell for cell in content.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in cells] == [([], None)] * len(cells)
