# @generated from openapi/runtime/cli/generate.py by `make generate`. Do not edit: change that file.
"""`generate`: one image."""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..base.errors import InvalidImageError, NotSavedError
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
from .rescue import keep_rejected
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
        started, watch = time.monotonic(), CallWatch()
        try:
            with (
                outliving_terminal(),
                connecting.opened(program, program.client, options, hooks=[watch], **waiting.retry(options)) as client,
            ):
                call = partial(signals.finished, getattr(client, operation.name), watch, options["grace_period"])
                image = _bought(call, {name: getattr(request, name) for name in values})
        except Stopped as stopped:
            return _stopped(stopped, as_json=options["as_json"])
        except InvalidImageError as error:
            return report(error, operation, as_json=options["as_json"], kept=_kept(error, path))
        seconds = time.monotonic() - started
        try:
            with outliving_terminal(), signals.saving():
                saved, trouble = _saved(image, path)
        except SavingEnded as ended:
            return _saving_ended(ended, image, path, as_json=options["as_json"])
        if trouble:
            say(trouble)
        code = _tell(image, saved, request.to_dict(), seconds, as_json=options["as_json"])
    if saved != path:
        return FAILED
    return OF_SIGNALS[CTRL_C] if signals.first == CTRL_C else code


def _tell(image: Any, saved: Path, request: dict[str, Any], seconds: float, *, as_json: bool) -> int:
    """Write the result to the standard output, and what a person may want to know to the standard error.

    Returns:
        The exit code: whether the standard output took the result.
    """
    try:
        if as_json:
            print_json(_as_json(image, saved, request, seconds))
        else:
            print_line(shown_path(saved))
    except OSError as error:
        # Python would try to write it once more at its end.
        drop(sys.stdout)
        where = f"the image was billed, and is saved as {one_line(str(saved))}"
        say(f"Error: the standard output was not written: {reason(error)}; {where}")
        return FAILED
    if not as_json:
        say(_sentence(image, seconds))
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


def _stopped(stopped: Stopped, *, as_json: bool) -> int:
    say(str(stopped))
    if as_json:
        print_json({"error": stopped.signal, "message": str(stopped), "billed": None if stopped.was_sent else False})
    return OF_SIGNALS[stopped.signal]


def _bought(call: Callable[..., Any], values: dict[str, Any]) -> Any:
    try:
        return call(**values)
    except KeyboardInterrupt:
        say("Interrupted: if the request was sent, it may have been billed.")
        raise


def _kept(error: InvalidImageError, path: Path) -> Path | None:
    """Keep the bytes of a response that is not an image, if there are any and they may have been paid for."""
    if error.billed is False or not error.content:
        return None
    kept = keep_rejected(error.content, path)
    if kept is None:
        say("Error: the bytes of the response cannot be kept: no folder takes them")
    return kept


def _saved(image: Any, path: Path) -> tuple[Path, str]:
    """Write the image, and elsewhere if that fails, since it was paid for.

    Returns:
        Where it is, and what to say about that.

    Raises:
        NotSavedError: It cannot be written elsewhere either.
    """
    try:
        return Path(image.save(path)), ""
    except NotSavedError as error:
        failure = error
    kept = (
        Path(failure.kept) if failure.kept else keep_elsewhere(image.content, path, SUFFIXES.get(image.media_type, ""))
    )
    if kept is None:
        raise failure
    return kept, f"Error: {failure.reason}; the image was billed, and is kept elsewhere: {one_line(str(kept))}"


def _as_json(image: Any, path: Path, request: dict[str, Any], seconds: float) -> dict[str, Any]:
    facts = {name: getattr(image, name, None) for name in _FACTS}
    warnings = [{"code": one.code, "message": str(one)} for one in image.warnings]
    return {"file": path, **facts, "seconds": round(seconds, 3), "request": request, "warnings": warnings}


def _sentence(image: Any, seconds: float) -> str:
    facts = {name: getattr(image, name, None) for name in _FACTS}
    parts = [f"{facts['width']} x {facts['height']}" if facts["width"] else "", f"{seconds:.1f} s"]
    parts += [f"seed {facts['seed']}" if facts["seed"] is not None else ""]
    parts += [f"cost {facts['cost']}" if facts["cost"] is not None else ""]
    parts += [f"{facts['remaining_credits']} credits left" if facts["remaining_credits"] is not None else ""]
    return ", ".join(filter(None, parts))


_FACTS = ("width", "height", "seed", "cost", "remaining_credits", "request_id")
