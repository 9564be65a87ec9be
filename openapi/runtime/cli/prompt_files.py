"""Files of requests: JSON lines, CSV or plain prompts, read with the line number of each to name faults by it."""

import errno
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from attrs import frozen

from ..base.errors import InvalidRequestError
from ..base.rules import RANDOM
from ..base.wording import one_line, shown
from .csv_rows import csv_rows, separator_of
from .file_texts import UnreadableTextError, file_text
from .output import counted
from .program import OperationOptions
from .tunables import LARGEST_FILE

FORMATS = ("jsonl", "csv", "lines")
"""Formats of a file: JSON objects or strings, CSV with a header, or a prompt a line."""

COMMENT = "#"
"""What a comment in a file of prompts starts with. A prompt that does has a backslash before it."""

_BY_SUFFIX = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv", ".tsv": "csv"}
_STANDARD_INPUT = "-"


@frozen(kw_only=True)
class FileFault:
    """A fault in a file.

    Args:
        line: Its line, from 1.
        message: What is wrong.
    """

    line: int
    message: str


@frozen(kw_only=True)
class PromptEntry:
    """A request in a file.

    Args:
        line: Its line, from 1; the first one if there are several.
        request: The request, checked.
    """

    line: int
    request: Any


@frozen(kw_only=True)
class PromptFile:
    """A file of requests, read completely.

    Args:
        name: Its name in messages.
        entries: Its requests, in the order of the file.
        faults: All of its faults. If there are any, nothing is sent.
        comments: How many lines are comments.
        blank: How many lines between others are blank.
    """

    name: str
    entries: tuple[PromptEntry, ...]
    faults: tuple[FileFault, ...]
    comments: int = 0
    blank: int = 0

    @property
    def skipped(self) -> str:
        """Which lines are not requests, in words: `2 comments and 1 blank line skipped`; empty if all are."""
        counts = [
            counted(self.comments, "comment") if self.comments else "",
            counted(self.blank, "blank line") if self.blank else "",
        ]
        found = " and ".join(filter(None, counts))
        return f"{found} skipped" if found else ""

    @property
    def messages(self) -> list[str]:
        """The faults as editors understand them: `prompts.csv:7: width: 1001 is not a multiple of 8`."""
        return [f"{self.name}:{fault.line}: {fault.message}" for fault in self.faults]


def read_requests(path: str, operation: OperationOptions, form: str | None) -> PromptFile:
    """Read a file and check its requests. Nothing is sent.

    Args:
        path: The file, or `-` for the standard input.
        operation: The operation that the requests are for.
        form: One of `FORMATS`, or None to go by the name of the file, and if that says nothing by its first character.

    Raises:
        OSError: The file cannot be read, or never ends.
    """
    name = "standard input" if path == _STANDARD_INPUT else one_line(path)
    try:
        text = file_text(_content(path))
    except UnreadableTextError as error:
        return PromptFile(name=name, entries=(), faults=(FileFault(line=error.line, message=error.message),))
    # Blank lines at the end are not lines of their own.
    lines = list(_READERS[form or _form(path, text, operation)](text.rstrip(), operation))
    found = [_checked(row, operation) for row in lines if isinstance(row, _Row)]
    entries = tuple(one for one in found if isinstance(one, PromptEntry))
    faults = tuple(fault for one in found if not isinstance(one, PromptEntry) for fault in one)
    if not found:
        faults = (FileFault(line=1, message="has no requests"),)
    comments, blank = lines.count(_COMMENT), lines.count(_BLANK)
    return PromptFile(name=name, entries=entries, faults=faults, comments=comments, blank=blank)


def _content(path: str) -> bytes:
    # A pipe is one way to hand over requests; a device may never end.
    with sys.stdin.buffer if path == _STANDARD_INPUT else Path(path).open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise OSError(errno.EFBIG, f"longer than {LARGEST_FILE} bytes", path)
    return content


@frozen
class _Row:
    """What a line holds: values by name, or what is wrong with it."""

    line: int
    values: Mapping[str, Any] | str


@frozen
class _Skipped:
    """A line that is not a request."""

    kind: str


_COMMENT, _BLANK = _Skipped("comment"), _Skipped("blank")


def _form(path: str, text: str, operation: OperationOptions) -> str:
    # A file of objects that is read as prompts would be bought as prompts, and so would a header.
    start = text.lstrip()
    guess = "jsonl" if start.startswith(("{", '"')) else "csv" if _has_header(start, operation) else "lines"
    return _BY_SUFFIX.get(Path(path).suffix.lower(), guess)


def _has_header(text: str, operation: OperationOptions) -> bool:
    """Whether a text of unknown format starts with a header: Excel calls tab-separated values in UTF-16 `.txt`."""
    head = text.partition("\n")[0]
    if head.lower().startswith("sep="):
        return True
    cells = [cell.strip(' "') for cell in head.split(separator_of(head))]
    return operation.prompt in cells


def _checked(row: _Row, operation: OperationOptions) -> PromptEntry | list[FileFault]:
    if isinstance(row.values, str):
        return [FileFault(line=row.line, message=row.values)]
    names = {field.api_name: field.name for field in operation.fields}
    values = {names.get(name, name): value for name, value in row.values.items() if value is not None}
    drawn = [name for name, value in values.items() if value == RANDOM and name != operation.prompt]
    # A batch that runs again recognizes its images by what was requested.
    faults = [f"{one_line(name)}: {RANDOM!r} would be another image in each run: give a number" for name in drawn]
    try:
        request = operation.checked(**{name: value for name, value in values.items() if name not in drawn})
    except InvalidRequestError as error:
        faults += map(str, error.faults)
    else:
        if not faults:
            return PromptEntry(line=row.line, request=request)
    return [FileFault(line=row.line, message=fault) for fault in faults]


def _json_rows(text: str, operation: OperationOptions) -> Iterator[_Row | _Skipped]:
    if text.lstrip().startswith("["):
        # Each of its lines would be a fault of its own.
        yield _Row(1, "is an array, and JSON lines have one object or text in each line: `jq -c '.[]'` writes them")
        return
    # Not `splitlines`: a text in JSON may contain other separators unescaped.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            yield _BLANK
            continue
        try:
            value = json.loads(line, object_pairs_hook=_members)
        except _TwiceError as error:
            yield _Row(number, str(error))
            continue
        except (ValueError, RecursionError) as error:
            yield _Row(number, f"is not JSON: {one_line(str(error))}")
            continue
        if isinstance(value, str):
            yield _Row(number, {str(operation.prompt): value})
        elif isinstance(value, dict):
            yield _Row(number, cast("dict[str, Any]", value))
        else:
            yield _Row(number, f"is {shown(value)}, neither an object nor a text")


class _TwiceError(Exception):
    """A name occurs twice in one object. `json` would silently take the last value."""


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict[str, Any]()
    for name, value in pairs:
        if name in members:
            raise _TwiceError(f"{shown(name)} occurs twice in one object")
        members[name] = value
    return members


def _plain_rows(text: str, operation: OperationOptions) -> Iterator[_Row | _Skipped]:
    for number, line in enumerate(text.split("\n"), start=1):
        prompt = line.strip()
        if not prompt:
            yield _BLANK
        elif prompt.startswith(COMMENT):
            yield _COMMENT
        else:
            yield _Row(number, {str(operation.prompt): prompt[1:] if _ESCAPED.match(prompt) else prompt})


_ESCAPED = re.compile(rf"\\+{COMMENT}")
"""Backslashes before a `#`, the first of which only says that no comment starts here."""


def _csv_rows(text: str, operation: OperationOptions) -> Iterator[_Row | _Skipped]:
    for row in csv_rows(text, operation.fields):
        yield _BLANK if row.values is None else _Row(row.line, row.values)


_READERS: dict[str, Callable[[str, OperationOptions], Iterator[_Row | _Skipped]]] = {
    "jsonl": _json_rows,
    "csv": _csv_rows,
    "lines": _plain_rows,
}
