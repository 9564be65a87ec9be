"""Python blocks: run in order, in one namespace for each README."""

import ast
import asyncio
import inspect
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from attrs import define, field


@define
class Session:
    """What the Python blocks of a README leave behind for those below them.

    Args:
        file: Name of the README, for tracebacks.
        printed: What the last block printed, and the error that ended it; None before the first.
        raised: The error that ended the last block, until its text is compared.
    """

    file: str
    printed: str | None = None
    raised: Exception | None = None
    namespace: dict[str, Any] = field(factory=lambda: {"__name__": "__main__"})

    def run(self, text: str, line: int) -> None:
        """Run a block. An error is kept: the README may show it."""
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        # With its lines where they stand in the README, so that a traceback points there.
        code = compile("\n" * (line - 1) + text, self.file, "exec", flags=flags)
        out = StringIO()
        try:
            with redirect_stdout(out):
                if code.co_flags & inspect.CO_COROUTINE:
                    asyncio.run(eval(code, self.namespace))
                else:
                    exec(code, self.namespace)
        except Exception as error:
            self.raised = error
            out.write(f"{type(error).__name__}: {error}")
        self.printed = out.getvalue()

    def shown(self) -> str:
        """What the last block printed: an error among it counts as expected."""
        assert self.printed is not None, "no Python block stands above this output"
        printed, self.printed, self.raised = self.printed, None, None
        return printed

    def settle(self) -> None:
        """Raise the error that the last block ended with, if the README did not show it."""
        if self.raised is not None:
            raise self.raised
