"""The extra `testing` in a new environment: with it the fixture and the command work, and without it nothing breaks."""

import subprocess
from pathlib import Path

import pytest

from tests.client.package.installing import Environment, built_wheel

CLIENT = {"attrs", "filelock", "httpx"}
PYTEST = "import pytest; sys.exit(pytest.main(sys.argv[1:]))"
PROGRAM = "from segmind_flux_schnell.cli import main; sys.exit(main())"
# The tests of a project that does not know the fixture, and of one that uses it.
PLAIN = """\
import sys

def test_the_plugin_has_loaded_nothing():
    libraries = {"attrs", "click", "httpx", "PIL", "segmind_flux_schnell", "starlette", "uvicorn"}
    assert "segmind_flux_schnell_sandbox.pytest_plugin" in sys.modules
    assert not libraries & set(sys.modules)
"""
USING = """\
from segmind_flux_schnell import Client

def test_an_image_is_bought(flux_schnell_sandbox):
    with Client() as client:
        client.generate_image(prompt="a fox", width=512, height=512)
    assert len(flux_schnell_sandbox.requests) == 1

def test_nothing_is_bought():
    assert Client
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the repository."""
    return built_wheel(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def without(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the client and pytest, and without the extra."""
    return Environment.made(tmp_path_factory.mktemp("without"), wheel, {*CLIENT, "pytest"})


@pytest.fixture(scope="module")
def with_cli(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the client and the command line, and without the extra."""
    libraries = {*CLIENT, "click", "jinja2", "pillow", "rich"}
    return Environment.made(tmp_path_factory.mktemp("cli"), wheel, libraries)


@pytest.fixture(scope="module")
def with_it(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the client and the extra."""
    libraries = {*CLIENT, "pytest", "pillow", "starlette", "uvicorn"}
    return Environment.made(tmp_path_factory.mktemp("with"), wheel, libraries)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a file of tests that knows the fixture, and one that does not."""
    (tmp_path / "test_plain.py").write_text(PLAIN)
    (tmp_path / "test_using.py").write_text(USING)
    return tmp_path


def _pytest(environment: Environment, project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return environment.python(PYTEST, "-p", "no:cacheprovider", "-W", "error", *arguments, cwd=project)


@pytest.mark.parametrize("environment", ["without", "with_it"])
def test_runs_without_the_fixture_are_as_before(
    project: Path, environment: str, request: pytest.FixtureRequest
) -> None:
    """pytest loads the plugin in each of its runs. It brings no library along, and warns of nothing."""
    done = _pytest(request.getfixturevalue(environment), project, "test_plain.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed in" in done.stdout
    assert not done.stderr


def test_with_the_extra_the_fixture_works(project: Path, with_it: Environment) -> None:
    """It needs the extra, and nothing else."""
    done = _pytest(with_it, project, "test_using.py")
    assert "2 passed in" in done.stdout, done.stdout + done.stderr


def test_without_the_extra_the_fixture_says_what_to_install(project: Path, without: Environment) -> None:
    """One sentence has the command, and no traceback follows; the other tests go on."""
    done = _pytest(without, project, "test_using.py")
    assert "1 passed, 1 error in" in done.stdout, done.stdout + done.stderr
    sentence = "The sandbox needs starlette, uvicorn and pillow: pip install 'segmind-flux-schnell[testing]'"
    assert f"\n{sentence}\n" in done.stdout
    assert "Traceback" not in done.stdout


def test_without_the_extra_an_import_says_what_to_install(project: Path, without: Environment) -> None:
    """A module that imports the class of the fixture for its annotations ends with the same sentence."""
    (project / "test_using.py").write_text("from segmind_flux_schnell_sandbox import FluxSchnellSandbox\n" + USING)
    done = _pytest(without, project, "test_using.py")
    assert done.returncode != 0
    assert "ImportError: The sandbox needs starlette, uvicorn and pillow: pip install '" in done.stdout


@pytest.mark.parametrize("arguments", [["--version"], ["--collect-only", "-q"], ["--fixtures", "-q"]])
def test_without_the_extra_nothing_fails_before_the_fixture_is_used(
    project: Path, without: Environment, arguments: list[str]
) -> None:
    """Versions, the list of tests and the list of fixtures are those of any project."""
    done = _pytest(without, project, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    if "--fixtures" in arguments:
        assert "A sandbox of Flux Schnell on this machine, for one test" in done.stdout


def test_without_the_extra_the_command_says_what_to_install(with_cli: Environment) -> None:
    """It is listed all the same, and ends with exit code 2."""
    assert "\n  sandbox " in with_cli.python(PROGRAM, "--help").stdout
    done = with_cli.python(PROGRAM, "sandbox")
    assert (done.returncode, done.stdout) == (2, "")
    sentence = "The sandbox needs starlette and uvicorn: pip install 'segmind-flux-schnell[testing]'"
    assert done.stderr == f"Error: {sentence}\n"


def test_without_the_extra_the_module_says_what_to_install(without: Environment) -> None:
    """`python -m segmind_flux_schnell_sandbox` needs no command line to say so."""
    code = "import runpy; runpy.run_module('segmind_flux_schnell_sandbox', run_name='__main__', alter_sys=True)"
    done = without.python(code)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(": pip install 'segmind-flux-schnell[testing]'\n")
