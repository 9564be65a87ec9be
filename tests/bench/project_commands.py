"""What the commands of this repository take."""

import subprocess
import sys
import time
from statistics import median

from tests.bench.report import Section
from tests.bench.scale import Scale
from tests.bench.servers import ROOT, Service

COMMANDS = {
    "make generate": ("openapi/generate.py", "--strict"),
    "replay of the recordings": ("-m", "pytest", "--quiet", "tests/contract/test_replay.py"),
}


def measure(_service: Service, scale: Scale) -> list[Section]:
    """Seconds of each command."""
    figures = {name: median(_seconds(command) for _ in range(scale.runs)) for name, command in COMMANDS.items()}
    return [Section(title="commands of this repository", unit="s", figures=figures)]


def _seconds(command: tuple[str, ...]) -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin
