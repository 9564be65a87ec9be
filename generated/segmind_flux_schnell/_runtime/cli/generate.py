# @generated from openapi/runtime/cli/generate.py by `make generate`. Do not edit: change that file.
"""`generate`: one image, or several of one prompt."""

import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..base.errors import InvalidImageError
from ..base.wording import one_line, reason, shown_path
from ..batch.interrupts import CTRL_C
from . import connecting, dry_run, field_options, opening, several, spending, standard_output, waiting
from .closed_terminal import outliving_terminal
from .exit_codes import DONE, EXPLAINED, FAILED, OF_SIGNALS
from .failures import report
from .file_names import SUFFIXES, stem, targets
from .live_line import Waiting
from .output import print_json, print_line, say
from .program import OperationOptions, Program
from .queued_call import QueuedCall, call_of
from .requests_counted import draws_seeds, names_of, requests_of, seed_field
from .rescue import keep_rejected, rescued
from .saved_images import as_json as facts_as_json
from .saved_images import saved, sentence
from .stopping import CallSignals, CallWatch, EndedBySignal, Stopped
from .suggesting import Command
from .tunables import IN_FLIGHT, MOST_IMAGES


def command(program: Program, operation: OperationOptions) -> click.Command:
    """The command."""
    return Command(
        operation,
        name="generate",
        help=f"{operation.summary}\n\n{operation.description}",
        short_help="Make an image, or several of one prompt.",
        epilog=EXPLAINED,
        params={
            "Image": field_options.parameters(operation),
            "Output": _output_parameters(operation),
            "Spending": [
                spending.max_cost(),
                click.Option(
                    ["--dry-run"],
                    is_flag=True,
                    help="Check everything, show what would be sent and what it would cost, and send nothing. Needs no "
                    "key.",
                ),
            ],
            "Service": [
                *connecting.image_parameters(program),
                *connecting.queue_parameters(program),
                *waiting.parameters(),
            ],
        },
        examples=(
            '"a fox" -o fox.jpg',
            '"a fox" -o fox.png --count 4 --open',
            '"a fox" -o - > fox.jpg',
        ),
        callback=partial(_generate, program, operation),
    )


def _output_parameters(operation: OperationOptions) -> list[click.Parameter]:
    """Where images and results go."""
    return [
        click.Option(
            ["-o", "--output"],
            metavar="FILE",
            help="File or folder to write to; by default a name made from the prompt, in the current folder. A "
            "name that ends with .png or .webp gets an image of that kind. With -, the image goes to the standard "
            "output.",
        ),
        click.Option(["--force"], is_flag=True, help="Overwrite an existing file."),
        click.Option(
            ["--count"],
            type=click.IntRange(1, MOST_IMAGES),
            metavar="N",
            help=f"Make N images, at most {IN_FLIGHT} at once, and number their files.{_seeds(operation)}",
        ),
        opening.option(),
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            help="Write the result to the output, as JSON; with --count a list of results.",
        ),
    ]


def _seeds(operation: OperationOptions) -> str:
    """What `--count` makes of the seed, in sentences; empty if there is none."""
    flag = _flag_of_seed(operation)
    if not flag:
        return ""
    return (
        f" With {flag} 7, their seeds are 7, 8, 9 and so on; without {flag}, each has a random seed, because equal "
        "requests would buy the same image."
    )


def _flag_of_seed(operation: OperationOptions) -> str:
    field = seed_field(operation)
    return next((option.flag for option in operation.options if option.field == field), "")


def _generate(program: Program, operation: OperationOptions, **options: Any) -> int:
    to_output = options["output"] == standard_output.STANDARD_OUTPUT
    if to_output:
        standard_output.check(options)
    values, count = field_options.given(operation, options), options["count"]
    requests = requests_of(operation, values, count)
    names = names_of(operation, values, count)
    prompt, media_type = str(values.get(operation.prompt or "", "")), operation.media_type or ""
    paths = [] if to_output else targets(options["output"], prompt, media_type, len(requests), force=options["force"])
    draws = draws_seeds(operation, values, count)
    if options["dry_run"]:
        return dry_run.show(program, operation, requests, paths or [None], options, draws=draws)
    if count is None or to_output:
        path = paths[0] if paths else None
        return _one(
            program, operation, requests[0], {name: getattr(requests[0], name) for name in names}, path, options
        )
    if draws and not options["as_json"]:
        say(f"Each image gets a random seed: {_flag_of_seed(operation)} N would make it N, N + 1 and so on.")
    return several.generate(program, operation, requests, names, paths, options)


def _one(
    program: Program,
    operation: OperationOptions,
    request: Any,
    values: dict[str, Any],
    path: Path | None,
    options: dict[str, Any],
) -> int:
    """Buy one image; without a path it goes to the standard output."""
    timeout = options["timeout"] or operation.operation.timeout
    signals = CallSignals(options["grace_period"], timeout, operation.seconds)
    with signals.handled():
        wait = Waiting("the image", operation.seconds)
        started, watch, buy = time.monotonic(), CallWatch(wait.announce), None
        further = {"hooks": [watch], "budget": spending.budget(options), **waiting.retry(options)}
        beside = path or _elsewhere(operation, values)
        try:
            with (
                outliving_terminal(),
                connecting.opened(program, program.client, options, **further) as client,
            ):
                connecting.name_destination(program, client, options)
                buy = call_of(program, client, operation.name, options)
                wait.state = partial(_state, buy)
                call = partial(signals.finished, buy, watch)
                with wait.shown():
                    image = call(**values)
        except Stopped as stopped:
            return _stopped(stopped, buy, as_json=options["as_json"])
        except InvalidImageError as error:
            return report(error, operation, as_json=options["as_json"], kept=_kept(error, beside))
        seconds = time.monotonic() - started
        try:
            with outliving_terminal(), signals.saving():
                written, trouble = saved(image, path) if path else (None, standard_output.write(image, beside))
        except EndedBySignal as ended:
            return _saving_ended(ended, image, beside, as_json=options["as_json"])
        if trouble:
            say(trouble)
        code = _tell(image, written, request.to_dict(), seconds, as_json=options["as_json"])
    if options["opens"] and written is not None:
        opening.show([written])
    if written != path or (path is None and trouble):
        return FAILED
    return OF_SIGNALS[CTRL_C] if signals.first == CTRL_C else code


def _elsewhere(operation: OperationOptions, values: dict[str, Any]) -> Path:
    """A file for bytes that the standard output does not take."""
    name = stem(str(values.get(operation.prompt or "", "")))
    return Path(tempfile.gettempdir(), f"{name}{SUFFIXES.get(operation.media_type or '', '')}")


def _state(buy: object) -> str:
    """The state of the job of a call, as the service last said it; empty if there is none."""
    return buy.state if isinstance(buy, QueuedCall) else ""


def _tell(image: Any, written: Path | None, request: dict[str, Any], seconds: float, *, as_json: bool) -> int:
    """Write the result to the standard output, and what a person may want to know to the standard error.

    An image that went to the standard output itself is all that is written there.

    Returns:
        The exit code: whether the standard output took the result.
    """
    try:
        if as_json and written is not None:
            print_json(facts_as_json(image, written, seconds=round(seconds, 3), request=request))
        elif written is not None:
            print_line(shown_path(written))
    except OSError as error:
        where = f"the image was billed, and is saved as {one_line(str(written))}"
        say(f"Error: the standard output was not written: {reason(error)}; {where}")
        return FAILED
    if not as_json:
        say(sentence(image, seconds))
    for warning in image.warnings:
        say(f"Warning: {one_line(str(warning))}")
    return DONE


def _saving_ended(ended: EndedBySignal, image: Any, path: Path, *, as_json: bool) -> int:
    """Keep the bytes that the service sent, and say where."""
    kept, where = rescued(image, path)
    message = f"{ended.signal}: {shown_path(path)} was not saved to the end; {where}"
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


def _kept(error: InvalidImageError, path: Path) -> Path | None:
    """Keep the bytes of a response that is not an image, if there are any and they may have been paid for."""
    if error.billed is False or not error.content:
        return None
    kept = keep_rejected(error.content, path)
    if kept is None:
        say("Error: the bytes of the response cannot be kept: no folder takes them")
    return kept
