# @generated from openapi/runtime/cli/several.py by `make generate`. Do not edit: change that file.
"""`generate --count`: several images at once. One that fails does not lose the others."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from attrs import define, field

from ..base.errors import APIError, InvalidImageError
from ..base.wording import one_line, reason, shown_path
from ..batch.interrupts import CTRL_C
from . import connecting, failures, opening, spending, waiting
from .closed_terminal import outliving_terminal
from .exit_codes import DONE, FAILED, GOES_ON, OF_SIGNALS, UNKNOWN, worst
from .file_names import SUFFIXES
from .live_line import Waiting
from .output import counted, print_json, print_line, say
from .program import OperationOptions, Program
from .queued_call import QueuedCall, call_of
from .rescue import keep_rejected, rescued
from .saved_images import as_json, saved, sentence
from .several_calls import Call, Calls
from .stopping import CallWatch, waits


def generate(
    program: Program,
    operation: OperationOptions,
    requests: Sequence[Any],
    names: Sequence[str],
    paths: Sequence[Path],
    options: dict[str, Any],
) -> int:
    """Buy an image for each request, and save it as soon as it is there.

    Args:
        program: What the document says.
        operation: The operation that is called.
        requests: The requests, checked.
        names: The fields that the calls give.
        paths: Where the images go.
        options: The options of the command.

    Returns:
        The exit code: the worst of those of the images.
    """
    wait = Waiting(counted(len(requests), "image"), operation.seconds)
    calls = [
        Call(number, request, {name: getattr(request, name) for name in names}, path, CallWatch(wait.announce))
        for number, (request, path) in enumerate(zip(requests, paths, strict=True), start=1)
    ]
    several = _Several(operation, calls, wait, options["as_json"])
    several.waiting.state = several.state
    limits = (options["timeout"] or operation.operation.timeout, options["grace_period"])
    made = Calls(calls, *limits, several.take, several.stopping)
    further = {"budget": spending.budget(options), **waiting.retry(options)}
    with (
        outliving_terminal() as several.drop_closed,
        connecting.opened(program, program.client, options, **further) as client,
    ):
        connecting.name_destination(program, client, options)
        try:
            with several.waiting.shown():
                made.make(lambda watch: call_of(program, client.with_options(hooks=[watch]), operation.name, options))
        finally:
            several.keep_rest()
    if options["as_json"]:
        several.tell(lambda: print_json([several.as_json(call, made.first) for call in calls]))
    several.summarize(made.first, made.ended_by)
    if options["opens"]:
        opening.show([call.written for call in calls if call.written is not None])
    return several.exit_code(made.first)


@define
class _Several:
    """What is said of several calls, and what becomes of their images."""

    operation: OperationOptions
    calls: Sequence[Call]
    waiting: Waiting
    writes_json: bool
    drop_closed: Callable[[], None] = field(default=lambda: None, init=False)
    _unwritten: str = field(default="", init=False)
    _saving: Call | None = field(default=None, init=False)

    def state(self) -> str:
        """How far they are, in words."""
        done = sum(call.image is not None for call in self.calls)
        failed = sum(call.error is not None for call in self.calls)
        jobs = Counter(call.buy.state for call in self.calls if isinstance(call.buy, QueuedCall) and call.goes_on)
        parts = [f"{done} done" if done else "", f"{failed} failed" if failed else ""]
        return ", ".join(filter(None, [*parts, *(f"{number} {state}" for state, number in jobs.items() if state)]))

    def stopping(self, signal: str, limit: float | None) -> None:
        """Say that calls in flight are waited for, and for how long at most."""
        self.drop_closed()
        in_flight = counted(sum(call.is_unknown for call in self.calls), "image")
        with self.waiting.hidden():
            say(waits(signal, in_flight, self.operation.seconds, limit))

    def take(self, call: Call) -> None:
        """Save the image of a call that has ended, or what was paid for in its place."""
        self.drop_closed()
        with self.waiting.hidden():
            if call.image is not None:
                self._save(call)
            elif isinstance(call.error, InvalidImageError) and call.error.content and call.error.billed is not False:
                call.kept = keep_rejected(call.error.content, call.path)

    def _save(self, call: Call) -> None:
        self._saving = call
        try:
            call.written, trouble = saved(call.image, call.path)
        except APIError as error:
            call.error = error
            return
        if trouble:
            say(trouble)
        written = call.written
        if not self.writes_json:
            self.tell(lambda: print_line(shown_path(written)))
            say(sentence(call.image, call.seconds))
        for warning in call.image.warnings:
            say(f"Warning: {shown_path(written)}: {one_line(str(warning))}")

    def keep_rest(self) -> None:
        """Keep images that had arrived when a second signal came: elsewhere, if it ended their saving, or if that would
        take a while, since they would be converted."""
        self.drop_closed()
        interrupted = self._saving
        for call in self.calls:
            if call.image is None or call.written is not None or call.error is not None:
                continue
            suffix = SUFFIXES.get(call.image.media_type, "")
            if call is not interrupted and call.path.suffix == suffix:
                self._save(call)
                continue
            call.kept, where = rescued(call.image, call.path)
            say(f"{shown_path(call.path)} was not saved to the end; {where}")

    def tell(self, write: Callable[[], None]) -> None:
        """Write to the standard output. If it takes nothing any more, that is said at the end, and loses no image."""
        if self._unwritten:
            return
        try:
            write()
        except OSError as error:
            self._unwritten = reason(error)

    def summarize(self, first: str | None, ended_by: str | None) -> None:
        """Say what failed, what was not sent, and what may have been billed."""
        if self._unwritten:
            say(f"Error: the standard output was not written: {self._unwritten}; the images that were bought are saved")
        self._report_failures()
        unknown = [call for call in self.calls if call.is_unknown]
        if unknown:
            say(f"{ended_by or first}: {counted(len(unknown), 'request')} in flight may have been billed")
        for call in self.calls:
            if call.goes_on:
                say(f"Image {call.number}: {call.goes_on}")
        written = sum(call.written is not None for call in self.calls)
        if written == len(self.calls):
            return
        unbought = sum(call.is_unbought for call in self.calls)
        left = f", {unbought} not bought" if unbought else ""
        say(f"{written} of {counted(len(self.calls), 'image')} saved{left}")

    def _report_failures(self) -> None:
        failed = [call for call in self.calls if isinstance(call.error, APIError)]
        for _, group in groupby(sorted(failed, key=_cause), key=_cause):
            alike = list(group)
            error: Any = alike[0].error
            failures.report(error, self.operation, as_json=False, kept=alike[0].kept)
            if len(alike) > 1:
                say(f"  … and the same for {counted(len(alike) - 1, 'other image')}")

    def as_json(self, call: Call, signal: str | None) -> dict[str, Any]:
        """What there is to know of a call, as JSON."""
        request = {"request": call.request.to_dict()}
        if call.written is not None:
            return as_json(call.image, call.written, seconds=round(call.seconds, 3), **request)
        file = {"file": call.kept} if call.kept else {}
        if isinstance(call.error, APIError):
            return {**failures.described(call.error), **file, **request}
        message, billed = _unfinished(call)
        job = {"job_id": call.buy.job_id} if call.goes_on else {}
        return {"error": signal or "NotSent", "message": message, "billed": billed, **job, **file, **request}

    def exit_code(self, signal: str | None) -> int:
        """The exit code: that of the signal if it kept anything from being done, else the worst of the images."""
        codes = {self._code(call) for call in self.calls}
        if signal is not None and (signal == CTRL_C or codes != {DONE}):
            return OF_SIGNALS[signal]
        return FAILED if self._unwritten and codes == {DONE} else worst(codes)

    def _code(self, call: Call) -> int:
        if call.written is not None:
            return DONE if call.written == call.path else FAILED
        if isinstance(call.error, APIError):
            return failures.exit_code(call.error)
        return GOES_ON if call.goes_on else UNKNOWN if call.is_unknown else FAILED


def _cause(call: Call) -> tuple[str, str]:
    """What failures have in common that are reported once. Bytes that were kept have a file each, to be named."""
    request_id = getattr(call.error, "request_id", None) or ""
    # Attempts, seconds and moments differ.
    message = re.sub(r"\d+", "", str(call.error).replace(request_id, "") if request_id else str(call.error))
    return message, str(call.kept or "")


def _unfinished(call: Call) -> tuple[str, bool | None]:
    """What to say of a call that a signal ended, and whether it was billed."""
    if call.image is not None:
        return "the image was billed, and not saved to the end", True
    if call.goes_on:
        return call.goes_on, None
    if call.is_unknown:
        return "the request was in flight, and may have been billed", None
    return "no request was in flight, and nothing was billed", False
