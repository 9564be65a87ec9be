"""`make check`: how `generated/` differs from what would be written there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import generate
import pytest

from tests.generator.generation import DOCUMENT, altered, files, run, write_package


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it is generated."""
    folder = tmp_path_factory.mktemp("check") / "generated"
    write_package(DOCUMENT, folder, "service")
    return folder


@contextmanager
def edited(path: Path, content: bytes | None) -> Iterator[None]:
    """A file with another content, or without the file, while the context lasts."""
    before = path.read_bytes() if path.exists() else None
    _put(path, content)
    try:
        yield
    finally:
        _put(path, before)


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


def check(output: Path, capsys: pytest.CaptureFixture[str], document: Path = DOCUMENT) -> tuple[int, str]:
    """The exit code of a check, and its output."""
    before = files(output)
    code = generate.main(["--spec", str(document), "--output", str(output), "--package", "service", "--check"])
    assert files(output) == before, "a check writes nothing"
    return code, capsys.readouterr().out


def test_what_is_generated_passes(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fresh folder passes, and nothing is printed."""
    assert check(output, capsys) == (0, "")


def test_the_package_in_the_repository_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """`generated/` is what the driver writes without options."""
    assert generate.main(["--check"]) == 0, capsys.readouterr().out


def test_a_hand_edit_is_shown(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The diff has the edited and the generated line, and says what to do."""
    path = output / "service" / "_service.py"
    with edited(path, path.read_bytes().replace(b'__version__ = "', b'__version__ = "9')):
        code, printed = check(output, capsys)
    lines = printed.splitlines()
    assert code == 1
    assert lines[:2] == [
        "--- service/_service.py (in the repository)",
        "+++ service/_service.py (as make generate writes it)",
    ]
    (removed,) = [line for line in lines if line.startswith("-_")]
    (added,) = [line for line in lines if line.startswith("+_")]
    assert removed[1:].replace('"9', '"') == added[1:]
    assert lines[-1] == "generated/ is not what `make generate` writes: run it, and do not edit there."


def test_a_stale_folder_is_shown(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After an edit of the document, the diff has the changes of code and reference."""

    def raise_steps(document: dict[str, dict[str, dict[str, dict[str, dict[str, dict[str, object]]]]]]) -> None:
        document["components"]["schemas"]["GenerateImageRequest"]["properties"]["steps"]["maximum"] = 12

    document = altered(raise_steps, tmp_path / DOCUMENT.name)
    code, printed = check(output, capsys, document)
    assert code == 1
    assert [line for line in printed.splitlines() if line.startswith("+| `steps`") and "int, 1 to 12" in line]
    assert 'rule=Rule(kind="integer", minimum=1, maximum=12)' in printed


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("service/extra.py", b"x = 1\n", "service/extra.py: make generate does not write this file"),
        ("service/empty.txt", b"", "service/empty.txt: make generate does not write this file"),
        ("service/py.typed", None, "service/py.typed: missing"),
        ("service/models/error_body.py", None, "service/models/error_body.py: missing"),
        ("API.md", None, "API.md: missing"),
        ("service/image.jpg", b"\xff\xd8\x00", "service/image.jpg: make generate does not write this file"),
        ("service/py.typed", b"\xff", "-\\xff"),
    ],
)
def test_extra_missing_and_broken_files_are_named(
    output: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, message: str
) -> None:
    """A file that is extra, missing, empty or not a text is found."""
    with edited(output / name, content):
        code, printed = check(output, capsys)
    assert code == 1
    assert message in printed.splitlines()


def test_other_line_ends_are_named(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that differs only in its line ends is named."""
    path = output / "service" / "types.py"
    with edited(path, path.read_bytes().replace(b"\n", b"\r\n")):
        assert check(output, capsys)[1].startswith("service/types.py: other line ends")


def test_compiled_files_are_ignored(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files that Python writes when it imports a module are not a difference."""
    (output / "service" / "__pycache__").mkdir(exist_ok=True)
    with edited(output / "service" / "__pycache__" / "x.pyc", b"\x00"):
        assert check(output, capsys)[0] == 0


def test_a_missing_folder_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing folder is a difference, and a check does not create it."""
    code, printed = check(tmp_path / "generated", capsys)
    assert code == 1
    assert "service/client.py: missing" in printed
    assert not (tmp_path / "generated").exists()


def test_the_command_of_make_check_fails(tmp_path: Path) -> None:
    """The driver's exit code is 1, and the diff goes to standard output."""
    done = run("--output", tmp_path / "generated", "--check")
    assert (done.returncode, done.stderr) == (1, "")
    assert "API.md: missing" in done.stdout
