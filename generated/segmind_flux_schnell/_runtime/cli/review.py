# @generated from openapi/runtime/cli/review.py by `make generate`. Do not edit: change that file.
"""`review`: a folder of images as one HTML file."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import get_args

import click

from ..base.regular_files import open_regular
from ..base.saving import replacing
from ..base.unset import UNSET
from ..base.wording import shown_path
from ..batch.history import EntryStatus, journals
from .cards import Card
from .contact_sheet import Sheet, link, megabytes
from .exit_codes import DONE, EXPLAINED
from .file_names import folder_flaw
from .output import counted, print_json, print_line, say
from .program import OperationOptions, Program
from .results import Result, journal_faults, results
from .suggesting import Command
from .thumbnails import Thumbnail, thumbnail
from .tunables import SHEET_HEAD

_NAME = "review.html"


def command(program: Program, operation: OperationOptions) -> click.Command:
    """The command."""
    return Command(
        operation,
        name="review",
        help="Make a contact sheet of a folder: one HTML file with thumbnails, prompts, seeds, parameters, costs and "
        "failures.\n\nThe file loads nothing from elsewhere. The thumbnails link to the images beside it.",
        short_help="Make a contact sheet of a folder, as HTML.",
        epilog=EXPLAINED,
        params=[
            click.Argument(["folder"], type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER"),
            click.Option(
                ["-o", "--output"],
                type=click.Path(dir_okay=False, path_type=Path),
                metavar="FILE",
                help=f"File to write; by default {_NAME} in the folder.",
            ),
            click.Option(["--force"], is_flag=True, help="Overwrite the file even if it is not a contact sheet."),
            click.Option(["--json", "as_json"], is_flag=True, help="Write the result to the output, as JSON."),
        ],
        callback=partial(_review, program, operation),
    )


def _review(
    program: Program, operation: OperationOptions, *, folder: Path, output: Path | None, force: bool, as_json: bool
) -> int:
    target = output or folder / _NAME
    mark = f"{program.service.project} review"
    _check(target, mark, force=force)
    found = _found(folder)
    html = Sheet(
        title=folder.resolve().name,
        program=f"{mark} {program.service.version}",
        prompt=operation.prompt or "",
        cards=_cards(operation, folder, target, found),
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
    # A sheet can always be made again; any other file is somebody's.
    if target.exists() and not force and mark not in _head(target):
        raise click.UsageError(f"{shown_path(target)} exists, and is not a contact sheet: --force overwrites it.")


def _head(path: Path) -> str:
    try:
        with open_regular(path) as file:
            return file.read(SHEET_HEAD).decode(errors="replace")
    except OSError:
        return ""


def _cards(operation: OperationOptions, folder: Path, target: Path, found: list[Result]) -> list[Card]:
    defaults = {option.field.api_name: option.default for option in operation.options if option.default is not UNSET}
    # Pillow decodes without Python's lock.
    with ThreadPoolExecutor() as threads:
        thumbnails = threads.map(partial(_thumbnail, folder), found)
        return [
            Card(
                number=number,
                result=result,
                thumbnail=image,
                link=_link(folder, target, result),
                prompt_field=operation.prompt or "",
                defaults=defaults,
            )
            for number, (result, image) in enumerate(zip(found, thumbnails, strict=True), start=1)
        ]


def _thumbnail(folder: Path, result: Result) -> Thumbnail | None:
    return thumbnail(folder / result.file) if result.file and result.entry.status == "done" else None


def _link(folder: Path, target: Path, result: Result) -> str | None:
    return link(os.path.relpath(folder / result.file, target.parent)) if result.file else None
