"""Files of a document: from bytes to plain JSON values, with the place of each value in the text."""

import codecs
import re
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import field, frozen

from .json_reading import json_spots, read_json
from .limits import MOST_BYTES, Unreadable
from .problems import Place, Problem, SpecError
from .spots import Spot, spots_to
from .yaml_reading import read_yaml

_HEAD = 100
"""Characters of a text that tell what it is, if that is in a comment."""

MARKUP = "this is an HTML or XML page, not an OpenAPI document; download the document itself, which is JSON or YAML"

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@frozen(slots=False)
class SourceFile:
    """A file of a document, as it was read.

    Args:
        name: Its name in messages.
        value: What it holds, as plain JSON values.
        digest: SHA-256 of its bytes, in hexadecimal.
        find_spots: Finds where its values stand: called when the first message is made.
        remarks: What was read other than it is written, as problems with pointers into this file.
        path: Where it is, or None for a text that is not a file.
        head: How its text begins.
    """

    name: str
    value: Any = field(repr=False)
    digest: str
    find_spots: Callable[[], Spot] = field(repr=False)
    remarks: tuple[Problem, ...] = ()
    path: Path | None = None
    head: str = ""

    @cached_property
    def spots(self) -> Spot:
        """Where its values stand."""
        return self.find_spots()

    def place(self, pointer: str) -> Place:
        """The place of a value, or of the nearest value around it that has one.

        It has a column if another value around it begins on the same line, as in a JSON text of one line.
        """
        *around, spot = spots_to(self.spots, pointer)
        shares = any(one.line == spot.line and one.column != spot.column for one in around)
        return Place(self.name, spot.line + 1, spot.column + 1 if shares else None)


def read_file(path: Path, name: str | None = None) -> SourceFile:
    """Read a file.

    Args:
        path: The file.
        name: Its name in messages; by default that of the path.

    Raises:
        SpecError: It is not JSON or YAML, or larger than 64 MiB.
        OSError: It cannot be read.
    """
    name = path.name if name is None else name
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise SpecError(name, {Problem(f"the file is larger than {MOST_BYTES >> 20} MiB, so it is not read"): 1})
    return read_text(name, _decoded(name, content), sha256(content).hexdigest(), path)


def read_text(name: str, text: str, digest: str | None = None, path: Path | None = None) -> SourceFile:
    """Read a text: JSON if it is, else YAML, of which most JSON is a part.

    Args:
        name: Its name in messages.
        text: The text.
        digest: SHA-256 of its bytes, by default of the text as UTF-8.
        path: The file that it is from.

    Raises:
        SpecError: It is neither.
    """
    digest = digest or sha256(text.encode(errors="surrogatepass")).hexdigest()
    looks_like_json = text.lstrip()[:1] in ("{", "[")
    refused: Unreadable | None = None
    if looks_like_json:
        try:
            value, remarks = read_json(text)
            return SourceFile(name, value, digest, lambda: json_spots(text), remarks, path)
        except Unreadable as error:
            if error.is_final:
                raise _refusal(name, error) from error
            refused = error
    elif re.match(r"\s*<[!?A-Za-z]", text):
        raise SpecError(name, {Problem(MARKUP): 1})
    try:
        value, spots, remarks = read_yaml(text)
    except Unreadable as error:
        raise _refusal(name, refused if refused is not None and name.endswith(".json") else error) from error
    return SourceFile(name, value, digest, lambda: spots, remarks, path, text[:_HEAD])


def _refusal(name: str, error: Unreadable) -> SpecError:
    return SpecError(name, {Problem(error.message): Place(name, error.line + 1, error.column)})


def _decoded(name: str, content: bytes) -> str:
    encoding = next((one for mark, one in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), "utf-8-sig")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        seen = content[error.start : error.start + 1].hex()
        text = f"not YAML: the byte 0x{seen} is not a part of a text in {encoding.removesuffix('-sig').upper()}"
        raise SpecError(name, {Problem(f"{text}; save the file as UTF-8"): line}) from error
