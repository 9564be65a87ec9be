"""`review`: a folder of images as a gallery, one HTML file."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import get_args

import click

from ..base.regular_files import open_regular
from ..base.saving import replacing
from ..base.wording import shown_path
from ..batch.history import EntryStatus, journals
from . import opening
from .exit_codes import DONE, EXPLAINED
from .file_names import folder_flaw
from .gallery.cards import Card, bytes_of
from .gallery.page import Gallery, link
from .gallery.parameters import Parameters
from .gallery.quantities import megabytes
from .gallery.thumbnails import Thumbnail, ThumbnailSize, thumbnail
from .output import counted, print_json, print_line, say
from .program import OperationOptions, Program
from .results import Result, journal_faults, results
from .shell_commands import generating
from .suggesting import Command
from .tunables import GALLERY_HEAD

_NAME = "review.html"


def command(program: Program, operation: OperationOptions) -> click.Command:
    """The command."""
    return Command(
        operation,
        name="review",
        help="Make a gallery of a folder: one HTML file with thumbnails, prompts, seeds, parameters, costs and "
        "failures.\n\nIn a browser it can search, sort, filter and compare. It loads only the images beside it.",
        short_help="Make a gallery of a folder, as HTML.",
        epilog=EXPLAINED,
        params=[
            click.Argument(["folder"], type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER"),
            click.Option(
                ["-o", "--output"],
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help=f"File to write; by default {_NAME} in the folder.",
            ),
            click.Option(["--force"], is_flag=True, help="Overwrite the file even if it is not a gallery."),
            click.Option(["--open", "opens"], is_flag=True, help="Open it in the browser: BROWSER, if set."),
            click.Option(["--json", "as_json"], is_flag=True, help="Write the result to the output, as JSON."),
        ],
        callback=partial(_review, program, operation),
    )


def _review(
    program: Program,
    operation: OperationOptions,
    *,
    folder: Path,
    output: Path | None,
    force: bool,
    opens: bool,
    as_json: bool,
) -> int:
    target = output or folder / _NAME
    mark = f"{program.service.project} review"
    _check(target, mark, force=force)
    found = _found(folder)
    parameters = Parameters.of(operation)
    html = Gallery(
        title=folder.resolve().name,
        program=f"{mark} {program.service.version}",
        parameters=parameters,
        price=operation.operation.price,
        cards=_cards(operation, parameters, folder, target, found),
    ).html()
    content = html.encode()
    with replacing(target) as file:
        file.write(content)
    if as_json:
        states = [result.entry.status for result in found]
        counts = {state: states.count(state) for state in get_args(EntryStatus)}
        print_json({"file": target, "bytes": len(content), **counts})
    else:
        print_line(shown_path(target))
        say(f"{counted(len(found), 'request')}, {megabytes(len(content))}")
    if opens:
        opening.show([target])
    return DONE


def _found(folder: Path) -> list[Result]:
    faults = journal_faults(folder)
    found = results(folder)
    if any(fault.later for fault in faults) or (faults and not found):
        raise click.UsageError(" ".join(fault.message for fault in faults))
    if not found:
        what = "no request in its journal" if journals(folder) else "no journal"
        raise click.UsageError(f"{shown_path(folder)} holds no images and {what}.")
    for fault in faults:
        say(f"Skipped: {fault.message}")
    return found


def _check(target: Path, mark: str, *, force: bool) -> None:
    flaw = folder_flaw(target.parent, images=0)
    if flaw:
        raise click.UsageError(flaw)
    # A gallery can always be made again; any other file is somebody's.
    if target.exists() and not force and mark not in _head(target):
        raise click.UsageError(f"{shown_path(target)} exists, and is not a gallery: --force overwrites it.")


def _head(path: Path) -> str:
    try:
        with open_regular(path) as file:
            return file.read(GALLERY_HEAD).decode(errors="replace")
    except OSError:
        return ""


def _cards(
    operation: OperationOptions, parameters: Parameters, folder: Path, target: Path, found: list[Result]
) -> list[Card]:
    images = [result for result in found if _has_image(result)]
    prompts = (str(result.entry.request.get(parameters.prompt, "")) for result in found)
    size = ThumbnailSize.of(len(images), sum(map(bytes_of, prompts)))
    # Pillow decodes without Python's lock.
    with ThreadPoolExecutor() as threads:
        thumbnails = threads.map(partial(_thumbnail, folder, size), found)
        return [
            Card(
                number=number,
                result=result,
                parameters=parameters,
                thumbnail=image,
                link=_link(folder, target, result),
                command=_command(operation, result),
            )
            for number, (result, image) in enumerate(zip(found, thumbnails, strict=True), start=1)
        ]


def _has_image(result: Result) -> bool:
    return result.file is not None and result.entry.status == "done"


def _thumbnail(folder: Path, size: ThumbnailSize, result: Result) -> Thumbnail | None:
    return thumbnail(folder / str(result.file), size) if _has_image(result) else None


def _link(folder: Path, target: Path, result: Result) -> str | None:
    return link(os.path.relpath(folder / result.file, target.parent)) if result.file else None


def _command(operation: OperationOptions, result: Result) -> str | None:
    """The command that makes the same image again; None if no command has all that was requested."""
    request = result.entry.request
    known = {option.field.api_name: option.field.required for option in operation.options}
    needed = {name for name, required in known.items() if required}
    # No argument of a program can hold a NUL.
    is_complete = needed <= set(request) <= set(known) and "\0" not in "".join(map(str, request.values()))
    return generating(operation, request) if is_complete else None
