"""A program whose saving waits for a test, and which says how many signals it has received."""

import math
import os
from pathlib import Path

from attrs import frozen

from tests.client.cli.running import environment
from tests.waiting import until

_START = """
import os, time
from pathlib import Path

from PIL.Image import Image
from segmind_flux_schnell._runtime.batch import interrupts

FOLDER = Path(__file__).parent
save = Image.save


class Clock:
    asked = 0

    def monotonic(self):
        self.asked += 1
        return time.monotonic()


def held(*arguments, **options):
    while not (FOLDER / "goes-on").exists():
        (FOLDER / f"received-{interrupts.time.asked}").touch()
        time.sleep(0.01)
    return save(*arguments, **options)


interrupts.time, interrupts.SIGNALS_TOGETHER, Image.save = Clock(), float(os.environ["SIGNALS_TOGETHER"]), held
"""
"""Runs before the program: `received` asks for the time once for each signal."""


@frozen
class HeldSaving:
    """How a program is started whose saving is held.

    Args:
        folder: Empty, for what the program and the test tell each other.
        together: Whether all signals count as one; otherwise any after the first is a second one.
    """

    folder: Path
    together: bool

    def __attrs_post_init__(self) -> None:
        self.folder.mkdir()
        (self.folder / "sitecustomize.py").write_text(_START)

    @property
    def variables(self) -> dict[str, str]:
        """What its environment has in addition."""
        path = os.pathsep.join((str(self.folder), environment()["PYTHONPATH"]))
        return {"PYTHONPATH": path, "SIGNALS_TOGETHER": str(math.inf if self.together else 0.0)}

    def received(self, signals: int) -> None:
        """Wait until the program has received so many signals, while it saves."""
        until((self.folder / f"received-{signals}").exists)

    def go_on(self) -> None:
        """Let it save."""
        (self.folder / "goes-on").touch()
