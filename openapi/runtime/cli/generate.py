"""`generate`: one image."""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..base.errors import InvalidImageError
from ..base.saving import keep_elsewhere
from ..base.wording import one_line, reason, shown_path
from ..batch.interrupts import CTRL_C
from . import connecting, field_options, waiting
from .closed_terminal import drop, outliving_terminal
from .exit_codes import DONE, EXPLAINED, FAILED, OF_SIGNALS
from .failures import report
from .file_names import SUFFIXES, target
from .output import print_json, print_line, say
from .program import OperationOptions, Program
from .queued_call import QueuedCall, call_of
from .rescue import keep_rejected
from .saved_images import as_json as as_json_facts
from .saved_images import saved, sentence, warnings_as_json
from .stopping import CallSignals, CallWatch, SavingEnded, Stopped
from .suggesting import Command


def command(program: Program, operation: OperationOptions) -> click.Command:
    """The command."""
    return Command(
        operation,
        name="generate",
        help=f"{operation.summary}\n\n{operation.description}",
        short_help="Make one image.",
        epilog=EXPLAINED,
        params=[
            *field_options.parameters(operation),
            click.Option(
                ["-o", "--output"],
                metavar="FILE",
                help="File or folder to write to; by default a name made from the prompt, in the current folder. A "
                "name that ends with .png or .webp gets an image of that kind.",
            ),
            click.Option(["--force"], is_flag=True, help="Overwrite an existing file."),
            click.Option(["--json", "as_json"], is_flag=True, help="Write the result to the output, as JSON."),
            *connecting.image_parameters(program),
            *connecting.queue_parameters(program),
            *waiting.parameters(),
        ],
        callback=partial(_generate, program, operation),
    )


def _generate(program: Program, operation: OperationOptions, **options: Any) -> int:
    values = field_options.given(operation, options)
    request = operation.checked(**values)
    prompt = str(values.get(operation.prompt or "", ""))
    path = target(options["output"], prompt, operation.media_type or "", force=options["force"])
    signals = CallSignals()
    with signals.handled():
        started, watch, buy = time.monotonic(), CallWatch(), None
        try:
            with (
                outliving_terminal(),
                connecting.opened(program, program.client, options, hooks=[watch], **waiting.retry(options)) as client,
            ):
                buy = call_of(program, client, operation.name, options)
                call = partial(signals.finished, buy, watch, options["grace_period"])
                image = _bought(call, {name: getattr(request, name) for name in values})
        except KeyboardInterrupt:
            say(f"Interrupted: {_goes_on(buy) or 'if the request was sent, it may have been billed'}.")
            raise
        except Stopped as stopped:
            return _stopped(stopped, buy, as_json=options["as_json"])
        except InvalidImageError as error:
            return report(error, operation, as_json=options["as_json"], kept=_kept(error, path))
        seconds = time.monotonic() - started
        try:
            with outliving_terminal(), signals.saving():
                written, trouble = saved(image, path)
        except SavingEnded as ended:
            return _saving_ended(ended, image, path, as_json=options["as_json"])
        if trouble:
            say(trouble)
        code = _tell(image, written, request.to_dict(), seconds, as_json=options["as_json"])
    if written != path:
        return FAILED
    return OF_SIGNALS[CTRL_C] if signals.first == CTRL_C else code


def _tell(image: Any, written: Path, request: dict[str, Any], seconds: float, *, as_json: bool) -> int:
    """Write the result to the standard output, and what a person may want to know to the standard error.

    Returns:
        The exit code: whether the standard output took the result.
    """
    try:
        if as_json:
            facts = {**as_json_facts(image, written), "seconds": round(seconds, 3), "request": request}
            print_json({**facts, "warnings": warnings_as_json(image)})
        else:
            print_line(shown_path(written))
    except OSError as error:
        # Python would try to write it once more at its end.
        drop(sys.stdout)
        where = f"the image was billed, and is saved as {one_line(str(written))}"
        say(f"Error: the standard output was not written: {reason(error)}; {where}")
        return FAILED
    if not as_json:
        say(sentence(image, seconds))
    for warning in image.warnings:
        say(f"Warning: {one_line(str(warning))}")
    return DONE


def _saving_ended(ended: SavingEnded, image: Any, path: Path, *, as_json: bool) -> int:
    """Keep the bytes that the service sent, and say where."""
    kept = keep_elsewhere(image.content, path, SUFFIXES.get(image.media_type, ""))
    where = f"is kept as {one_line(str(kept))}" if kept else "cannot be kept elsewhere"
    message = f"{ended.signal}: {shown_path(path)} was not saved to the end; the image was billed, and {where}"
    say(message)
    if as_json:
        print_json({"error": ended.signal, "message": message, "billed": True, "file": kept})
    return OF_SIGNALS[ended.signal]


def _stopped(stopped: Stopped, buy: Any, *, as_json: bool) -> int:
    goes_on = _goes_on(buy)
    message = f"{stopped.signal}: {goes_on}" if goes_on else str(stopped)
    say(message)
    if as_json:
        billed = None if stopped.was_sent or goes_on else False
        job = {"job_id": buy.job_id} if goes_on else {}
        print_json({"error": stopped.signal, "message": message, "billed": billed, **job})
    return OF_SIGNALS[stopped.signal]


def _goes_on(buy: object) -> str:
    """How to collect the job of a call, as the end of a sentence; empty if it has none."""
    return buy.goes_on if isinstance(buy, QueuedCall) else ""


def _bought(call: Callable[..., Any], values: dict[str, Any]) -> Any:
    return call(**values)


def _kept(error: InvalidImageError, path: Path) -> Path | None:
    """Keep the bytes of a response that is not an image, if there are any and they may have been paid for."""
    if error.billed is False or not error.content:
        return None
    kept = keep_rejected(error.content, path)
    if kept is None:
        say("Error: the bytes of the response cannot be kept: no folder takes them")
    return kept
