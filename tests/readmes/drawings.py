"""Drawings of the imports: Mermaid graphs whose arrows have to be those of the code."""

import re
import sys

import grimp

from tests.readmes import ROOT
from tests.readmes.blocks import Block, UncoveredError

_ROOT = re.compile(r"%% imports of (?P<root>[\w.]+)")
_ARROW = re.compile(r"(?P<importer>\w+) --> (?P<imported>\w+(?: & \w+)*)")
_ROOM = re.compile(r"(?P<room>\w+)(\[.*\])?")


# Where `runtime` and `generator` are looked for: they are no parts of `tests`.
sys.path.insert(0, str(ROOT / "openapi"))


def check_drawing(block: Block) -> None:
    """Compare the arrows of a drawing with the imports between the rooms of a package.

    Raises:
        UncoveredError: The drawing does not say which package it shows, or has a line that is none of its grammar.
        AssertionError: The arrows are not the imports.
    """
    lines = [line.strip() for line in block.text.splitlines() if line.strip()]
    root = _ROOT.fullmatch(lines[1]) if len(lines) > 1 else None
    if not lines[0].startswith("graph ") or root is None:
        raise UncoveredError("a drawing begins with `graph TD` and `%% imports of <package>`")
    drawn = {arrow for line in lines[2:] for arrow in _arrows(line)}
    actual = imports(root["root"])
    assert drawn == actual, f"drawn, but not imported: {drawn - actual}; imported, but not drawn: {actual - drawn}"


def _arrows(line: str) -> set[tuple[str, str]]:
    if _ROOM.fullmatch(line):
        return set()
    arrow = _ARROW.fullmatch(line)
    if arrow is None:
        raise UncoveredError(f"no rule covers the line {line!r} of a drawing")
    return {(arrow["importer"], imported) for imported in arrow["imported"].split(" & ")}


def imports(root: str) -> set[tuple[str, str]]:
    """The rooms of a package that import each other: importer and imported. Tests are no room."""
    graph = grimp.build_graph(root.partition(".")[0])
    rooms = {module for module in graph.find_children(root) if graph.find_children(module)}
    return {
        (importer.rpartition(".")[2], imported.rpartition(".")[2])
        for importer in rooms
        for imported in rooms - {importer}
        if graph.direct_import_exists(importer=importer, imported=imported, as_packages=True)
    }
