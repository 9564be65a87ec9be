"""Runs one peer in a process of its own: what crashes there, as an extension module can, costs its own figures only.

`python -m tests.bench.peer_process blocking PEER URL LENGTH` reads commands from standard input, a line each, and
prints a line of seconds for each: `one 10` makes ten calls one after another, `crowd 200 50` makes 200, 50 at once.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Literal

from attrs import define

from tests.bench.asynchronous_peers import opened_async
from tests.bench.blocking_peers import opened_blocking
from tests.bench.crashes import Crashed, ending
from tests.bench.peers import counted
from tests.bench.servers import ROOT
from tests.bench.timing import AsyncCall, crowded, timed

Kind = Literal["blocking", "asynchronous"]


@define
class PeerProcess:
    """A peer that makes calls on demand."""

    process: subprocess.Popen[str]

    def measure(self, command: str) -> list[float]:
        """What a command took, in seconds.

        Raises:
            Crashed: The process ended instead.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(BrokenPipeError):
            print(command, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise Crashed(ending(self.process.wait()))
        return [float(seconds) for seconds in line.split()]


@contextmanager
def peer_processes(kind: Kind, names: Sequence[str], base_url: str, length: int) -> Iterator[dict[str, PeerProcess]]:
    """A process for each peer, while the context lasts."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(_started(kind, name, base_url, length)) for name in names}


@contextmanager
def _started(kind: Kind, name: str, base_url: str, length: int) -> Iterator[PeerProcess]:
    command = [sys.executable, "-m", "tests.bench.peer_process", kind, name, base_url, str(length)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        yield PeerProcess(process)
        # It ends with its standard input.
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            process.stdin.close()


def blocking(name: str, base_url: str, length: int) -> None:
    """Make the calls of a blocking peer."""
    with opened_blocking(base_url, name) as peers:
        fetch = peers[name]
        for line in sys.stdin:
            _, number = line.split()
            print(*(timed(lambda: counted(fetch(), length)) for _ in range(int(number))), flush=True)


async def asynchronous(name: str, base_url: str, length: int) -> None:
    """Make the calls of an asynchronous peer."""
    async with opened_async(base_url, name) as peers:
        fetch = peers[name]

        async def call() -> bytes:
            return counted(await fetch(), length)

        # Waiting for a command holds up the loop: while another peer is measured, this one does nothing at all.
        for line in sys.stdin:
            print(*await _seconds(call, line.split()), flush=True)


async def _seconds(call: AsyncCall, command: list[str]) -> list[float]:
    manner, number, *rest = command
    if manner == "crowd":
        return [await crowded(call, int(number), int(rest[0]))]
    return [await crowded(call, 1, 1) for _ in range(int(number))]


def main(kind: str, name: str, base_url: str, length: str) -> None:
    """Make calls until standard input ends."""
    if kind == "blocking":
        blocking(name, base_url, int(length))
    else:
        asyncio.run(asynchronous(name, base_url, int(length)))


if __name__ == "__main__":
    main(*sys.argv[1:])
