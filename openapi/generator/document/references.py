"""References of a document: which file and place a `$ref` leads to, and why it leads nowhere.

Only files below one folder are read, and nothing is downloaded: a stranger's document can name any file and address.
"""

import ntpath
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from attrs import define, field

from .limits import MOST_FILES
from .pointers import child, tokens
from .problems import SpecError
from .reading import SourceFile, read_file
from .source_map import Origin

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_MISSING = object()


class Unresolved(Exception):
    """A reference that leads nowhere. Its text says why."""


@define
class Library:
    """The files that a document is made of.

    Args:
        main: Its own file.
        folder: The folder that all further files have to be in.
        overlays: The files of overlays: what they refer to by `#` is in the document.
    """

    main: SourceFile
    folder: Path | None
    overlays: tuple[SourceFile, ...] = ()
    files: dict[Path, SourceFile] = field(factory=dict)
    _names: dict[str, dict[str, str]] = field(factory=dict)

    def target(self, reference: str, file: SourceFile, pointer: str) -> Origin:
        """Where a reference leads to.

        Args:
            reference: The reference.
            file: The file that has it.
            pointer: The object that has it.

        Raises:
            Unresolved: It leads nowhere.
        """
        base, fragment = urldefrag(reference) if "#" in reference else (reference, "")
        if not base and any(file is one for one in self.overlays):
            file, pointer = self.main, ""
        if not base:
            return self._within(file, fragment, pointer)
        known = self._known(base, file)
        if known is not None:
            outer, start = known
            return (outer, start) if not fragment else self._within(outer, fragment, start, start)
        return self._within(self._file(base, file), fragment, "")

    def _known(self, base: str, file: SourceFile) -> Origin | None:
        """The schema or document that has an address of its own (`$id`, `$self`), if any has this one."""
        own = self.main.value.get("$self") if isinstance(self.main.value, dict) else None
        for address in dict.fromkeys((base, urljoin(own, base) if isinstance(own, str) else base)):
            if isinstance(own, str) and address == urldefrag(own)[0]:
                return self.main, ""
            for one in (file, self.main, *self.files.values()):
                found = self._named(one).get(f"id:{address}")
                if found is not None:
                    return one, found
        return None

    def _within(self, file: SourceFile, fragment: str, around: str, start: str = "") -> Origin:
        """A place of a file by the part of a reference after the `#`."""
        decoded = unquote(fragment)
        if not fragment:
            return file, start
        if not decoded.startswith("/"):
            found = self._named(file).get(f"anchor:{decoded}")
            if found is None:
                raise Unresolved(f"no schema of {file.name} has the `$anchor` {decoded!r}")
            return file, found
        # A schema with an `$id` is a document of its own; most that have one are not meant so.
        for outer in (start, *_resources(file.value, around)):
            for text in dict.fromkeys((decoded, fragment)):
                place = _normal(file.value, outer + text)
                if place is not None:
                    return file, place
        where = "the document" if file is self.main else file.name
        raise Unresolved(f"{where} has no such place")

    def _file(self, base: str, file: SourceFile) -> SourceFile:
        scheme = _SCHEME.match(base)
        if scheme and scheme[1].lower() in ("http", "https"):
            raise Unresolved(
                "nothing is downloaded: save that file in the folder of the document, and refer to it there"
            )
        if scheme and scheme[1].lower() != "file":
            raise Unresolved(f"an address with {scheme[1]}: does not name a file beside the document")
        if self.folder is None or file.path is None:
            raise Unresolved("the document is not in a folder, so there are no files beside it")
        text = unquote(base)
        if scheme or text.startswith(("/", "\\")) or ntpath.splitdrive(text)[0]:
            raise Unresolved(
                f"only files below {self._shown_folder} are read, by a path from the file that refers to them"
            )
        return self._read(text, file.path.parent / text.partition("?")[0].replace("\\", "/"))

    def _read(self, text: str, named: Path) -> SourceFile:
        assert self.folder is not None
        try:
            path = named.resolve()
            inside = path.is_relative_to(self.folder)
            exists = inside and path.is_file()
        except (OSError, ValueError, RuntimeError) as error:
            raise Unresolved("a file cannot have such a name") from error
        if path == self.main.path:
            return self.main
        if not inside:
            raise Unresolved(f"only files below {self._shown_folder} are read; `--root` can name a wider folder")
        if not exists:
            raise Unresolved("there is no such file" + self._hint(text))
        if path not in self.files:
            if len(self.files) >= MOST_FILES:
                raise Unresolved(f"the document is made of more than {MOST_FILES:,} files")
            try:
                self.files[path] = read_file(path, _relative(path, self.main.path))
            except (SpecError, OSError) as error:
                raise Unresolved(f"the file cannot be read: {error}") from error
        return self.files[path]

    @property
    def _shown_folder(self) -> str:
        return f"{self.folder.name if self.folder else ''}/"

    def _hint(self, text: str) -> str:
        components = self.main.value.get("components") if isinstance(self.main.value, dict) else None
        sections = components.items() if isinstance(components, dict) else ()
        for section, names in sections:
            if isinstance(names, dict) and text in names:
                return f"; did you mean '#{child('/components', section, text)}'?"
        return ""

    def _named(self, file: SourceFile) -> dict[str, str]:
        """The places of a file that `$id`, `$anchor` and `$dynamicAnchor` name."""
        if file.name not in self._names:
            self._names[file.name] = dict(_names(file.value, "", ""))
        return self._names[file.name]


def _relative(path: Path, main: Path | None) -> str:
    return Path(os.path.relpath(path, main.parent if main else None)).as_posix()


def _names(value: Any, pointer: str, base: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        own = value.get("$id")
        if isinstance(own, str) and own and not own.startswith("#"):
            yield f"id:{urldefrag(own)[0]}", pointer
            base = urldefrag(urljoin(base, own))[0]
            yield f"id:{base}", pointer
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(value.get(keyword), str):
                yield f"anchor:{value[keyword]}", pointer
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        if isinstance(member, (dict, list)):
            yield from _names(member, child(pointer, str(key)), base)


def _resources(value: Any, pointer: str) -> Iterator[str]:
    """The schemas around a place that have an `$id`, the nearest first."""
    node, found, at = value, [], ""
    for token in tokens(pointer):
        node = _member(node, token)
        at = child(at, token)
        if isinstance(node, dict) and isinstance(node.get("$id"), str):
            found.append(at)
    yield from reversed(found)


def _normal(value: Any, pointer: str) -> str | None:
    """The pointer as this generator writes it, or None if nothing is there."""
    parts = tokens(pointer)
    for part in parts:
        value = _member(value, part)
        if value is _MISSING:
            return None
    return child("", *parts)


def _member(value: Any, token: str) -> Any:
    if isinstance(value, dict):
        return value.get(token, _MISSING)
    if isinstance(value, list) and re.fullmatch(r"0|[1-9][0-9]{0,8}", token) and int(token) < len(value):
        return value[int(token)]
    return _MISSING
