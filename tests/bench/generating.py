"""What it takes to generate a package from a document of a thousand operations."""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.large_document import OBJECTS, write_large_document
from tests.bench.report import OURS, Goal, Section
from tests.bench.scale import FULL, Scale
from tests.bench.servers import Service

ROOT = Path(__file__).parents[2]
STOCK = "openapi-python-client"

_RUFF = "--isolated --no-cache --quiet --target-version=py311 --line-length=120"
_SETTINGS = f"""\
literal_enums: true
post_hooks:
  - {sys.executable} -P -m ruff check --fix --exit-zero --select=I,F401,F811,UP007,UP037 {_RUFF} .
  - {sys.executable} -P -m ruff format {_RUFF} .
"""
"""The stock generator formats what it writes as ours does."""

_FEW = 10
"""Kinds of objects in a quick run."""


def measure(_service: Service, scale: Scale) -> list[Section]:
    """Processor time of one run each: a busy machine does not count against either."""
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        document, settings = folder / "inventory.json", folder / "stock.yaml"
        objects = OBJECTS if scale == FULL else _FEW
        write_large_document(document, objects)
        settings.write_text(_SETTINGS, encoding="utf-8")
        ours = [str(ROOT / "openapi" / "generate.py"), "--spec", str(document), "--output", str(folder / "ours")]
        stock = ["-m", "openapi_python_client", "generate", "--path", str(document), "--config", str(settings)]
        stock += ["--meta", "none", "--output-path", str(folder / "stock")]
        figures: dict[str, float | None] = {
            STOCK: _processor_seconds(stock),
            OURS: _processor_seconds([*ours, "--package", "inventory"]),
        }
    return [
        Section(
            title=f"generating from {objects * 5} operations",
            unit="s of processor time",
            figures=figures,
            reference=STOCK,
            goals=(Goal(bound=1.2, beside=STOCK),),
        )
    ]


def _processor_seconds(arguments: list[str]) -> float:
    before = _children()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
