"""The wheel, as `pip install` gets it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path
from typing import Any
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.conftest import ROOT

SANDBOX = ROOT / "tests" / "sandbox" / "segmind_flux_schnell_sandbox"
CALL = """\
import sys
sys.path[:0] = {paths!r}
from segmind_flux_schnell import Client, __version__
with Client(api_key={key!r}, base_url={url!r}) as client:
    image = client.generate_image(prompt="a bengal tiger", width=512, height=512)
foreign = {{name.partition(".")[0] for name in sys.modules}} - set(sys.stdlib_module_names)
print(__version__, image.width, *sorted(foreign))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the repository without any download."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Distribution:
    """What the wheel says of itself."""
    (folder,) = (path for path in ZipPath(wheel).iterdir() if path.name.endswith(".dist-info"))
    return PathDistribution(folder)


def test_the_version_comes_from_the_document(metadata: Distribution, document: dict[str, Any]) -> None:
    """Name and version are those of the document."""
    assert metadata.metadata["Name"] == "segmind-flux-schnell"
    assert metadata.version == document["info"]["version"]


def test_it_needs_what_it_imports_alone(metadata: Distribution) -> None:
    """Nothing else is required unless asked for: `cli` is for the command line, `aiohttp` for many calls at once."""
    required = [Requirement(line) for line in metadata.requires or []]
    assert {requirement.name for requirement in required if requirement.marker is None} == {
        "anyio",
        "attrs",
        "filelock",
        "httpcore",
        "httpx",
    }
    assert {requirement.name for requirement in required if requirement.marker} == {
        "aiohttp",
        "click",
        "jinja2",
        "pillow",
        "rich",
        "yarl",
    }
    assert sorted(metadata.metadata.get_all("Provides-Extra") or []) == ["aiohttp", "cli"]
    assert metadata.metadata["Requires-Python"] == ">=3.11"


def test_it_installs_the_command_line(metadata: Distribution) -> None:
    """The program is called as in the README."""
    (script,) = metadata.entry_points.select(group="console_scripts")
    assert (script.name, script.value) == ("flux-schnell", "segmind_flux_schnell.cli:main")


def test_it_holds_both_packages_and_their_types(wheel: Path) -> None:
    """The client and the sandbox are in it whole, with `py.typed`, and nothing of tests, generator or document."""
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    client = {f"segmind_flux_schnell/{path}" for path in _files(ROOT / "generated" / "segmind_flux_schnell")}
    sandbox = {f"{SANDBOX.name}/{path}" for path in _files(SANDBOX)}
    assert {name for name in names if ".dist-info/" not in name} == client | sandbox
    assert "segmind_flux_schnell/py.typed" in client
    assert "segmind_flux_schnell_sandbox/py.typed" in sandbox
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_it_works_in_a_clean_environment(wheel: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    """Installed beside attrs, httpx and what these need, it buys an image, and loads nothing further.

    This stands for `pip install` into a new environment, which would have to download: pip unpacks the wheel, links to
    the dependencies take the place of their downloads, and an interpreter without site-packages runs the call.
    """
    target, links = tmp_path / "installed", tmp_path / "dependencies"
    links.mkdir()
    _run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-index",
        "--no-deps",
        "--quiet",
        "--target",
        str(target),
        str(wheel),
    )
    for path in _dependencies({"attrs", "filelock", "httpx"}):
        (links / path.name).symlink_to(path)
    code = CALL.format(paths=[str(target), str(links)], key=KEY, url=sandbox.url)
    version, width, *loaded = _run(sys.executable, "-I", "-S", "-c", code).split()
    assert (version, width) == (wheel.name.split("-")[1], "512")
    assert {"segmind_flux_schnell", "attrs", "httpx"} <= set(loaded)
    assert set(loaded) <= {"segmind_flux_schnell", "__main__", *(path.stem for path in links.iterdir())}


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix()


def _dependencies(names: set[str]) -> set[Path]:
    """The modules and packages of distributions, and of all that they require."""
    found: set[Path] = set()
    for name in _closure(names):
        installed = distribution(name)
        top = {file.parts[0] for file in installed.files or () if re.fullmatch(r"\w+(\.py)?", file.parts[0])}
        found |= {Path(str(installed.locate_file(part))) for part in top - {"__pycache__"}}
    return found


def _closure(names: set[str]) -> set[str]:
    found: set[str] = set()
    while names - found:
        name = (names - found).pop()
        found.add(name)
        names = names | {required.name for required in _required(name)}
    return found


def _required(name: str) -> Iterator[Requirement]:
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement
