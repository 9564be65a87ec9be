"""How well the generator does on public OpenAPI documents: `make documents`.

Nothing in here imports the generator: what a document says is read from its YAML or JSON once more, in other words.
"""

from pathlib import Path

from tests.generator import ROOT

GIVEN = ROOT.parent / "shared" / "documents"
"""Where the documents lie. They are not part of the project."""

WORK = ROOT / "out" / "documents"
"""Where packages and reports go. Git ignores it."""


def document_files(folder: Path) -> list[Path]:
    """The documents of a folder, in alphabetical order."""
    found = [path for path in folder.iterdir() if path.suffix in (".json", ".yaml", ".yml")]
    return sorted(found, key=lambda path: path.name.lower())
