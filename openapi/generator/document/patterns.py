"""Patterns of a document as regular expressions of Python, which are not quite those of JavaScript that OpenAPI has.

A translation allows at least what the pattern allows, so that no request is refused that a service takes.
"""

import re
import warnings
from collections.abc import Iterable

from .document import Document, Problem, child
from .traversal import Node

_NOT_CHECKED = "the pattern is not checked"

_TOKEN = re.compile(
    r"\\u\{(?P<point>[0-9a-fA-F]{1,6})\}|\\k<(?P<back>\w+)>|\\c(?P<control>[A-Za-z])|\\(?P<sign>[pP])\{(?P<class>[^}]*)\}"
    r"|(?P<half>\\u[dD][89a-fA-F])|(?P<escape>\\.)|\(\?<(?P<name>[A-Za-z_]\w*)>|(?P<open>\[\^?)|(?P<close>\])|(?P<other>.)",
    re.DOTALL,
)

_SLASHES = re.compile(r"/(?P<inner>.*)/(?P<flags>[a-z]*)", re.DOTALL)
_READ_OTHERWISE = re.compile(r"\[\^?\]|\[[:.=]|&&|\\u[dD][89a-fA-F]|\A/.*/[a-z]*\Z", re.DOTALL)
"""What Python reads without an error, and otherwise: empty sets, sets of sets, halves of characters, slashes."""

_FLAGS = frozenset("ims")
_IGNORED_FLAGS = frozenset("guydv")

_LETTERS = ("L", "Letter", "Alphabetic", "Alpha")
_DIGITS = ("N", "Nd", "Number")


class _Untranslatable(Exception):
    """The pattern has something that Python has not."""


def translate_pattern(document: Document, schema: Node) -> Iterable[Problem]:
    """Write the pattern of a schema as Python has it, or leave it out."""
    pattern = schema.value.get("pattern")
    if not isinstance(pattern, str):
        return ()
    translated = python_pattern(pattern)
    if translated is None:
        del schema.value["pattern"]
        text = f"the pattern {pattern!r} is not a regular expression that Python has"
        return (Problem(text, child(schema.pointer, "pattern"), _NOT_CHECKED),)
    schema.value["pattern"] = translated
    return ()


def python_pattern(pattern: str) -> str | None:
    """A pattern as Python has it: one that allows the same texts, or a few more. None if there is none."""
    if not _READ_OTHERWISE.search(pattern) and _is_python(pattern):
        return pattern
    try:
        found = _translated(_without_slashes(pattern))
    except (_Untranslatable, ValueError):
        return None
    return found if _is_python(found) else None


def _is_python(pattern: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (Warning, re.error, OverflowError, RecursionError):
        return False
    return True


def _without_slashes(pattern: str) -> str:
    """`/^a$/i` without the slashes, between which JavaScript writes a pattern: no text could match it with them."""
    found = _SLASHES.fullmatch(pattern)
    if found is None or not (found["inner"].startswith("^") or found["inner"].endswith("$")):
        return pattern
    flags = set(found["flags"])
    if flags - _FLAGS - _IGNORED_FLAGS:
        raise _Untranslatable
    kept = "".join(sorted(flags & _FLAGS))
    return f"(?{kept}){found['inner']}" if kept else found["inner"]


def _translated(pattern: str) -> str:
    parts: list[str] = []
    opened = ""
    for token in _TOKEN.finditer(pattern):
        kind = str(token.lastgroup)
        if kind == "open" and not opened:
            opened = token[0]
            parts.append(token[0])
        elif kind == "close" and opened:
            if parts[-1] == opened:
                # An empty set: in Python, the bracket would be its first member.
                parts[-1] = r"[\s\S" if opened == "[^" else r"[^\s\S"
            opened = ""
            parts.append("]")
        else:
            parts.append(_part(token, kind, opened))
    return "".join(parts)


def _part(token: re.Match[str], kind: str, opened: str) -> str:
    if kind == "point":
        return f"\\U{int(token['point'], 16):08x}"
    if kind == "control":
        return f"\\x{ord(token['control'].upper()) - 64:02x}"
    if kind == "class":
        return _class(token["sign"], token["class"], opened)
    if kind == "half":
        raise _Untranslatable
    if opened:
        return _member(token)
    if kind == "back":
        return f"(?P={token['back']})"
    if kind == "name":
        return f"(?P<{token['name']}>"
    return r"\Z" if token[0] == r"\z" else token[0]


def _member(token: re.Match[str]) -> str:
    """A part of a set."""
    following = token.string[token.end() : token.end() + 1]
    if (token[0] == "[" and following in (":", ".", "=")) or (token[0] == "&" and following == "&"):
        raise _Untranslatable
    if token[0].startswith("["):
        return "\\" + token[0]
    # Two of them are an operation on sets in other languages, of which Python warns.
    return "\\" + token[0] if token[0] in ("|", "~") else token[0]


def _class(sign: str, name: str, opened: str) -> str:
    """A class of characters: Python has none but letters and digits, and only what it allows may grow by that."""
    name = name.rpartition("=")[2]
    if sign == "P" or opened == "[^" or name not in (*_LETTERS, *_DIGITS):
        raise _Untranslatable
    if name in _LETTERS:
        return r"\w" if opened else r"[^\W\d_]"
    # `\w` has the numbers that are not digits, such as a half.
    return r"\d" if name == "Nd" else r"\w"
