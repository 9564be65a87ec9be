"""The command `python -m segmind_flux_schnell_sandbox`, as `make sandbox` runs it."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

import httpx
import pytest

from segmind_flux_schnell_sandbox.__main__ import main
from segmind_flux_schnell_sandbox.accounts import ACCOUNTS
from segmind_flux_schnell_sandbox.addresses import loopback_listener


@contextmanager
def started() -> Generator[subprocess.Popen[str], None, None]:
    """Run the command on a free port, and kill it if it is still running afterwards."""
    command = [sys.executable, "-m", "segmind_flux_schnell_sandbox", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_stopped(
    anyone: httpx.Client,
    number: signal.Signals,
) -> None:
    """It shows the URL, the keys, and the lines to paste; Ctrl-C and SIGTERM end it silently with exit code 0."""
    with started() as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        assert all(account.key in line for account in ACCOUNTS)
        assert process.stdout.readline() == f"export SEGMIND_BASE_URL={url}\n"
        assert process.stdout.readline() == "export SEGMIND_API_KEY=sandbox-key\n"
        assert anyone.get(url).status_code == 404
        process.send_signal(number)
        assert process.communicate(timeout=10) == ("", "")
        assert process.returncode == 0


def test_other_hosts_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A host that others can reach is refused with an explanation, without a traceback."""
    with pytest.raises(SystemExit, match="2"):
        main(["--host", "0.0.0.0"])
    assert capsys.readouterr().err.startswith("Error: The sandbox does not listen on 0.0.0.0")


@pytest.mark.parametrize(
    ("port", "said"),
    [
        ("65536", "65536 is not in the range 0<=x<=65535"),
        ("-1", "-1 is not in the range 0<=x<=65535"),
        ("http", "'http' is not a valid integer"),
    ],
)
def test_a_port_that_does_not_exist_is_reported(port: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, with what is allowed, and without a traceback."""
    with pytest.raises(SystemExit, match="2"):
        main([f"--port={port}"])
    assert f"Invalid value for '--port': {said}" in capsys.readouterr().err


def test_a_port_in_use_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """A port in use is reported by number, without a traceback."""
    with loopback_listener("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match="2"):
            main(["--port", str(port)])
    why = f"{os.strerror(errno.EADDRINUSE)}; choose another with --port (make: PORT=)"
    assert capsys.readouterr().err == f"Error: Port {port} of 127.0.0.1 cannot be used: {why}\n"
