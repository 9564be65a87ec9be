"""A page of documentation as lines of text, whichever form it has: plain text, Markdown or HTML."""

import re
from typing import Literal

from attrs import field, frozen
from markdown_it import MarkdownIt

from tests.contract.documentation.html_lines import LINE, HtmlLine, html_lines

_HTML = re.compile(r"<!doctype html|</(html|body|div|p|table|dl|ul|section)>", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(#{1,6} \S|```|\|?[ :|-]*---[ :|-]*\|[ :|-]*$|[-*] (\*\*|`))", re.MULTILINE)


@frozen
class Page:
    """A page of documentation.

    Args:
        name: Its file name or URL, for messages.
        form: How it is written.
        lines: Its lines, without those that are empty.
    """

    name: str
    form: Literal["text", "Markdown", "HTML"]
    lines: tuple[HtmlLine, ...] = field(repr=False)

    @classmethod
    def of(cls, name: str, text: str) -> "Page":
        """Read a page in the form that its text shows. Characters that a terminal obeys are left out."""
        text = "".join(one if one.isprintable() or one in "\n\t" else " " for one in text)
        if _HTML.search(text):
            return cls(name, "HTML", tuple(html_lines(text)))
        if _MARKDOWN.search(text):
            return cls(name, "Markdown", tuple(html_lines(_as_html(text))))
        numbered = enumerate((" ".join(line.split()) for line in text.splitlines()), start=1)
        return cls(name, "text", tuple(HtmlLine(number, line) for number, line in numbered if line))

    def place(self, line: int) -> str:
        """A line of the page, for messages."""
        return f"{self.name}:{line}"


def _as_html(markdown: str) -> str:
    """Markdown as HTML whose elements have the line that they come from."""
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.map is not None and token.nesting >= 0:
            token.attrSet(LINE, str(token.map[0] + 1))
    return f"<html><body>{parser.renderer.render(tokens, parser.options, {})}</body></html>"
