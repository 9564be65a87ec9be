# @generated from openapi/runtime/cli/file_names.py by `make generate`. Do not edit: change that file.
"""Where an image goes: a name made from the prompt, and nothing overwritten without --force."""

import os
import re
import stat
from collections.abc import Callable, Iterator
from itertools import count as counting
from itertools import islice
from pathlib import Path
from typing import Any

import click

from ..base.errors import ConfigurationError
from ..base.saving import check_folder, numbered
from ..base.wording import reason, shown_path
from ..image.conversion import obstacle
from .tunables import STEM_BYTES

SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}
"""How the name of a file ends, by its media type."""


def target(output: str | None, prompt: str, media_type: str, *, force: bool) -> Path:
    """The file to write, determined before anything is bought.

    Args:
        output: A file, a folder, or None for a name made from the prompt.
        prompt: What the image shows.
        media_type: Format of the image.
        force: Whether an existing file may be overwritten.

    Raises:
        ConfigurationError: No file can be written there, or there is one already.
    """
    path = Path(output) if output else Path()
    mode = _mode(path)
    if not output or output.endswith(("/", "\\")) or (mode is not None and stat.S_ISDIR(mode)):
        check_output(path)
        return _free(path / f"{_encodable(stem(prompt))}{SUFFIXES.get(media_type, '')}")
    if mode is not None and not stat.S_ISREG(mode):
        # A pipe without a reader would wait for ever, after the image is paid for.
        raise _unwritable(path, "it is not a regular file")
    # A link stays, and the file that it leads to is written.
    check_output(Path(os.path.realpath(path)).parent if path.is_symlink() else path.parent)
    flaw = obstacle(path, (media_type,))
    if flaw:
        raise _unwritable(path, flaw)
    if mode is not None and not force:
        raise ConfigurationError(f"{shown_path(path)} exists already: --force overwrites it.")
    return path


def targets(output: str | None, prompt: str, media_type: str, count: int, *, force: bool) -> list[Path]:
    """The files for several images, numbered from 1: `-o fox.jpg` gives `fox-1.jpg`, `fox-2.jpg` ….

    In a folder, names made from the prompt are free ones; those that were given have to be, unless `force` is set. A
    single image gets the name as it is.

    Raises:
        ConfigurationError: One of them cannot be written, or is there already.
    """
    if count == 1:
        return [target(output, prompt, media_type, force=force)]
    path = Path(output or ".")
    if output and not output.endswith(("/", "\\")) and not path.is_dir():
        given = islice(_numbered_from_one(path), count)
        return [target(str(name), prompt, media_type, force=force) for name in given]
    check_output(path, count)
    names = _numbered_from_one(path / f"{_encodable(stem(prompt))}{SUFFIXES.get(media_type, '')}")
    return list(islice((name for name in names if not os.path.lexists(name)), count))


def refuse_standard_output(command: str, takes: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """The callback of an option `-o` that takes no `-`, which would be a file or a folder of that name.

    Args:
        command: Name of the command.
        takes: What the option takes instead.
    """

    def check(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        if value == "-":
            text = f"`{command}` does not write images to the standard output: -o takes {takes}."
            raise click.BadParameter(text, context, parameter)
        return value

    return check


def _numbered_from_one(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in counting(1))


def _mode(path: Path) -> int | None:
    """What a path leads to, as `stat` says it; None if there is nothing yet."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        # A name that no file can have, or a folder that is closed.
        raise _unwritable(path, reason(error)) from error


def _unwritable(path: Path, why: str) -> ConfigurationError:
    return ConfigurationError(f"{shown_path(path)} cannot be written: {why}.")


def stem(prompt: str) -> str:
    """A name for a file made from a prompt: `A tiger, on Mars!` gives `a-tiger-on-mars`."""
    words = "-".join(re.findall(r"[^\W_]+", prompt.lower()))
    # Some file systems count bytes, and a cut word is better than none.
    short = words.encode()[:STEM_BYTES].decode(errors="ignore")
    whole = short.rpartition("-")[0] if len(short) < len(words) else short
    return whole or short or "image"


def _free(path: Path) -> Path:
    return next(name for name in numbered(path) if not os.path.lexists(name))


def _encodable(name: str) -> str:
    """A name that this system can write; in an environment without a locale that is ASCII."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return name.encode("ascii", "ignore").decode("ascii").strip("-") or "image"
    return name


def check_output(folder: Path, images: int = 1) -> None:
    """Find out before anything is paid for whether a folder takes files.

    Raises:
        ConfigurationError: It does not, or has no room for that many images.
    """
    flaw = folder_flaw(folder, images)
    if flaw:
        raise ConfigurationError(flaw)


def folder_flaw(folder: Path, images: int) -> str:
    """Why a folder does not take that many images, as a sentence; empty if it does."""
    try:
        if not folder.is_dir():
            return f"{shown_path(folder)} is not a folder: create it first."
        check_folder(folder, images)
    except OSError as error:
        return f"{shown_path(folder)} cannot be written: {reason(error)}."
    return ""
