"""Imports of generated modules: those that templates write and a module does not use."""

import re
from collections.abc import Iterable

_NAME = r"\w+(?: as \w+)?"
_IMPORT = re.compile(rf"^from (?P<module>[\w.]+) import (?P<names>{_NAME}(?:, {_NAME})*)\n", re.MULTILINE)
_WIDTH = 120
_WHOLE = re.compile(r"^import (?P<name>\w+)\n", re.MULTILINE)


def with_used_imports(text: str) -> str:
    """A module without imports that it does not use, or has twice.

    The formatter would take them out as well, and some that are not found here: one after the other, which takes most
    of its time.
    """
    rest = _WHOLE.sub("", _IMPORT.sub("", text))
    named: dict[str, dict[str, None]] = {}
    for found in _IMPORT.finditer(text):
        named.setdefault(found["module"], {}).update(dict.fromkeys(found["names"].split(", ")))
    known: set[tuple[str, str]] = set()

    def kept(found: re.Match[str]) -> str:
        module = found["module"]
        if _is_long(module, named[module]):
            # The formatter wraps them, and leaves them so.
            return found[0]
        names = [one for one in found["names"].split(", ") if (module, one) not in known and _is_used(one, rest)]
        known.update((module, one) for one in names)
        return f"from {module} import {', '.join(names)}\n" if names else ""

    text = _IMPORT.sub(kept, text)
    return _WHOLE.sub(lambda found: found[0] if _is_used(found["name"], rest) else "", text)


def _is_long(module: str, names: Iterable[str]) -> bool:
    return len(f"from {module} import {', '.join(names)}") > _WIDTH


def _is_used(imported: str, rest: str) -> bool:
    original, _, alias = imported.partition(" as ")
    name = alias or original
    # The package offers what it imports under the same name.
    return name in (original if alias else "", "annotations") or _has_word(name, rest)


def _has_word(word: str, text: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_is_letter(text[at - 1 : at]) or _is_letter(text[end : end + 1])):
            return True
        at = text.find(word, end)
    return False


def _is_letter(text: str) -> bool:
    return text.isalnum() or text == "_"
