"""A gate that holds back the images of a sandbox."""

from collections.abc import Callable

from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from tests.waiting import until


class Gate:
    """Holds images back while it is closed, so that a request is in flight for as long as a test needs."""

    def __init__(self) -> None:
        self._opens: Callable[[], object] = lambda: True

    def close_until(self, condition: Callable[[], object]) -> None:
        """Hold images back until a condition holds."""
        self._opens = condition

    def close(self) -> None:
        """Hold images back until it is opened."""
        self.close_until(lambda: False)

    def open(self) -> None:
        """Release images, including those that are held back."""
        self._opens = lambda: True

    def draw(self, parameters: Parameters, image_format: str) -> bytes:
        """Draw an image, and hold it back."""
        image = DOCUMENTED.draw(parameters, image_format)
        until(lambda: self._opens())
        return image


GATE = Gate()
