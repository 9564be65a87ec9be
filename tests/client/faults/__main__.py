"""Print the table of faults as the clients fare with it, over each transport: `python -m tests.client.faults`."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from tests.client.calling import Kind
from tests.client.faults.expectations import ExpectedResult
from tests.client.faults.fault import ServiceFault
from tests.client.faults.matrix import FAULTS
from tests.client.faults.observing import Observation, observe

HEADINGS = ("fault", "client", "raised", "billed", "POSTs", "bought", "reserved", "seconds", "ok")
WIDTHS = (max(len(fault.name) for fault in FAULTS), 7, 23, 6, 5, 6, 8, 7, 3)


def main() -> int:
    """Print a line for each fault and client as it ends, and return 1 if any is not as expected."""
    print(_line(HEADINGS))
    failed = 0
    for fault, kind, observation in _observations():
        print(_line(_cells(fault, kind, observation)), flush=True)
        failed += bool(observation.flaws)
        for flaw in observation.flaws:
            print(f"    {flaw}", flush=True)
    print(f"{len(FAULTS)} faults, each over three transports: {failed} not as expected")
    return 1 if failed else 0


def _observations() -> Iterator[tuple[ServiceFault, Kind, Observation]]:
    for fault in FAULTS:
        for kind in get_args(Kind):
            with TemporaryDirectory() as folder:
                yield fault, kind, observe(fault, kind, "generate_image", Path(folder))


def _cells(fault: ServiceFault, kind: Kind, observation: Observation) -> Sequence[str]:
    came_to = observation.came_to or fault.expected
    raised = type(observation.raised).__name__ if observation.raised is not None else "-"
    return (
        fault.name,
        kind,
        raised,
        *_money(came_to),
        f"{observation.seconds:.2f}",
        "no" if observation.flaws else "yes",
    )


def _money(came_to: ExpectedResult) -> Iterable[str]:
    billed = {True: "yes", False: "no", None: "?"}[came_to.billed]
    return billed, str(came_to.posts), str(came_to.bought), str(came_to.reserved)


def _line(cells: Iterable[str]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


if __name__ == "__main__":
    sys.exit(main())
