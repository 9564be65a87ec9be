"""`flux-schnell sandbox`: the command that the sandbox's package adds to the program."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from segmind_flux_schnell import Client
from segmind_flux_schnell_sandbox import KEY
from segmind_flux_schnell_sandbox.addresses import loopback_listener
from tests.client.cli.conftest import Flux
from tests.client.cli.running import MODULE, environment
from tests.waiting import PATIENCE


@pytest.fixture
def running() -> Iterator["subprocess.Popen[str]"]:
    """The command on a free port, in a process of its own."""
    command = [*MODULE, "sandbox", "--port", "0"]
    process = subprocess.Popen(
        command, env=environment(None), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process on SIGTERM, and has no SIGINT for one")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(running: "subprocess.Popen[str]", number: signal.Signals) -> None:
    """What it prints can be pasted into a shell; an image is made there, and Ctrl-C and SIGTERM end it with code 0."""
    assert running.stdout is not None
    first, *exports = [running.stdout.readline().rstrip() for _ in range(3)]
    url = next(word for word in first.split() if word.startswith("http://127.0.0.1:"))
    assert first.startswith("Sandbox, not the real service, at ")
    assert exports == [f"export SEGMIND_BASE_URL={url}", f"export SEGMIND_API_KEY={KEY}"]
    with Client(base_url=url, api_key=KEY) as client:
        assert client.generate_image(prompt="a fox", width=512, height=512).cost is not None
    running.send_signal(number)
    assert running.communicate(timeout=PATIENCE) == ("", "")
    assert running.returncode == 0


def test_its_help_is_with_that_of_the_others(flux: Flux) -> None:
    """It is listed, and says what it is for."""
    assert "\n  sandbox   Serve a stand-in for the service on this machine.\n" in flux("--help").out
    assert "--port" in flux("sandbox", "--help").out


def test_it_serves_this_machine_alone(flux: Flux) -> None:
    """Another host, a port that is taken, and one that does not exist are wrong use."""
    assert "does not listen on 0.0.0.0" in flux("sandbox", "--host", "0.0.0.0").err
    with loopback_listener("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        done = flux("sandbox", "--port", str(port))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"Error: Port {port} of 127.0.0.1 cannot be used: ")
    assert flux("sandbox", "--port", "65536").code == 2
