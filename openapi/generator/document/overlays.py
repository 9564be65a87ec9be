"""Overlays: changes of a document that is someone else's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from .problems import Problem
from .reading import SourceFile, read_file
from .source_map import SourceMap


@frozen
class Overlay:
    """An overlay."""

    file: SourceFile


def read_overlay(path: Path) -> Overlay:
    """Read."""
    return Overlay(read_file(path))


def apply(overlay: Overlay, root: dict[str, Any], lines: SourceMap, main: SourceFile) -> Iterator[Problem]:
    """Apply."""
    yield from ()
