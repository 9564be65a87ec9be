"""The fixture in the project of a user: pytest in a process of its own, in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_KEPT = ("HOME", "LANG", "PATH", "SYSTEMROOT", "TMPDIR")
BUYING = """\
from segmind_flux_schnell import Client

def buy():
    with Client() as client:
        return client.generate_image(prompt="a fox", width=512, height=512)
"""


class Project:
    """A folder with tests."""

    def __init__(self, folder: Path) -> None:
        """Start with a module that buys an image."""
        self.folder = folder
        (folder / "buying.py").write_text(BUYING)

    def pytest(self, tests: str, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run tests; warnings are errors."""
        (self.folder / "test_it.py").write_text(tests)
        if "no:asyncio" not in options:
            # Without it, pytest-asyncio warns of a default that will be another one.
            options = ("-o", "asyncio_default_fixture_loop_scope=function", *options)
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-W", "error", *options],
            cwd=self.folder,
            env={**kept, **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A new project."""
    return Project(tmp_path)


ISOLATED = """\
import os
from decimal import Decimal

import pytest

from buying import buy

URLS = set()

@pytest.mark.parametrize("number", range(6))
def test_each_has_its_own(flux_schnell_sandbox, number):
    assert os.environ["SEGMIND_BASE_URL"] == flux_schnell_sandbox.url
    assert os.environ["SEGMIND_API_KEY"] == flux_schnell_sandbox.key
    assert flux_schnell_sandbox.url not in URLS
    URLS.add(flux_schnell_sandbox.url)
    buy()
    assert flux_schnell_sandbox.billed == Decimal("0.008")
    flux_schnell_sandbox.fails_with(500)

def test_nothing_is_left_in_the_environment():
    assert "SEGMIND_BASE_URL" not in os.environ
    assert os.environ["SEGMIND_API_KEY"] == "a real key"
"""


@pytest.mark.parametrize("options", [(), ("-n2",), ("-p", "no:xdist", "-p", "no:asyncio")], ids=" ".join)
def test_each_test_has_a_sandbox_of_its_own(project: Project, options: tuple[str, ...]) -> None:
    """Books, failures and addresses are not shared, in one process or several; the environment is put back."""
    done = project.pytest(ISOLATED, *options, SEGMIND_API_KEY="a real key")
    assert "7 passed in" in done.stdout, done.stdout + done.stderr


ASYNCHRONOUS = """\
import asyncio

import pytest

from segmind_flux_schnell import AsyncClient

pytestmark = pytest.mark.MARK

async def test_tasks(flux_schnell_sandbox):
    async with AsyncClient() as client:
        await asyncio.gather(*(client.generate_image(prompt="a fox", width=512, seed=seed) for seed in range(4)))
    assert len(flux_schnell_sandbox.requests) == 4
    flux_schnell_sandbox.is_cold_for(0.1)
    async with AsyncClient() as client:
        await client.generate_image(prompt="a fox", width=512)
    assert flux_schnell_sandbox.requests[-1].status == 200
"""


@pytest.mark.parametrize("mark", ["asyncio", "anyio"])
def test_asynchronous_tests_use_it_too(project: Project, mark: str) -> None:
    """It is an ordinary fixture, whatever runs the event loop."""
    options = ("-p", "no:asyncio", "-k", "asyncio") if mark == "anyio" else ()
    done = project.pytest(ASYNCHRONOUS.replace("MARK", mark), *options)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


NO_NETWORK = """\
import socket

import pytest

from buying import buy
from segmind_flux_schnell_sandbox import running_sandbox

def test_the_sandbox_is_let_through(flux_schnell_sandbox):
    buy()
    assert len(flux_schnell_sandbox.requests) == 1

def refused(url):
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as stranger, pytest.raises(RuntimeError, match="Network is disabled"):
        stranger.connect((host, int(port)))

def test_nothing_else_is(flux_schnell_sandbox):
    with running_sandbox() as another:
        refused(another.url)

def test_nothing_is_without_the_fixture():
    with running_sandbox() as another:
        refused(another.url)
"""


def test_it_works_where_the_network_is_blocked(project: Project) -> None:
    """pytest-recording's `--block-network` lets the sandbox through, and nothing else."""
    done = project.pytest(NO_NETWORK, "--block-network")
    assert "3 passed in" in done.stdout, done.stdout + done.stderr


FAILING = """\
from buying import buy

def test_the_books(flux_schnell_sandbox):
    buy()
    assert flux_schnell_sandbox.billed == 1

def test_the_requests(flux_schnell_sandbox):
    buy()
    assert not flux_schnell_sandbox.requests
"""


def test_a_failing_assertion_shows_the_books_without_the_key(project: Project) -> None:
    """The report says what was billed and asked."""
    done = project.pytest(FAILING, "--showlocals", "-vv")
    assert "2 failed in" in done.stdout, done.stdout + done.stderr
    assert "1 request, 0.008 credits billed>.billed" in done.stdout
    assert "LedgerEntry(method='POST', path='/v1/flux-schnell', status=200, billed=Decimal('0.008')" in done.stdout
    assert '"prompt":"a fox"' in done.stdout
    assert "sandbox-key" not in done.stdout


LOGGED = """\
import logging

from buying import buy

def test_the_log_of_the_process_is_left_alone(flux_schnell_sandbox, caplog):
    caplog.set_level(logging.DEBUG)
    buy()
    flux_schnell_sandbox.drops_the_connection()
    logging.getLogger("uvicorn.error").info("a Uvicorn of the user's own")
    messages = [record.getMessage() for record in caplog.records if record.name.startswith(("asyncio", "uvicorn"))]
    assert messages == ["a Uvicorn of the user's own"]
"""


def test_the_log_of_the_process_is_left_alone(project: Project) -> None:
    """The sandbox's server writes nothing into it, and silences no other one."""
    done = project.pytest(LOGGED)
    assert "1 passed in" in done.stdout, done.stdout + done.stderr


KEPT = """\
from segmind_flux_schnell import Client

client = Client()

def buy():
    try:
        client.generate_image(prompt="a fox", width=512, height=512)
    except Exception:
        return 500
    return 200
"""
FORGETTING = """\
import kept

def test_the_client_of_a_module(flux_schnell_sandbox):
    assert kept.buy() == 500

def test_another_one():
    pass
"""


def test_a_client_that_is_made_while_a_module_is_imported_buys_nothing(project: Project) -> None:
    """It would call the service. The test fails with a sentence, even if the code under test caught the exception."""
    (project.folder / "kept.py").write_text(KEPT)
    service = {"SEGMIND_BASE_URL": "https://service.invalid", "SEGMIND_API_KEY": "a real key"}
    done = project.pytest(FORGETTING, **service)
    assert "2 passed, 1 error in" in done.stdout, done.stdout + done.stderr
    assert "\nA client was about to call https://service.invalid, where images cost money, " in done.stdout
    assert "Traceback" not in done.stdout
    assert "during handling" not in done.stdout.lower()


WIDER = """\
import pytest
from segmind_flux_schnell import Client
from segmind_flux_schnell_sandbox import clients_call, running_sandbox

@pytest.fixture(scope="SCOPE")
def sandbox():
    with running_sandbox() as sandbox, clients_call(sandbox):
        yield sandbox

@pytest.fixture(autouse=True)
def new_books(sandbox):
    sandbox.reset()

@pytest.fixture(scope="SCOPE")
def client(sandbox):
    with Client() as client:
        yield client

class TestOne:
    @pytest.mark.parametrize("number", range(2))
    def test_the_books_are_of_one_test(self, sandbox, client, number):
        client.generate_image(prompt="a fox", width=512, height=512)
        assert len(sandbox.requests) == 1
        sandbox.fails_with(500)
"""


@pytest.mark.parametrize("scope", ["class", "module", "package", "session"])
def test_one_sandbox_can_be_there_for_several_tests(project: Project, scope: str) -> None:
    """A fixture of a wider scope, as the README has it."""
    done = project.pytest(WIDER.replace("SCOPE", scope))
    assert "2 passed in" in done.stdout, done.stdout + done.stderr
