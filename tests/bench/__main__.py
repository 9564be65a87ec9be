"""Measures, and prints one table: `python -m tests.bench`, about 5 minutes, or `--quick`, which says little."""

import argparse
import os
import platform
import sys

from tests.bench import (
    asynchronous_calls,
    blocking_calls,
    first_calls,
    gallery,
    generating,
    imports,
    in_flight,
    memory,
    polling,
    project_commands,
)
from tests.bench.peers import MODULES, is_installed
from tests.bench.report import Section, table
from tests.bench.scale import FULL, QUICK, Scale
from tests.bench.servers import Service, running_service

SUBJECTS = {
    "blocking": blocking_calls.measure,
    "async": asynchronous_calls.measure,
    "in-flight": in_flight.measure,
    "memory": memory.measure,
    "polling": polling.measure,
    "imports": imports.measure,
    "first-calls": first_calls.measure,
    "gallery": gallery.measure,
    "generating": generating.measure,
    "commands": project_commands.measure,
}


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few calls of each kind, in seconds")
    parser.add_argument("subjects", nargs="*", metavar="subject", help=f"of {', '.join(SUBJECTS)}; all by default")
    options = parser.parse_args()
    unknown = [subject for subject in options.subjects if subject not in SUBJECTS]
    if unknown:
        parser.error(f"no such subject: {', '.join(unknown)}")
    # A proxy of the environment would be measured instead.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
    with running_service() as service:
        sections = _measured(service, options.subjects or list(SUBJECTS), QUICK if options.quick else FULL)
    print(table(sections, _head(quick=options.quick)))
    return 0


def _measured(service: Service, subjects: list[str], scale: Scale) -> list[Section]:
    sections: list[Section] = []
    for subject in subjects:
        print(f"measuring {subject} …", file=sys.stderr, flush=True)
        sections += SUBJECTS[subject](service, scale)
    return sections


def _head(*, quick: bool) -> str:
    absent = [name for name in MODULES if not is_installed(name)]
    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, loopback, medians of interleaved runs"
        + ("; --quick: too few for conclusions" if quick else "")
    ]
    if absent:
        lines.append(f"not installed, so not measured: {', '.join(absent)} (`make bench` installs them)")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
