"""Signals while a batch runs: the first one says what is waited for, the second one what may have been billed."""

from contextlib import suppress
from typing import Any

from attrs import define, field

from ..batch.interrupts import CTRL_C
from ..batch.report import Progress
from ..spec.tunables import RESPONSE_SECONDS
from .batch_summary import lines_of
from .exit_codes import OF_SIGNALS
from .output import counted, print_json, say
from .program import OperationOptions
from .progress_bar import Shown
from .prompt_files import PromptFile
from .stopping import waits


@define
class BatchStopping:
    """Shows how far a batch is, and says what a signal does to it.

    Args:
        operation: What its requests call.
        file: The file of its requests.
        folder: The batch itself.
        options: The options of the command.

    Attributes:
        bar: What shows how far it is, while it runs.
    """

    operation: OperationOptions
    file: PromptFile
    folder: Any
    options: dict[str, Any]
    bar: Shown | None = field(default=None, init=False)
    _is_said: bool = field(default=False, init=False)

    def show(self, progress: Progress) -> None:
        """Show how far it is, and once after a signal what is waited for."""
        if progress.stopped in OF_SIGNALS and progress.in_flight and not self._is_said:
            self._is_said = True
            say(self._waits(str(progress.stopped), progress))
        if self.bar is not None:
            # A terminal that was closed takes nothing.
            with suppress(OSError):
                self.bar(progress)

    def end(self, signal: str) -> None:
        """Say what may have been billed, before a second signal ends the process. It runs in a signal handler."""
        if signal != CTRL_C:
            self._say_ended(signal)

    def interrupted(self) -> None:
        """Say what may have been billed, after a second Ctrl-C has ended the run, and its journal is written."""
        self._say_ended(CTRL_C)

    def _waits(self, signal: str, progress: Progress) -> str:
        limit = self.options["grace_period"] if signal != CTRL_C else self._timeout
        usual = progress.seconds_left if progress.seconds_left is not None else self.operation.seconds
        return waits(signal, counted(progress.in_flight, "request"), usual, limit)

    @property
    def _timeout(self) -> float:
        given: float | None = self.options["timeout"]
        return given or self.operation.operation.timeout or RESPONSE_SECONDS

    def _say_ended(self, signal: str) -> None:
        if self.bar is not None:
            self.bar.close()
        plan = self.folder.plan(entry.request for entry in self.file.entries)
        unknown, jobs, left = plan.unknown, plan.submitted, len(plan.to_send)
        parts = [f"{len(plan.already_done):,} of {counted(len(self.file.entries), 'image')} on disk"]
        if unknown:
            what = f"{counted(len(unknown), 'request')} may have been billed ({self.file.name}, "
            parts.append(f"{what}{lines_of(self.file, unknown)}): --retry-unknown sends them again")
        parts += [f"{counted(len(jobs), 'job')} can be collected"] if jobs else []
        parts += [f"{left:,} not sent"] if left else []
        message = f"{signal}: ended at once: {', '.join(parts)}; the same command continues with the rest"
        say(message)
        if self.options["as_json"]:
            listed: list[dict[str, Any]] = [
                {"line": self.file.entries[int(one.index)].line, "request": one.sending.json}
                for one in sorted(unknown, key=lambda one: one.index)
            ]
            print_json({"error": signal, "message": message, "billed": None if unknown else False, "unknown": listed})
