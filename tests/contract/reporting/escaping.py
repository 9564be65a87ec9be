"""Texts of strangers in a report: shown as they are, and never as markup."""

import re
from typing import Any


def printable(text: str) -> str:
    """A text in one line, without characters that a terminal or XML would act upon."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


def as_code(text: str) -> str:
    """A name as Markdown shows it: as code if it is plain, as text otherwise."""
    return f"`{text}`" if _PLAIN.fullmatch(text) else as_text(text)


def as_text(text: Any) -> str:
    """A text that Markdown shows as it is: no HTML, no link, no mention, no end of a cell."""
    # As numbers, characters have no meaning in Markdown.
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", printable(str(text)))


_PLAIN = re.compile(r"[\w/~{}.:$#-]+", re.ASCII)
_MARKUP = re.compile(r"[&<>|`*_~\[\]()!\\@$^:]|(?<=www)\.", re.IGNORECASE)
