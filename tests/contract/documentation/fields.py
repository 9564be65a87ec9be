"""The fields of a request on a page: as a heading with lines below it, a list, or the rows of a table."""

import re
from collections.abc import Iterator, Sequence

from attrs import define, field

from tests.contract.documentation.field_rules import (
    TYPE,
    add_values,
    is_enumerated,
    json_type,
    opens_values,
    read_rules,
    read_values,
    value_of,
)
from tests.contract.documentation.html_lines import HtmlLine
from tests.contract.documentation.stated import PageField, StatedValues

_NAME = r"[a-z][a-z0-9_]*?"
_NEED = r"required|optional"
_BULLET = re.compile(r"^(?:[-*•·]\s+)+")
# `steps (integer, default: 4): …`, `steps int ( default: 4 )`, `steps: integer`, `prompt str *`
_SPACED = re.compile(
    rf"^(?P<name>[a-z][a-z0-9_]+)\s*(?P<star>\*)?\s*(?:[:(\[]|\u2013|\u2014|-)?\s*(?P<need>{_NEED})?\s*(?P<type>{TYPE})\b"
    rf"(?P<rest>\s*(?:$|[,()\]:*]|\u2013|\u2014|-|\b(?:{_NEED}|default)\b).*)$"
)
# The same without spaces, as a browser copies it: `stepsint ( default: 4 )`, `promptrequiredstring`, `promptrequired`
_GLUED = re.compile(
    rf"^(?P<name>{_NAME})(?:(?P<need>{_NEED})\s*(?P<type>{TYPE})?(?=$|[A-Z(*])|(?P<bare>{TYPE})\s*(?=\*|\(\s*default))"
    r"(?P<star>\s*\*)?(?P<rest>.*)$"
)
_LONE_NAME = re.compile(rf"^`?(?P<name>[a-z][a-z0-9_]*)`?\s*(?P<star>\*)?(?:\s+\(?(?P<need>{_NEED})\)?)?$")
_LONE_TYPE = re.compile(rf"^(?:type\s*[:=]\s*)?`?(?P<type>{TYPE})`?\s*(?P<star>\*)?(?P<rest>(?:\s*[,(].*)?)$", re.I)
_LONE_NEED = re.compile(rf"^\(?(?:{_NEED})\)?$", re.I)
_NEEDED = re.compile(r"\b(not\s+required|required|optional|mandatory)\b(?:\s*[:=]\s*(yes|no|true|false))?", re.I)
# A list of values can be long; what a page says of a field otherwise is not.
_MOST_LINES = 12
_LONG_PROSE = 12
_COLUMNS = {
    "name": re.compile(r"^(name|field|parameter|param|attribute|property|argument|key)s?\b", re.I),
    "type": re.compile(r"^(data\s*)?type", re.I),
    "required": re.compile(r"^(required|mandatory|optional)", re.I),
    "default": re.compile(r"^default", re.I),
    "minimum": re.compile(r"^min", re.I),
    "maximum": re.compile(r"^max", re.I),
    "multipleOf": re.compile(r"^(multiple|step)", re.I),
    "range": re.compile(r"^(range|limits|constraints?)", re.I),
    "values": re.compile(r"^(allowed|possible|accepted|valid|values|options|enum|choices)", re.I),
}
_YES = ("yes", "true", "required", "✓", "✔", "✅", "y", "*", "x")


def read_fields(lines: Sequence[HtmlLine]) -> dict[str, PageField]:
    """The fields that a page describes, by name. Where a page repeats itself, the first mention of a fact counts."""
    reader = _FieldReader()
    columns: dict[str, int] = {}
    for at, line in enumerate(lines):
        if line.kind in ("row", "header row"):
            reader.end_field()
            columns = _columns(line) or columns
            if "name" in columns and not _columns(line):
                reader.row(line, columns)
            continue
        columns = {}
        if line.kind == "code":
            reader.end_field()
        else:
            reader.line(line, [one.text for one in lines[at + 1 : at + 4] if one.kind not in ("row", "code")])
    return reader.fields


def _columns(line: HtmlLine) -> dict[str, int]:
    """What each column of a table holds, if a row is its head."""
    found = {
        role: at
        for role, pattern in _COLUMNS.items()
        for at, cell in enumerate(line.cells)
        if pattern.search(cell.strip(" *`"))
    }
    is_head = line.kind == "header row" or {"name", "type"} <= found.keys()
    return found if is_head and "name" in found else {}


@define
class _FieldReader:
    """Reads line by line, and keeps the field that the lines are about."""

    fields: dict[str, PageField] = field(factory=dict[str, PageField])
    _current: PageField | None = None
    _in_values: bool = False
    _left: int = 0

    def end_field(self) -> None:
        """What follows is about something else."""
        self._current = None
        self._in_values = False

    def line(self, line: HtmlLine, following: Sequence[str]) -> None:
        """Read a line that is not part of a table."""
        text = _BULLET.sub("", line.text)
        if self._opens(text, line.number, following):
            return
        if line.kind == "heading":
            self.end_field()
        if self._current is not None:
            self._describe(self._current, text, line.number)

    def _opens(self, text: str, number: int, following: Sequence[str]) -> bool:
        """Begin a field if a line is the head of one."""
        if (found := _GLUED.match(text)) or (found := _SPACED.match(text.replace("`", ""))):
            groups = found.groupdict()
            self._begin(groups["name"], number)
            self._head(groups["type"] or groups.get("bare"), groups["star"], groups["need"], groups["rest"], number)
            return True
        lone = _LONE_NAME.match(text)
        if lone is None or not _is_head(following):
            return False
        self._begin(lone["name"], number)
        self._head(None, lone["star"], lone["need"], "", number)
        return True

    def _begin(self, name: str, number: int) -> None:
        self._current = self.fields.setdefault(name, PageField(name, number))
        self._in_values = False
        self._left = _MOST_LINES

    def _head(self, kind: str | None, star: str | None, need: str | None, rest: str, number: int) -> None:
        current = self._current
        assert current is not None
        if kind:
            _state_type(current, kind, number)
        if star or rest.strip().startswith("*") or need:
            current.state("required", need != "optional", number)
        if rest.strip(" *"):
            self._describe(current, rest.strip(" *"), number)

    def _describe(self, current: PageField, text: str, number: int) -> None:
        if self._in_values and current.values is not None and add_values(current.values, text, number):
            return
        self._in_values = False
        self._left -= 1
        has_rule = _speaks_of_rules(text)
        if self._left < 0 or (current.facts.get("default") and len(text.split()) > _LONG_PROSE and not has_rule):
            self.end_field()
            return
        if (kind := _LONE_TYPE.match(text)) is not None:
            _state_type(current, kind["type"], number)
        if needed := _NEEDED.search(text):
            is_plain = bool(_LONE_NEED.match(text) or needed[2] or text.startswith(("(", ",")) or "(" in text[:40])
            if is_plain or needed.start() < 20:
                current.state("required", _is_needed(needed), number)
        read_rules(current, text, number)
        if opening := opens_values(text):
            read_values(current, opening, number)
            self._in_values = True

    def row(self, line: HtmlLine, columns: dict[str, int]) -> None:
        """Read a row of a table of fields."""
        cells = {role: line.cells[at].strip() for role, at in columns.items() if at < len(line.cells)}
        name = re.match(r"^`?([a-z][a-z0-9_]*)`?\s*(\*|\(?required\)?)?$", cells["name"])
        if name is None:
            return
        current = self.fields.setdefault(name[1], PageField(name[1], line.number))
        if name[2]:
            current.state("required", True, line.number)
        if kind := re.match(rf"^`?({TYPE})\b", cells.get("type", ""), re.I):
            _state_type(current, kind[1], line.number)
        if cells.get("required"):
            current.state("required", cells["required"].lower().strip("`") in _YES, line.number)
        _cells_with_rules(current, cells, line.number)
        for at, text in enumerate(line.cells):
            if at not in columns.values() or at == columns.get("type"):
                read_rules(current, text, line.number)
                if opening := opens_values(text):
                    read_values(current, opening, line.number)


def _cells_with_rules(current: PageField, cells: dict[str, str], number: int) -> None:
    for role in ("default", "minimum", "maximum", "multipleOf"):
        text = cells.get(role, "").strip("` ")
        if text and text.lower() not in ("-", "\u2013", "\u2014", "none", "n/a"):
            current.state(role, value_of(text), number)
    if cells.get("range"):
        read_rules(current, f"range: {cells['range']}", number)
    if cells.get("values", "").strip(" -\u2013\u2014"):
        current.values = current.values or StatedValues(number)
        if not add_values(current.values, cells["values"], number):
            read_rules(current, f"range: {cells['values']}", number)
            current.values = None


def _state_type(current: PageField, word: str, number: int) -> None:
    kind = json_type(word)
    if kind is not None:
        current.state("type", kind, number)
    if is_enumerated(word) and current.values is None:
        current.values = StatedValues(number)


def _is_head(following: Sequence[str]) -> bool:
    """Whether the lines below a name make it the head of a field: a type comes next, or after `required`."""
    for text in following:
        if _LONE_TYPE.match(text):
            return True
        if not _LONE_NEED.match(text):
            return False
    return False


def _is_needed(found: re.Match[str]) -> bool:
    says_yes = found[2] is None or found[2].lower() in ("yes", "true")
    return (found[1].lower() in ("required", "mandatory")) == says_yes


def _speaks_of_rules(text: str) -> bool:
    probe = PageField("", 0)
    read_rules(probe, text, 0)
    return bool(probe.facts) or opens_values(text) is not None


def described(fields: dict[str, PageField]) -> Iterator[PageField]:
    """The fields with at least one fact besides their name."""
    return (one for one in fields.values() if one.facts)
