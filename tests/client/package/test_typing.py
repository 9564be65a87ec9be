"""What type checkers say of a consumer's code, in their strictest settings."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CONSUMERS = Path(__file__).parent / "typing"
RIGHT = "right.py"
WRONG = sorted(CONSUMERS.glob("wrong_*.py"))

Places = set[tuple[str, int]]


@pytest.fixture(scope="module", params=["mypy", "pyright"])
def places(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """File and line of each error that a checker finds in a project of a consumer, which has settings of its own."""
    folder = tmp_path_factory.mktemp(request.param)
    for path in CONSUMERS.glob("*.py"):
        shutil.copy(path, folder)
    return set((_mypy if request.param == "mypy" else _pyright)(folder))


def test_right_code_is_clean(places: Places) -> None:
    """The README's call, both clients, the functions, requests and errors are right, and have the types they should."""
    assert not [place for place in places if place[0] == RIGHT]


def test_each_mistake_is_an_error(places: Places) -> None:
    """A wrong value of an enum, a missing prompt, a misspelt keyword and their like are errors; nothing else is."""
    expected = {place for path in WRONG for place in _marked(path)}
    assert len(expected) > 40
    assert {place for place in places if place[0] != RIGHT} == expected


def _marked(path: Path) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if "  # wrong: " in line:
            yield path.name, number


def _mypy(folder: Path) -> Iterator[tuple[str, int]]:
    (folder / "mypy.ini").write_text("[mypy]\nstrict = true\n")
    told = _output(folder, "-m", "mypy", "--no-error-summary", RIGHT, *(path.name for path in WRONG))
    errors = re.findall(r"^(.+\.py):(\d+): error: ", told, re.MULTILINE)
    assert errors, told
    yield from ((path, int(line)) for path, line in errors)


def _pyright(folder: Path) -> Iterator[tuple[str, int]]:
    (folder / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "strict"}))
    told = json.loads(_output(folder, "-m", "pyright", "--pythonpath", sys.executable, "--outputjson"))
    assert told["summary"]["filesAnalyzed"] == 1 + len(WRONG)
    for error in told["generalDiagnostics"]:
        yield Path(error["file"]).name, error["range"]["start"]["line"] + 1


def _output(folder: Path, *command: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("MYPYPATH", "PYTHONPATH")}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout or done.stderr
