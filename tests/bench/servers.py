"""Starts the loopback service, and knows where it responds how."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from attrs import frozen

from tests.bench.service import LISTENING

ROOT = Path(__file__).parents[2]

SIDE = 512
"""Width and height of all images: the smallest that can be asked for, so that one fits into 1 kB."""


@frozen
class Service:
    """The loopback service.

    Args:
        url: Its origin.
    """

    url: str

    def responding(self, length: int, seconds: float = 0.0) -> str:
        """The base URL under which each image has that many bytes and comes after that many seconds."""
        return f"{self.url}/{SIDE}x{SIDE}/{length}/{seconds:g}"

    @property
    def queue(self) -> str:
        """The base URL under which jobs are taken, and go on for ever."""
        return f"{self.url}/queue"

    @property
    def requests(self) -> int:
        """How many images were asked for so far."""
        with urlopen(f"{self.url}/count", timeout=10) as response:
            return int(response.read())


@contextmanager
def running_service() -> Iterator[Service]:
    """Run the service in a process of its own while the context lasts."""
    command = [sys.executable, "-m", "tests.bench.service"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Service(process.stdout.readline().strip().removeprefix(LISTENING))
        finally:
            process.terminate()
