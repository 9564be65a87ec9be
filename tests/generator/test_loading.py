"""A document can have hundreds of schemas and operations: a program loads those that it uses."""

import subprocess
import sys
from pathlib import Path

from tests.generator.generation import DOCUMENTS, write_package

PROGRAM = """
import sys
import httpx
import values_client as package

def loaded():
    parts = ("api", "models", "errors", "results", "jobs", "cli")
    names = [name.removeprefix("values_client.") for name in sys.modules if name.startswith("values_client.")]
    return sorted(name for name in names if name.split(".")[0] in parts)

record = {"id": 1, "part": {"size": 1}, "day": "2026-01-31"}
transport = httpx.MockTransport(lambda request: httpx.Response(200, json=record))
client = package.Client(transport=transport)
print(*loaded())
client.get_record()
print(*loaded())
"""


def test_a_call_loads_only_what_it_uses(tmp_path: Path) -> None:
    """A client loads no class and no operation, and a call its own operation and the classes of what it reads."""
    write_package(DOCUMENTS / "values.yaml", tmp_path / "output", "values_client")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path / "output", capture_output=True, text=True, check=True
    )
    made, called = done.stdout.splitlines()
    assert made == "models"
    own = ["api", "api.default", "api.default.get_record"]
    assert called.split() == [*own, "models", "models.colour", "models.part", "models.record", "models.record_mood"]
