"""What only large documents have."""

import json
from pathlib import Path

from tests.generator.generation import write_package


def test_a_method_can_have_more_enums_than_ruff_takes_imports_out_in_a_run(tmp_path: Path) -> None:
    """Each of them leaves an unused import behind in one block of the clients; ruff removes 100 in a run."""
    properties = {f"kind{number}": {"type": "string", "enum": [f"a{number}", "b"]} for number in range(110)}
    schema = {"type": "object", "properties": properties}
    operation = {
        "operationId": "put",
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"204": {"description": "Done."}},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Large", "version": "1"},
        "servers": [{"url": "https://large.example"}],
        "paths": {"/x": {"put": operation}},
    }
    path = tmp_path / "large.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    write_package(path, tmp_path / "out", "large")
    assert not (tmp_path / "out" / "left-out.md").exists()
    assert "check_put_body" not in (tmp_path / "out" / "large" / "client.py").read_text(encoding="utf-8")
