"""CSV as spreadsheets write it: a header of fields, any separator, and the line of each row."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from ..base.rules import Field, Rule
from ..base.suggestions import meant_field
from ..base.wording import shown
from .field_options import read

SEPARATORS = ",;\t"
"""What spreadsheets put between cells: where the comma is the decimal point, they write semicolons."""

_NAMED_SEPARATOR = re.compile(r'"?sep=(.)"?[,;\t]*(?:\n|\Z)', re.IGNORECASE)
"""The line by which Excel is told the separator."""

_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+(?:[Ee][-+]?\d+)?", re.ASCII)


@frozen
class CsvRow:
    """What a row holds.

    Args:
        line: Its first line, from 1.
        values: Values by the names of their columns, what is wrong with the row, or None for a blank one.
    """

    line: int
    values: Mapping[str, Any] | str | None


def csv_rows(text: str, fields: Sequence[Field]) -> Iterator[CsvRow]:
    """The rows of a CSV file, its header left out. What is wrong with the header is its only row."""
    named = _NAMED_SEPARATOR.match(text)
    skipped = text[: named.end()].count("\n") if named else 0
    body = text[named.end() :] if named else text
    separator = named.group(1) if named else separator_of(body)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    columns: list[str] = []
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield CsvRow(line, f"is not CSV: {error}")
            return
        if not any(cell.strip() for cell in cells):
            yield CsvRow(line, None)
        elif columns:
            yield CsvRow(line, _cells(columns, cells, fields, has_decimal_comma=separator != ","))
        else:
            columns = [cell.strip() for cell in cells]
            faults = list(_header_faults(columns, fields))
            if faults:
                yield from (CsvRow(line, fault) for fault in faults)
                return


def separator_of(text: str) -> str:
    """The separator of a CSV file, by its first line that is not blank."""
    head = next((line for line in text.split("\n") if line.strip()), "")
    return max(SEPARATORS, key=head.count)


def _header_faults(columns: list[str], fields: Sequence[Field]) -> Iterator[str]:
    known = {name for field in fields for name in (field.name, field.api_name)}
    for number, column in enumerate(columns, start=1):
        if column not in known:
            meant = meant_field(column, fields)
            others = ", ".join(field.name for field in fields)
            hint = f"; did you mean {meant!r}?" if meant else f", only {others}"
            yield f"column {number}: {shown(column)} is not a field of a request{hint}"
        elif columns.index(column) < number - 1:
            yield f"column {number}: {column!r} occurs twice"
    for field in fields:
        if field.required and not {field.name, field.api_name} & set(columns):
            yield f"there is no column {field.name!r}: the first line must name the columns"


def _cells(
    columns: list[str], cells: list[str], fields: Sequence[Field], *, has_decimal_comma: bool
) -> Mapping[str, Any] | str:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return f"has {len(cells)} cells for {len(columns)} columns: a text with a comma needs quotes"
    rules = {name: field.rule for field in fields for name in (field.name, field.api_name)}
    given = [(column, cell) for column, cell in zip(columns, cells, strict=False) if cell.strip()]
    if has_decimal_comma:
        given = [(column, _with_point(rules[column], cell)) for column, cell in given]
    return {column: read(rules[column], cell) for column, cell in given}


def _with_point(rule: Rule, cell: str) -> str:
    """A number of a spreadsheet with a point: `0,5` is written where semicolons stand between cells."""
    is_number = rule.kind in ("integer", "number") and _DECIMAL_COMMA.fullmatch(cell.strip())
    return cell.replace(",", ".") if is_number else cell
