"""The output depends on the document alone, replaces what was there, and every file says where it is from."""

import re
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from segmind_flux_schnell._service import SPEC_SHA256
from tests.generator import ROOT
from tests.generator.generation import DOCUMENT, DOCUMENTS, altered, files, run, write_package

BROAD = DOCUMENTS / "choices.yaml"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The output for a document, in an empty folder."""
    return generate(BROAD, tmp_path_factory.mktemp("once") / "generated", PYTHONHASHSEED="1")


def generate(document: Path, output: Path, cwd: Path = ROOT, **environment: str) -> dict[str, bytes]:
    """Run the driver, and return the files that it has written."""
    done = run("--spec", document, "--output", output, "--package", "service", cwd=cwd, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(rf"Generated {output.name}/: \d+ operations?\n", done.stdout)
    return files(cwd / output)


def test_every_run_writes_the_same_bytes(once: dict[str, bytes], tmp_path: Path) -> None:
    """Neither the order of sets nor files of an earlier run change a byte."""
    output = tmp_path / "generated"
    shutil.copytree(ROOT / "generated", output)
    assert generate(BROAD, output, PYTHONHASHSEED="2") == once


def test_the_folder_does_not_matter(once: dict[str, bytes], tmp_path: Path) -> None:
    """The bytes are the same from another folder, with other settings of formatter, language and time."""
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\n")
    shutil.copy(BROAD, tmp_path)
    around = {"LC_ALL": "C", "TZ": "Asia/Tokyo", "COLUMNS": "20"}
    assert generate(Path(BROAD.name), Path("out", "generated"), cwd=tmp_path, **around) == once


def test_stale_files_vanish(tmp_path: Path) -> None:
    """Files of an earlier document, and files that were put there, are removed."""
    output = tmp_path / "generated"
    write_package(DOCUMENT, output, "service")
    (output / "service" / "notes.txt").write_text("mine")
    (output / "service" / "api" / "old").mkdir()
    (output / "service" / "api" / "old" / "call.py").write_text("x = 1")

    def rename(document: Any) -> None:
        document["paths"]["/v1/flux-schnell"]["post"].update(operationId="draw", tags=["images"])
        document["components"]["responses"]["Queued"]["x-job"]["instead-of"] = "draw"

    write_package(altered(rename, tmp_path / "flux.yaml"), output, "service")
    written = files(output)
    assert not [name for name in written if "generate_image.py" in name or "old" in name or "notes" in name]
    assert "service/api/images/draw.py" in written
    assert sorted(path.name for path in tmp_path.iterdir()) == ["flux.yaml", "generated"]


@pytest.mark.parametrize("document", [DOCUMENT, BROAD], ids=lambda path: path.stem)
def test_every_file_says_where_it_is_from(document: Path, once: dict[str, bytes]) -> None:
    """The first line names the source to edit, with the document's hash, and the command to run."""
    made_from = f"openapi/{document.name} (SHA-256 {sha256(document.read_bytes()).hexdigest()[:12]})"
    for name, content in (once if document == BROAD else files(ROOT / "generated")).items():
        copied = name.partition("/_runtime/")[2]
        source = f"openapi/runtime/{copied}" if copied else made_from
        line = content.decode().splitlines()[0]
        assert f"@generated from {source} by `make generate`. Do not edit: change that file." in line, name


def test_the_package_holds_the_hash_of_its_document() -> None:
    """So recordings of another document can be told from those that belong to the package."""
    assert sha256(DOCUMENT.read_bytes()).hexdigest() == SPEC_SHA256
