"""What the generator says that it has left out, and which operations an approximation concerns."""

from pathlib import Path

from tests.generator.public_documents.left_out import read_left_out, used
from tests.generator.public_documents.specification import Specification

REPORT = """# What the client leaves out

## Left out

| operation | place | why |
| --- | --- | --- |
| `GET /a` | a.yaml:1 `/paths/~1a` | no `b` |

## Approximated

| place | what | what is done instead |
| --- | --- | --- |
| a.yaml:2 `/components/schemas/Pet/properties/age` | a rule | nothing |
"""

DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/pets": {"get": {"responses": {"200": {"$ref": "#/components/responses/Pets"}}}},
        "/other": {"get": {"responses": {"200": {"description": ""}}}},
    },
    "components": {
        "responses": {
            "Pets": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
        },
        "schemas": {"Pet": {"properties": {"age": {}, "parent": {"$ref": "#/components/schemas/Pet"}}}},
    },
}


def test_the_report_of_a_package_is_read(tmp_path: Path) -> None:
    """Operations by their names, approximations by their places; without a report there are none."""
    assert read_left_out(tmp_path).operations == []
    (tmp_path / "left-out.md").write_text(REPORT)
    found = read_left_out(tmp_path)
    assert found.operations == ["GET /a"]
    assert found.approximations == ["/components/schemas/Pet/properties/age"]


def test_an_approximation_concerns_what_uses_its_place(tmp_path: Path) -> None:
    """However many references are between them."""
    (tmp_path / "left-out.md").write_text(REPORT)
    pets, other = Specification(DOCUMENT).operations
    assert used(pets) >= {"/paths/~1pets/get", "/components/responses/Pets", "/components/schemas/Pet"}
    found = read_left_out(tmp_path)
    assert [found.concerns(one) for one in (pets, other)] == [True, False]
