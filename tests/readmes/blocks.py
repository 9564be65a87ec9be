"""The fenced blocks, links and code spans of a Markdown file."""

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

_FENCE = re.compile(r"(?P<indent> *)```(?P<language>\S*)\s*")
_MEASURED = re.compile(r"<!-- measured by `(?P<command>[^`]+)` -->")
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_SPAN = re.compile(r"(?<!`)`(?P<code>[^`\n]+)`(?!`)")
_FILE = re.compile(r"# (?P<name>\w+\.py)")
_HEADING = re.compile(r"#+ (?P<title>.+)")


class UncoveredError(Exception):
    """No rule says how this is to be checked."""


@frozen
class Block:
    """What stands between two fences.

    Args:
        line: Number of its first line within the file.
        language: What follows the opening fence.
        text: The lines between the fences.
        measured_by: The command whose output this is, if a comment above the block names one.
    """

    line: int
    language: str
    text: str
    measured_by: str | None = None

    @property
    def file(self) -> str | None:
        """The name of the file that the reader saves it as, if its first line is a comment of nothing else."""
        named = _FILE.fullmatch(self.text.partition("\n")[0])
        return named and named["name"]


def blocks(markdown: str) -> list[Block]:
    """All fenced blocks of a file, in order.

    Raises:
        UncoveredError: A fence is not closed.
    """
    found: list[Block] = []
    lines = iter(enumerate(markdown.splitlines(), start=1))
    above = ""
    for number, line in lines:
        if fence := _FENCE.fullmatch(line):
            text = "\n".join(_until_closed(lines, number, len(fence["indent"])))
            measured = _MEASURED.fullmatch(above)
            found.append(Block(number + 1, fence["language"], text, measured and measured["command"]))
        if line.strip():
            above = line.strip()
    return found


def _until_closed(lines: Iterator[tuple[int, str]], opened: int, indent: int) -> Iterator[str]:
    for _, line in lines:
        if line.strip() == "```":
            return
        yield line[indent:]
    raise UncoveredError(f"the block that opens in line {opened} is not closed")


def prose(markdown: str) -> str:
    """The file without its fenced blocks."""
    return re.sub(r"^ *```.*?^ *```", "", markdown, flags=re.DOTALL | re.MULTILINE)


def code_spans(markdown: str) -> list[str]:
    """What stands between single backticks."""
    return [span["code"] for span in _SPAN.finditer(prose(markdown))]


def broken_links(path: Path) -> list[str]:
    """The links of a file that lead to no file of the repository, or to no heading of one."""
    targets = (link["target"] for link in _LINK.finditer(prose(path.read_text("utf-8"))))
    return [target for target in targets if not target.startswith("https://") and not _exists(path, target)]


def _exists(path: Path, target: str) -> bool:
    file, _, anchor = target.partition("#")
    found = (path.parent / file).resolve() if file else path
    return found.exists() and (not anchor or anchor in _anchors(found.read_text("utf-8")))


def _anchors(markdown: str) -> set[str]:
    titles = (heading["title"] for line in prose(markdown).splitlines() if (heading := _HEADING.fullmatch(line)))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
