"""Templates of ours beside the stock ones of openapi-python-client."""

from importlib.resources import files
from pathlib import Path

import pytest

from tests.generator import ROOT

TEMPLATES = ROOT / "openapi" / "templates"
_NEW = (
    "__main__.py.jinja",
    "_batch.py.jinja",
    "_service.py.jinja",
    "batch.py.jinja",
    "cli.py.jinja",
    "jobs.py.jinja",
    "results.py.jinja",
)
"""Templates of modules that stock packages do not have."""

OURS = sorted(path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*.jinja"))


@pytest.mark.parametrize("name", OURS, ids=str)
def test_each_template_says_what_it_is_for(name: Path) -> None:
    """The first lines say what a template changes and why, or what its macros are for."""
    head, end, _ = (TEMPLATES / name).read_text(encoding="utf-8").partition("#}")
    assert head.startswith("{# ")
    assert end
    is_stock = files("openapi_python_client").joinpath("templates", str(name)).is_file()
    assert head.startswith("{# Ours") == (is_stock or name.name in _NEW)
