"""One bad operation costs one operation: it is left out with what only it uses, and the report says why."""

from pathlib import Path

import pytest

from generator.document.document import Document, Problem
from generator.document.selection import LeftOut, Selection
from generator.output.left_out import left_out_page, summary
from tests.generator.conftest import Attempt
from tests.generator.generation import files, imported

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

REFERENCE = "$ref '#/components/schemas/Missing': the document has no such place"
SOUND = THINGS.replace('{$ref: "#/components/schemas/Missing"}', "{type: string}")
LOOSE = SOUND.replace("{type: string}", "{type: string, minLength: 1, maxLenght: 2}")


def methods(folder: Path) -> set[str]:
    """The operations that a package has."""
    with imported(folder, "things") as package:
        return {name for name in ("get_good", "get_bad", "delete_bad") if hasattr(package.Client, name)}


def test_an_operation_that_uses_a_broken_schema_is_left_out(
    attempt: Attempt, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The schema is two references away. Its neighbour on the same path and all other operations are generated."""
    assert attempt(THINGS) == 0
    assert methods(tmp_path / "generated") == {"get_good", "delete_bad"}
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == ["Generated generated/: 2 of 3 operations", "", "Left out: 1 operation", "  GET /bad"]
    assert " ".join(" ".join(lines[4:]).split()) == f"things.yaml:27:45: {REFERENCE}"
    models = {path.stem for path in (tmp_path / "generated" / "things" / "models").glob("*.py")}
    assert models == {"__init__", "good", "unused"}


def test_left_out_lies_beside_the_package(attempt: Attempt, tmp_path: Path) -> None:
    """left-out.md has the header of every file. It vanishes once there is nothing to report."""
    page = tmp_path / "generated" / "left-out.md"
    attempt(THINGS)
    head, *lines = page.read_text(encoding="utf-8").splitlines()
    assert head.startswith("<!-- @generated from openapi/things.yaml (SHA-256 ")
    assert "2 of 3 operations of things.yaml." in lines
    assert f"| `GET /bad` | things.yaml:27:45 `/components/schemas/Bad/properties/name/$ref` | {REFERENCE} |" in lines
    attempt(SOUND)
    assert not page.exists()


def test_a_check_compares_it(attempt: Attempt, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` passes for what was generated, whatever is left out, and names a page that is not as it would be."""
    attempt(THINGS)
    assert attempt(THINGS, "--check") == 0
    (tmp_path / "generated" / "left-out.md").unlink()
    capsys.readouterr()
    assert attempt(THINGS, "--check") == 1
    assert "left-out.md: missing" in capsys.readouterr().out


@pytest.mark.parametrize("options", [(), ("--check",)])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        (THINGS, f"things.yaml:27:45: {REFERENCE} (at /components/schemas/Bad/properties/name/$ref)"),
        (
            LOOSE,
            "things.yaml:27:73: 'maxLenght' is not a keyword of a schema; did you mean 'maxLength'? "
            "(at /components/schemas/Bad/properties/name/maxLenght); instead: the keyword has no effect",
        ),
    ],
    ids=["left out", "approximated"],
)
def test_strict_is_all_or_nothing(
    attempt: Attempt,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    line: str,
    options: tuple[str, ...],
) -> None:
    """With `--strict`, the exit code is 3, there is a line for each problem, and the old package stays."""
    attempt(SOUND)
    before = files(tmp_path / "generated")
    capsys.readouterr()
    assert attempt(text, "--strict", *options) == 3
    assert capsys.readouterr().err.splitlines() == [line, "Nothing was generated; generated/ is as it was."]
    assert files(tmp_path / "generated") == before


def test_strict_is_satisfied_with_all(attempt: Attempt) -> None:
    """A document without problems is generated as without `--strict`."""
    assert attempt(SOUND, "--strict") == 0
    assert attempt(SOUND, "--strict", "--check") == 0


def test_without_any_operation_left_nothing_is_generated(
    attempt: Attempt, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, with a line for each problem."""
    text = THINGS.replace("schemas/Good", "schemas/Best").replace("deleteBad\n", "deleteBad\n      requestBody: 1\n")
    assert attempt(text) == 2
    *problems, last = capsys.readouterr().err.splitlines()
    assert last == "Nothing was generated; generated/ is as it was."
    assert [problem.split(" ")[0] for problem in problems] == [
        "things.yaml:11:49:",
        "things.yaml:22:",
        "things.yaml:28:45:",
    ]
    assert not (tmp_path / "generated").exists()


@pytest.fixture
def many() -> Selection:
    """A report of hundreds of places, some with texts that a terminal or a table would choke on."""
    document = Document.parse("things.yaml", SOUND)
    place = "/paths/~1good/get"
    lost = tuple(LeftOut(f"/paths/~1lost{at}/get", (Problem("wrong | so", place),)) for at in range(300))
    alike = [Problem("the same", f"{place}/x{at}", "nothing") for at in range(300)]
    others = [Problem(f"other {at} \x1b[31m\n" + "word " * 40, place, "nothing") for at in range(300)]
    return Selection(document, lost).noting([*alike, *others])


@pytest.mark.parametrize("width", [10, 80, 100, 300])
def test_the_terminal_shows_a_bounded_report(many: Selection, width: int) -> None:
    """Of each kind, there are 20 entries; one stands for all that say the same. No line is too long."""
    lines = summary(many, width).splitlines()
    assert len(lines) < 200
    assert max(map(len, lines)) < min(max(width, 80), 120)
    assert "Left out: 300 operations" in lines
    assert "Approximated: 600 places" in lines
    assert "  things.yaml:6 /paths/~1good/get/x0 (and 299 further places)" in lines
    assert [line for line in lines if "more: see left-out.md" in line] == [
        "  … and 280 more: see left-out.md",
        "  … and 281 more: see left-out.md",
    ]
    assert all(line.isprintable() for line in lines)


def test_the_page_has_all(many: Selection) -> None:
    """A row for each, which no text of the document breaks."""
    rows = [line for line in left_out_page(many).splitlines() if line.startswith("| ")]
    assert len(rows) == 2 * 2 + 300 + 600
    assert "| `GET /lost7` | things.yaml:6 `/paths/~1good/get` | wrong \\| so |" in rows
