"""What whoever opens a file of the package finds: a docstring, and lines that fit."""

import ast
from pathlib import Path

import pytest

from tests.client.conftest import ROOT

PACKAGE = ROOT / "generated" / "segmind_flux_schnell"
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_each_module_says_what_it_is(path: Path) -> None:
    """Every module has a docstring."""
    assert ast.get_docstring(ast.parse((PACKAGE / path).read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_line_is_longer_than_120(path: Path) -> None:
    """Docstrings, texts and code stay within 120 characters."""
    lines = (PACKAGE / path).read_text(encoding="utf-8").splitlines()
    assert not [number for number, line in enumerate(lines, 1) if len(line) > 120]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_text_is_the_repr_of_an_object(path: Path) -> None:
    """Texts of the document come through as texts: an address in memory would differ from run to run."""
    assert " object at 0x" not in (PACKAGE / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["client.py", "results.py", "cli.py", "api/images/generate_image.py"])
def test_the_rules_stand_in_one_module(name: str) -> None:
    """No module but that of the request repeats its rules."""
    assert "Rule(kind" not in (PACKAGE / name).read_text(encoding="utf-8").replace('Rule(kind="object"', "")


def _defined(node: ast.stmt) -> tuple[str, ...]:
    match node:
        case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
            return (name,)
        case _:
            return ()


def test_alike_bodies_have_one_reader() -> None:
    """The error body of ten statuses has one reader, the image another."""
    tree = ast.parse((PACKAGE / "api" / "images" / "generate_image.py").read_text(encoding="utf-8"))
    defined = [name for node in tree.body for name in _defined(node)]
    readers = [name for name in defined if name.startswith("_read")]
    assert readers == ["_read_generate_image_result", "_read_error_body"]
