"""A kernel of IPython in a process of its own, whose cells call the sandbox."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

import nbformat
from attrs import frozen
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from tests.waiting import until

LOOPBACK_ONLY = Path(__file__).parents[2] / "readmes" / "loopback_only"
"""Has a `sitecustomize` that blocks the network but for loopback, as pytest does in its own process."""

CELL_SECONDS = 60
"""How long a cell may take. None takes more than a few seconds, unless it hangs."""


@frozen
class Cell:
    """What a frontend shows below a cell that has run.

    Args:
        outputs: The outputs, as a notebook file has them.
    """

    outputs: list[Any]

    @property
    def value(self) -> dict[str, Any]:
        """The value of its last expression, by MIME type."""
        (found,) = [one for one in self.outputs if one.output_type == "execute_result"]
        return dict(found.data)

    @property
    def metadata(self) -> dict[str, Any]:
        """The metadata of that value, by MIME type."""
        (found,) = [one for one in self.outputs if one.output_type == "execute_result"]
        return dict(found.metadata)

    @property
    def displayed(self) -> list[dict[str, Any]]:
        """What it displays beside its value, in the last state of each, by MIME type."""
        return [dict(one.data) for one in self.outputs if one.output_type == "display_data"]

    @property
    def printed(self) -> str:
        """What it prints, and what is written to the standard error."""
        return "".join(one.text for one in self.outputs if one.output_type == "stream")

    @property
    def error(self) -> Any:
        """The exception that it ends with: its `ename`, `evalue`, and `traceback` in lines."""
        (found,) = [one for one in self.outputs if one.output_type == "error"]
        return found


@frozen
class Kernel:
    """A kernel that runs.

    Args:
        client: Runs cells in it.
        manager: Starts, interrupts and ends it.
    """

    client: NotebookClient
    manager: AsyncKernelManager

    def run(self, code: str) -> Cell:
        """Run a cell, whatever comes of it.

        Raises:
            AssertionError: It ends with an exception; `fail` is for those.
        """
        cell = self._executed(code)
        failed = [one for one in cell.outputs if one.output_type == "error"]
        assert not failed, "\n".join(failed[0].traceback)
        return cell

    def fail(self, code: str) -> Cell:
        """Run a cell that ends with an exception."""
        cell = self._executed(code)
        assert cell.error is not None
        return cell

    def interrupted(self, code: str, *moments: Callable[[], object]) -> Cell:
        """Run a cell, and press the button that interrupts the kernel, once at each moment, in this order.

        Args:
            code: The cell.
            moments: What becomes true when it is pressed.
        """

        async def press() -> None:
            for moment in moments:
                until(moment)
                await self.manager.interrupt_kernel()

        thread = threading.Thread(target=lambda: asyncio.run(press()))
        thread.start()
        try:
            return self._executed(code)
        finally:
            thread.join()

    def _executed(self, code: str) -> Cell:
        cell = nbformat.v4.new_code_cell(dedent(code))  # type: ignore[no-untyped-call]
        self.client.nb.cells.append(cell)
        self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        return Cell(list(cell.outputs))


@contextmanager
def running_kernel(folder: Path, environment: dict[str, str]) -> Iterator[Kernel]:
    """A kernel that starts in a folder, and is gone when the block ends.

    Args:
        folder: Where it runs.
        environment: Its environment variables.
    """
    notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    client = NotebookClient(notebook, timeout=CELL_SECONDS, allow_errors=True)
    with client.setup_kernel(cwd=str(folder), env=environment):
        assert isinstance(client.km, AsyncKernelManager)
        yield Kernel(client, client.km)
    assert client.km is None
