"""Peak memory, each time in a fresh process."""

import subprocess
import sys

from tests.bench.asynchronous_peers import ASYNCHRONOUS
from tests.bench.peers import is_installed
from tests.bench.report import OURS, Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import ROOT, Service

MEGABYTE = 1_000_000
IMAGE = 300_000


def measure(service: Service, scale: Scale) -> list[Section]:
    """One long response to a file, and many images that are dropped."""
    return [_streaming(service, scale), _images(service, scale)]


def _streaming(service: Service, scale: Scale) -> Section:
    url = service.responding(scale.streamed)
    return Section(
        title=f"extra memory of {scale.streamed // MEGABYTE} MB to a file",
        unit="MB",
        figures={name: _risen("file", name, url, service, 1) for name in (OURS, "httpx")},
        reference="httpx",
        goals=(Goal(bound=8.0),),
    )


def _images(service: Service, scale: Scale) -> Section:
    url = service.responding(IMAGE)
    return Section(
        title=f"extra memory of {scale.images} x 300 kB, 50 in flight",
        unit="MB",
        figures={name: _risen("images", name, url, service, scale.images) for name in ASYNCHRONOUS},
        reference="httpx",
    )


def _risen(kind: str, name: str, url: str, service: Service, number: int) -> float | None:
    if not is_installed(name):
        return None
    arguments = [kind, name, url, service.responding(1000), str(number)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory_probe", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / MEGABYTE
