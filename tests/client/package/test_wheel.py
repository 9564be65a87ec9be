"""The wheel, as `pip install` gets it, and the source archive beside it."""

import tarfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path
from typing import Any
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.conftest import ROOT
from tests.client.package.installing import Environment, built_source_archive, built_wheel

SANDBOX = ROOT / "tests" / "sandbox" / "segmind_flux_schnell_sandbox"
CALL = """\
from segmind_flux_schnell import Client, __version__
with Client(api_key={key!r}, base_url={url!r}) as client:
    image = client.generate_image(prompt="a bengal tiger", width=512, height=512)
foreign = {{name.partition(".")[0] for name in sys.modules}} - set(sys.stdlib_module_names)
print(__version__, image.width, *sorted(foreign))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the repository without any download."""
    return built_wheel(tmp_path_factory.mktemp("dist"))


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
    """Nothing else is required unless asked for: by the command line, many calls at once, notebooks or tests."""
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
        "numpy",
        "pillow",
        "pytest",
        "rich",
        "starlette",
        "uvicorn",
        "yarl",
    }
    assert sorted(metadata.metadata.get_all("Provides-Extra") or []) == ["aiohttp", "cli", "notebook", "testing"]
    assert metadata.metadata["Requires-Python"] == ">=3.11"


def test_it_installs_the_command_line(metadata: Distribution) -> None:
    """The program is called as in the README, and the sandbox adds a command to it."""
    (script,) = metadata.entry_points.select(group="console_scripts")
    assert (script.name, script.value) == ("flux-schnell", "segmind_flux_schnell.__main__:main")
    (command,) = metadata.entry_points.select(group="segmind_flux_schnell.commands")
    assert (command.name, command.value) == ("sandbox", "segmind_flux_schnell_sandbox.command:sandbox")


def test_it_installs_the_plugin_of_pytest(metadata: Distribution) -> None:
    """pytest finds it by itself."""
    (plugin,) = metadata.entry_points.select(group="pytest11")
    assert plugin.value == "segmind_flux_schnell_sandbox.pytest_plugin"


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


def test_the_source_archive_has_what_the_wheel_is_made_of(tmp_path: Path) -> None:
    """Both packages, the document with its generator, and the pages of the root: nothing else of the tests."""
    with tarfile.open(built_source_archive(tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    pages = {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "PKG-INFO", ".gitignore"}
    folders = ("generated/", "openapi/", "tests/sandbox/segmind_flux_schnell_sandbox/")
    assert pages <= names
    assert [name for name in names - pages if not name.startswith(folders)] == []
    assert {f"tests/sandbox/{SANDBOX.name}/{path}" for path in _files(SANDBOX)} <= names
    assert {"openapi/flux-schnell.yaml", "openapi/generate.py", "generated/API.md"} <= names


def test_it_works_in_a_clean_environment(wheel: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    """Installed beside attrs, httpx and what these need, it buys an image, and loads nothing further."""
    environment = Environment.made(tmp_path, wheel, {"attrs", "filelock", "httpx"})
    done = environment.python(CALL.format(key=KEY, url=sandbox.url))
    assert done.returncode == 0, done.stderr
    version, width, *loaded = done.stdout.split()
    assert (version, width) == (wheel.name.split("-")[1], "512")
    assert {"segmind_flux_schnell", "attrs", "httpx"} <= set(loaded)
    assert set(loaded) <= {"segmind_flux_schnell", "__main__", *(path.stem for path in environment.paths[-1].iterdir())}


START = "import sys\nfrom segmind_flux_schnell.cli import main\nsys.exit(main())"


def test_its_script_names_all_that_is_missing(wheel: Path, tmp_path: Path) -> None:
    """Installed without the extra, the program names each library that it lacks, and one command that installs them."""
    done = Environment.made(tmp_path, wheel, {"attrs", "filelock", "httpx"}).python(START, "--help")
    assert (done.returncode, done.stdout) == (2, "")
    named = "click 8.2 or later, jinja2 3.1 or later, pillow 11 or later, rich 13 or later"
    assert done.stderr == f"The command line needs {named}: pip install 'segmind-flux-schnell[cli]'\n"


def test_its_script_names_what_is_too_old(wheel: Path, tmp_path: Path) -> None:
    """Beside the libraries of the extra, of which one says that it is of an old version."""
    environment = Environment.made(tmp_path, wheel, {"attrs", "filelock", "httpx", "click", "jinja2", "pillow", "rich"})
    (metadata,) = environment.paths[-1].glob("click-*.dist-info")
    assert environment.python(START, "--version").returncode == 0
    metadata.unlink()
    old = metadata.with_name("click-8.0.4.dist-info")
    old.mkdir()
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: click\nVersion: 8.0.4\n")
    done = environment.python(START, "--version")
    needed = "click 8.2 or later (8.0.4 is installed)"
    assert (done.returncode, done.stderr) == (
        2,
        f"The command line needs {needed}: pip install 'segmind-flux-schnell[cli]'\n",
    )


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix()
