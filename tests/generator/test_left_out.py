"""One bad operation costs one operation: it is left out with what only it uses, and the report says why."""

from pathlib import Path
from typing import Any

import generate
import pytest

from tests.generator.generation import imported

THINGS = """\
openapi: 3.1.0
info: {title: Things, version: "1"}
servers: [{url: https://things.example}]
paths:
  /good:
    get:
      operationId: getGood
      responses:
        "200":
          description: Good.
          content: {application/json: {schema: {$ref: "#/components/schemas/Good"}}}
  /bad:
    parameters: [{name: page, in: query, schema: {type: integer}}]
    get:
      operationId: getBad
      responses:
        "200":
          description: Bad.
          content: {application/json: {schema: {$ref: "#/components/schemas/Outer"}}}
    delete:
      operationId: deleteBad
      responses: {"204": {description: Gone.}}
components:
  schemas:
    Good: {type: object, properties: {size: {type: integer}}}
    Outer: {type: object, properties: {bad: {$ref: "#/components/schemas/Bad"}}}
    Bad: {type: object, properties: {name: {$ref: "#/components/schemas/Missing"}}}
    Unused: {type: object, properties: {size: {type: integer}}}
"""


@pytest.fixture
def attempt(tmp_path: Path) -> Any:
    """Generates from the text of a document into `generated/`."""

    def run(text: str, *options: str) -> int:
        document = tmp_path / "things.yaml"
        document.write_text(text, encoding="utf-8")
        return generate.main(
            ["--spec", str(document), "--output", str(tmp_path / "generated"), "--package", "things", *options]
        )

    return run


def methods(folder: Path) -> set[str]:
    """The operations that a package has."""
    with imported(folder, "things") as package:
        return {name for name in ("get_good", "get_bad", "delete_bad") if hasattr(package.Client, name)}


def test_an_operation_that_uses_a_broken_schema_is_left_out(
    attempt: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The schema is two references away. Its neighbour on the same path and all other operations are generated."""
    assert attempt(THINGS) == 0
    assert methods(tmp_path / "generated") == {"get_good", "delete_bad"}
    printed = " ".join(capsys.readouterr().out.split())
    head = "Generated generated/: 2 of 3 operations Left out: 1 operation GET /bad things.yaml:27:45: "
    assert printed == f"{head}$ref '#/components/schemas/Missing': the document has no such place"
