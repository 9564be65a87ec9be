"""Runs in a fresh process: how many bytes the largest resident set of it rises by while a peer does something.

`python -m tests.bench.memory_probe file PEER URL WARM_UP_URL 1` writes one response to a file. `images … 1000` fetches
so many, 50 at a time, and drops each as soon as it is there.
"""

import asyncio
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import httpx

from segmind_flux_schnell import Client
from tests.bench.asynchronous_peers import opened_async
from tests.bench.peers import BODY, FIELDS, HEADERS, KEY, PATH, SECONDS
from tests.bench.report import OURS
from tests.bench.timing import crowded

LARGEST = 1_000_000_000

IN_FLIGHT = 50


def to_file(peer: str, base_url: str, folder: Path) -> None:
    """Write one response to a file."""
    {OURS: _ours_to_file, "httpx": _httpx_to_file}[peer](base_url, folder / "image.jpg")


def _ours_to_file(base_url: str, path: Path) -> None:
    with Client(api_key=KEY, base_url=base_url, max_response_bytes=LARGEST) as client:
        client.generate_image_to_file(path, **FIELDS)


def _httpx_to_file(base_url: str, path: Path) -> None:
    with (
        httpx.Client(timeout=SECONDS) as client,
        client.stream("POST", base_url + PATH, content=BODY, headers=HEADERS) as response,
        path.open("wb") as file,
    ):
        for chunk in response.iter_raw():
            file.write(chunk)


def images(peer: str, base_url: str, number: int) -> None:
    """Fetch images and drop them."""
    asyncio.run(_images(peer, base_url, number))


async def _images(peer: str, base_url: str, number: int) -> None:
    async with opened_async(base_url, peer) as peers:
        await crowded(peers[peer], number, min(number, IN_FLIGHT))


def risen(action: Callable[[], object]) -> int:
    """Bytes by which the largest resident set rises during an action."""
    before = _reset_peak()
    action()
    return max(0, _peak() - before)


def _reset_peak() -> int:
    # Where the system lets a process forget its peak; elsewhere only what goes beyond it can be seen.
    refs = Path("/proc/self/clear_refs")
    if refs.exists():
        refs.write_text("5")
    return _peak()


def _peak() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(fields["VmHWM"].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(kind: str, peer: str, base_url: str, warm_up_url: str, number: str) -> int:
    """Bytes that it takes, once all that is loaded at the first call is loaded."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        actions: dict[str, Callable[[str], None]] = {
            "file": lambda url: to_file(peer, url, Path(folder)),
            "images": lambda url: images(peer, url, int(number)),
        }
        actions[kind](warm_up_url)
        return risen(lambda: actions[kind](base_url))


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
