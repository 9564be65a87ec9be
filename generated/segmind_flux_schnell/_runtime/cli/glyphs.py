# @generated from openapi/runtime/cli/glyphs.py by `make generate`. Do not edit: change that file.
"""Characters that a terminal or a pipe cannot show: they are written otherwise, and never end a program.

By then an image may be paid for: Windows' consoles and `LC_ALL=C` know few characters, and a prompt can hold any.
"""

import codecs
import io
import sys

_HANDLER = "similar-glyphs"

_SIMILAR = {"\u2026": "...", "\u00d7": "x", "\u2192": "->", "\u00b7": "|", "\u2013": "-", "\u2019": "'"}
"""What is written in place of characters that this program itself uses."""


def show_any_character() -> None:
    """Have the standard output and error show every character: as it is, or a similar one, or as an escape."""
    codecs.register_error(_HANDLER, _replaced)
    for stream in (sys.stdout, sys.stderr):
        # A program that has put something else in their place knows what it takes.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def _replaced(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_SIMILAR.get(one) or _escaped(one) for one in text), error.end


def _escaped(character: str) -> str:
    return character.encode("ascii", "backslashreplace").decode("ascii")
