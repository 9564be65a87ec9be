# @generated from openapi/runtime/cli/prompt_files.py by `make generate`. Do not edit: change that file.
"""Files of requests: JSON lines, CSV or plain prompts, read with the line number of each to name faults by it."""

import csv
import errno
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from attrs import frozen

from ..base.errors import InvalidRequestError
from ..base.suggestions import meant_field
from ..base.wording import one_line, shown
from .field_options import read
from .program import OperationOptions
from .tunables import LARGEST_FILE

FORMATS = ("jsonl", "csv", "lines")
"""Formats of a file: JSON objects or strings, CSV with a header, or a prompt a line."""

_BY_SUFFIX = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv", ".tsv": "csv"}
_STANDARD_INPUT = "-"
_RANDOM = "random"


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
    """

    name: str
    entries: tuple[PromptEntry, ...]
    faults: tuple[FileFault, ...]

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
    content = _content(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return PromptFile(name=name, entries=(), faults=(FileFault(line=line, message="is not UTF-8"),))
    reader = _READERS[form or _form(path, text)]
    found = [_checked(row, operation) for row in reader(text, operation)]
    entries = tuple(one for one in found if isinstance(one, PromptEntry))
    faults = tuple(fault for one in found if not isinstance(one, PromptEntry) for fault in one)
    if not found:
        faults = (FileFault(line=1, message="has no requests"),)
    return PromptFile(name=name, entries=entries, faults=faults)


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


def _form(path: str, text: str) -> str:
    # A file of objects that is read as prompts would be bought as prompts.
    guess = "jsonl" if text.lstrip().startswith(("{", '"')) else "lines"
    return _BY_SUFFIX.get(Path(path).suffix.lower(), guess)


def _checked(row: _Row, operation: OperationOptions) -> PromptEntry | list[FileFault]:
    if isinstance(row.values, str):
        return [FileFault(line=row.line, message=row.values)]
    names = {field.api_name: field.name for field in operation.fields}
    values = {names.get(name, name): value for name, value in row.values.items() if value is not None}
    drawn = [name for name, value in values.items() if value == _RANDOM and name != operation.prompt]
    # A batch that runs again recognizes its images by what was requested.
    faults = [f"{one_line(name)}: {_RANDOM!r} would be another image in each run: give a number" for name in drawn]
    try:
        request = operation.checked(**{name: value for name, value in values.items() if name not in drawn})
    except InvalidRequestError as error:
        faults += map(str, error.faults)
    else:
        if not faults:
            return PromptEntry(line=row.line, request=request)
    return [FileFault(line=row.line, message=fault) for fault in faults]


def _json_rows(text: str, operation: OperationOptions) -> Iterator[_Row]:
    for number, line in _lines(text):
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


def _plain_rows(text: str, operation: OperationOptions) -> Iterator[_Row]:
    yield from (_Row(number, {str(operation.prompt): line.strip()}) for number, line in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # Not `splitlines`: a text in JSON may contain other separators unescaped.
    lines = enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
    return ((number, line) for number, line in lines if line.strip())


def _csv_rows(text: str, operation: OperationOptions) -> Iterator[_Row]:
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    columns: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Row(line, f"is not CSV: {error}")
            return
        if not any(cell.strip() for cell in cells):
            continue
        if columns:
            yield _cells(line, columns, cells, operation)
            continue
        columns = [cell.strip() for cell in cells]
        faults = list(_header_faults(columns, operation))
        if faults:
            yield from (_Row(line, fault) for fault in faults)
            return


def _header_faults(columns: list[str], operation: OperationOptions) -> Iterator[str]:
    for number, column in enumerate(columns, start=1):
        is_known = column in (name for field in operation.fields for name in (field.name, field.api_name))
        if not is_known:
            meant = meant_field(column, operation.fields)
            others = ", ".join(field.name for field in operation.fields)
            hint = f"; did you mean {meant!r}?" if meant else f", only {others}"
            yield f"column {number}: {shown(column)} is not a field of a request{hint}"
        elif columns.index(column) < number - 1:
            yield f"column {number}: {column!r} occurs twice"
    for field in operation.fields:
        if field.required and not {field.name, field.api_name} & set(columns):
            yield f"there is no column {field.name!r}: the first line must name the columns"


def _cells(line: int, columns: list[str], cells: list[str], operation: OperationOptions) -> _Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return _Row(line, f"has {len(cells)} cells for {len(columns)} columns: a text with a comma needs quotes")
    rules = {name: field.rule for field in operation.fields for name in (field.name, field.api_name)}
    given = zip(columns, cells, strict=False)
    return _Row(line, {column: read(rules[column], cell) for column, cell in given if cell.strip()})


_READERS: dict[str, Callable[[str, OperationOptions], Iterator[_Row]]] = {
    "jsonl": _json_rows,
    "csv": _csv_rows,
    "lines": _plain_rows,
}
