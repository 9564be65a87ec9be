"""What whoever opens a file of the package finds: a docstring, and lines that fit."""

import ast

import pytest

from tests.client.conftest import ROOT

PACKAGE = ROOT / "generated" / "segmind_flux_schnell"
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def _texts() -> dict[str, str]:
    return {f"{path}": (PACKAGE / path).read_text(encoding="utf-8") for path in MODULES}


def test_each_module_says_what_it_is() -> None:
    """Every module has a docstring."""
    assert len(MODULES) > 100
    assert [name for name, text in _texts().items() if not ast.get_docstring(ast.parse(text))] == []


def test_no_line_is_longer_than_120() -> None:
    """Docstrings, texts and code stay within 120 characters."""
    lines = ((f"{name}:{at}", line) for name, text in _texts().items() for at, line in enumerate(text.splitlines(), 1))
    assert [place for place, line in lines if len(line) > 120] == []


def test_no_text_is_the_repr_of_an_object() -> None:
    """Texts of the document come through as texts: an address in memory would differ from run to run."""
    assert [name for name, text in _texts().items() if " object at 0x" in text] == []


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
