"""`openapi/changes.py` in real repositories: what it says, and how it ends."""

import json
import shutil
from pathlib import Path

import changes
import pytest

from tests.contract.adoption.verdict import Edit, Remove, SetValue
from tests.generator.changes.repositories import Repository
from tests.generator.changes.rows import ROWS
from tests.generator.generation import DOCUMENTS

BREAKING = ROWS["a lower maximum"].edits
ADDITIVE = ROWS["a new optional field"].edits
DOCS = ROWS["a description"].edits


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository of a document alone, without a release: most of what is tested here takes no package."""
    return Repository.of_the_document(tmp_path / "project")


@pytest.fixture
def project(repository: Repository) -> Repository:
    """A repository of a document and its package, without a release."""
    return repository.with_the_package()


def run(repository: Repository, *options: str) -> int:
    """Run the driver on the document of a repository, and return its exit code."""
    folder = str(repository.package.parent)
    return changes.main(["--spec", str(repository.document), "--output", folder, *options])


def released(repository: Repository, version: str, *edits: Edit) -> None:
    """Release the present document as a version, and edit it."""
    repository.set_version(version)
    repository.commit("Release.", f"v{version}")
    repository.edit(*edits)


def test_nothing_has_been_released(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a tag that is a version, any version will do."""
    repository.git("tag", "nightly")
    assert run(repository) == 0
    assert capsys.readouterr().out.startswith("Nothing has been released yet")


@pytest.mark.parametrize(
    ("version", "edits", "least"),
    [
        ("0.1.0", BREAKING, "0.2.0"),
        ("1.4.2", ADDITIVE, "1.5.0"),
        ("1.4.2", DOCS, "1.4.3"),
    ],
)
def test_a_version_that_is_too_low_fails(
    repository: Repository, version: str, edits: tuple[Edit, ...], least: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Edits that are not committed count; with the version that they need, the same comparison passes."""
    released(repository, version, *edits)
    assert run(repository) == 1
    assert f"`info.version` is {version}, which is too low: {least} is the lowest" in capsys.readouterr().out
    repository.set_version(least)
    assert run(repository) == 0
    assert f"`info.version` is {least}, which is high enough" in capsys.readouterr().out


def test_nothing_differs(project: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A commit that is a release itself needs no other version."""
    released(project, "0.1.0")
    assert run(project) == 0
    assert "nothing differs" in capsys.readouterr().out


def test_another_base_can_be_named(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch or a commit will do; its version is that of its document."""
    repository.git("branch", "base")
    repository.edit(*BREAKING)
    repository.commit("Narrower.")
    assert run(repository, "--base", "base") == 1
    assert "Compared with base (" in capsys.readouterr().out
    assert run(repository, "--base", "base", "--exit-zero") == 0


def test_a_base_that_git_does_not_know_is_named(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no comparison, and no success: also where nothing has been released."""
    assert run(repository, "--base", "v9.9.9") == 2
    assert "git knows no 'v9.9.9' here" in capsys.readouterr().err


def test_a_released_document_that_cannot_be_read(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says which version, and where in it."""
    good = repository.document.read_text("utf-8")
    repository.document.write_text("paths: [", "utf-8")
    repository.commit("Broken.", "0.1.0")
    repository.document.write_text(good, "utf-8")
    assert run(repository) == 2
    said = capsys.readouterr().err
    assert "the document of 0.1.0 (" in said
    assert "flux-schnell.yaml:1" in said


def test_a_present_document_that_cannot_be_read(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no comparison, and the message is that of the generator."""
    released(repository, "0.1.0", Remove("/components/schemas/GenerateImageRequest"))
    assert run(repository) == 2
    assert "the document has no such place" in capsys.readouterr().err


def test_a_version_that_is_not_one(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """What follows a text that is not a version, nobody can tell."""
    released(repository, "0.1.0", SetValue("/info/version", "soon"))
    assert run(repository) == 2
    assert "is 'soon', which is not a version such as 1.2.3" in capsys.readouterr().err


def test_a_release_without_the_package_is_compared_by_its_document(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note says what was not compared."""
    released(repository, "0.1.0", *ADDITIVE)
    assert run(repository) == 1
    printed = capsys.readouterr().out
    assert "note: the package is not compared: there is no segmind_flux_schnell/ in the release" in printed
    assert "1 additive" in printed


def test_other_code_of_the_same_names_needs_another_version(
    project: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two different packages cannot have one version, whatever the document says."""
    program = project.package / "_runtime" / "cli" / "glyphs.py"
    program.write_text(f"{program.read_text('utf-8')}\n# Other code.\n", "utf-8")
    released(project, "0.1.0")
    assert run(project) == 1
    assert "0.1.1 is the lowest that may follow 0.1.0" in capsys.readouterr().out


def test_the_reports(project: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One names lines, values and who is affected, JSON has all, Markdown tables, the draft lines for the changelog."""
    (project.root / "CHANGELOG.md").write_text("# Changelog\n", "utf-8")
    released(project, "0.1.0", *BREAKING, *ADDITIVE, *DOCS)
    files = {name: tmp_path / f"report.{name}" for name in ("json", "markdown", "draft")}
    assert run(project, *(word for name, path in files.items() for word in (f"--{name}", str(path)))) == 1
    lines = project.document.read_text("utf-8").splitlines()
    line = 1 + next(at for at, text in enumerate(lines) if "maximum: 6" in text)
    printed = capsys.readouterr().out
    assert printed.index("Breaking") < printed.index("Additive") < printed.index("Docs only")
    assert (
        f"  flux-schnell.yaml:{line}  `maximum` of `steps` in the request of `generate_image` and `submit_image`: "
        "`6`, was `8`\n"
        "      Calls that it no longer allows are refused before anything is sent.\n"
    ) in printed
    # The package of the edited document has the new field, though nobody has generated it.
    assert "package  `AsyncClient.generate_image` (and 5 more): the parameter `style` is new" in printed
    assert "command line  `--style` of `generate`: the option is new" in printed
    data = json.loads(files["json"].read_text("utf-8"))
    assert (data["version"], data["least_version"], data["is_enough"], data["verdict"]) == (
        "0.1.0",
        "0.2.0",
        False,
        "breaking",
    )
    first = data["changes"][0]
    assert (first["kind"], first["was"], first["now"]) == ("request-bound-narrower", "8", "6")
    assert first["pointer"] == "/components/schemas/GenerateImageRequest/properties/steps/maximum"
    page = files["markdown"].read_text("utf-8")
    assert "#### Breaking (1)" in page
    assert "| where | what | for users |" in page
    assert "<summary>Docs only (" in page
    section = files["draft"].read_text("utf-8")
    assert section.startswith("## 0.2.0 (not released)\n\n### Breaking\n\n- `maximum` of `steps`")
    assert section.count("`style`") == 1, "the names of the package repeat the document, and the draft does not"
    assert (project.root / "CHANGELOG.md").read_text("utf-8") == "# Changelog\n"


def test_a_report_can_be_printed(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """`-` is the standard output."""
    released(repository, "0.1.0", *BREAKING)
    assert run(repository, "--draft", "-") == 1
    assert "## 0.2.0 (not released)" in capsys.readouterr().out


def test_files_of_a_document_are_read_from_the_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other files and overlays of the released document are those of its time, not those of today."""
    root = tmp_path / "painter"
    shutil.copytree(DOCUMENTS / "painter", root)
    repository = Repository(root)
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.commit("Release.", "1.0.0")
    overlay = root / "mending.yaml"
    overlay.write_text(overlay.read_text("utf-8").replace("0.02", "0.03"), "utf-8")
    options = ["--overlay", str(overlay), "--package", "painter_client", "--output", str(root / "generated")]
    assert changes.main(["--spec", str(root / "painter.yaml"), *options]) == 1
    assert "costs 0.03 US dollars, was 0.02" in capsys.readouterr().out
