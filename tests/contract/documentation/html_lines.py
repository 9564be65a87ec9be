"""HTML as lines of text, one for each block, and one with cells for each row of a table."""

import re
from collections.abc import Iterator
from typing import Any, Literal

from attrs import define, field, frozen
from lxml import html

LINE = "data-line"
"""Attribute of an element that was made from another form: the line that it comes from."""

_XML_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*>", re.IGNORECASE)
_SKIPPED = frozenset({"head", "noscript", "script", "style", "svg", "template"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "data", "em", "font", "i", "kbd", "label", "mark", "q", "s", "samp"}
    | {"small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)

Kind = Literal["text", "heading", "code", "row", "header row"]


@frozen
class HtmlLine:
    """One line of a page.

    Args:
        number: Its number in the source; the first line is 1.
        text: Its text.
        kind: What it is.
        cells: The cells of a row.
    """

    number: int
    text: str
    kind: Kind = "text"
    cells: tuple[str, ...] = ()


def html_lines(source: str) -> list[HtmlLine]:
    """The lines of an HTML page as a reader sees them, without scripts and styles."""
    # The text is decoded already, and lxml refuses one that names an encoding. Its lines keep their numbers.
    source = _XML_DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), source)
    reader = _Reader()
    # An element stands for the page even if it is empty, which lxml refuses to parse.
    reader.read(html.document_fromstring(f"{source}<p></p>"), "text")
    reader.end_line("text")
    return reader.lines


@define
class _Reader:
    """Collects lines while it walks through the elements."""

    lines: list[HtmlLine] = field(factory=list[HtmlLine])
    _parts: list[str] = field(factory=list[str])
    _number: int = 1

    def read(self, element: Any, kind: Kind) -> None:
        """Collect the lines of an element."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        if tag == "tr":
            self._row(element)
        elif tag == "pre":
            self._code(element)
        elif tag in _INLINE:
            # Two words side by side in elements of their own are two words, although no space parts them.
            self._add(" ", element)
            self.content(element, kind)
            self._parts.append(" ")
        else:
            kind = "heading" if tag in _HEADINGS else kind
            self.end_line(kind)
            self.content(element, kind)
            self.end_line(kind)

    def end_line(self, kind: Kind) -> None:
        """End the current line, if there is any text in it."""
        text = " ".join("".join(self._parts).split())
        self._parts.clear()
        if text:
            self.lines.append(HtmlLine(self._number, text, kind))

    def content(self, element: Any, kind: Kind) -> None:
        """Collect the lines within an element."""
        self._add(element.text, element)
        for child in element:
            self.read(child, kind)
            self._add(child.tail, child)

    def _add(self, text: str | None, element: Any) -> None:
        if text and not self._parts:
            self._number = _line(element)
        if text and (text.strip() or self._parts):
            self._parts.append(text)

    def _row(self, row: Any) -> None:
        self.end_line("text")
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        texts = tuple(" ".join(line.text for line in _lines_of(cell)) for cell in cells)
        kind: Kind = "header row" if cells and all(cell.tag == "th" for cell in cells) else "row"
        self.lines.append(HtmlLine(_line(row), " | ".join(texts), kind, texts))

    def _code(self, element: Any) -> None:
        self.end_line("text")
        first = _line(element)
        for offset, text in enumerate(str(element.text_content()).splitlines()):
            if text.strip():
                self.lines.append(HtmlLine(first + offset, text.strip(), "code"))


def _lines_of(cell: Any) -> Iterator[HtmlLine]:
    reader = _Reader()
    reader.content(cell, "text")
    reader.end_line("text")
    yield from reader.lines


def _line(element: Any) -> int:
    nearest = next(iter(element.xpath(f"ancestor-or-self::*[@{LINE}][1]/@{LINE}")), None)
    return int(nearest) if nearest is not None else int(element.sourceline or 1)
