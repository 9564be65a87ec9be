"""From files to one document: the file itself, what it refers to, and overlays."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

from .bundling import Bundler
from .overlays import Overlay, apply, read_overlay
from .problems import Problem
from .reading import SourceFile, read_file, read_text
from .references import Library
from .source_map import SourceMap
from .versions import normalized, require_mapping, require_openapi


@frozen
class Loaded:
    """A document of one or more files.

    Args:
        name: Name of its own file.
        root: The document.
        lines: The line of each place.
        problems: What was found on the way.
        sha256: SHA-256 of its file, or of all its files.
        overlays: Names of its overlays.
    """

    name: str
    root: dict[str, Any]
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]
    sha256: str
    overlays: tuple[str, ...]


def load(path: Path, overlays: Sequence[Path] = (), folder: Path | None = None) -> Loaded:
    """Read a document, with all files that it refers to.

    Args:
        path: Its file.
        overlays: Files of overlays, applied in this order.
        folder: References may lead to files below this folder; by default to those below the document's own.

    Raises:
        SpecError: It is not an OpenAPI document, or an overlay cannot be applied.
        OSError: A file cannot be read.
    """
    main = read_file(path.resolve(), path.name)
    return _loaded(main, [read_overlay(one) for one in overlays], (folder or path.resolve().parent).resolve())


def parse(name: str, text: str) -> Loaded:
    """Read a document from its text. References into other files lead nowhere.

    Raises:
        SpecError: It is not an OpenAPI document.
    """
    return _loaded(read_text(name, text), [], None)


def _loaded(main: SourceFile, overlays: Sequence[Overlay], folder: Path | None) -> Loaded:
    require_mapping(main)
    root, lines = main.value, SourceMap(main)
    library = Library(main, folder, tuple(one.file for one in overlays))
    bundler = Bundler(root, lines, library)
    bundler.bundle()
    remarks = [problem for overlay in overlays for problem in apply(overlay, root, lines)]
    if overlays:
        bundler.bundle()
    require_openapi(main, root, lines)
    others = [*library.files.values(), *library.overlays]
    problems = [*main.remarks, *_of_others(others), *remarks, *bundler.problems, *normalized(root, lines)]
    names = tuple(one.name for one in library.overlays)
    return Loaded(main.name, root, lines, tuple(problems), _digest(main, others), names)


def _of_others(files: Sequence[SourceFile]) -> list[Problem]:
    return [
        Problem(problem.message, "", problem.instead, file.place(problem.pointer))
        for file in files
        for problem in file.remarks
    ]


def _digest(main: SourceFile, others: Sequence[SourceFile]) -> str:
    """SHA-256 of the document's file; where there are others, of the list that `sha256sum` prints of all of them."""
    if not others:
        return main.digest
    return sha256("".join(f"{one.digest}  {one.name}\n" for one in (main, *others)).encode()).hexdigest()
