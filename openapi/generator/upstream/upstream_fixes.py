"""Mistakes of openapi-python-client that are mended here. Each fix raises an error once there is nothing to mend."""

import builtins
from collections.abc import Iterable

from .internals import (
    RESERVED_WORDS,
    ConstProperty,
    GeneratorData,
    ModelProperty,
    PythonCode,
    StringProperty,
    Value,
    remove_string_escapes,
)
from .properties import all_properties


class UpstreamChanged(Exception):
    """openapi-python-client does not do what it did in the pinned version: a fix, or a use, has to be looked at."""


def repair_texts(data: GeneratorData) -> None:
    """Give each default and each constant the text that the document has: its quotes and backslashes are escaped twice.

    Raises:
        UpstreamChanged: They are not, so that there is nothing to repair.
    """
    probe = StringProperty.convert_value('"')
    if _repaired(probe) is probe:
        raise UpstreamChanged("texts are not escaped twice any more: `repair_texts` can go")
    for prop in all_properties(data):
        if prop.default is not None:
            prop.default = _repaired(prop.default)
        if isinstance(prop, ConstProperty):
            prop.value = _repaired(prop.value)


def _repaired(value: Value) -> Value:
    text = value.raw_value
    if not isinstance(text, str) or value.python_code.as_unembedded_code() != repr(remove_string_escapes(text)):
        return value
    return Value(python_code=PythonCode(repr(text)), raw_value=text)


def release_words(words: Iterable[str]) -> None:
    """Let properties have names that openapi-python-client takes for reserved.

    Raises:
        UpstreamChanged: It does not reserve them.
    """
    # Python leaves them out itself when it runs without `site`.
    known = {word for word in words if hasattr(builtins, word)}
    if missing := known - RESERVED_WORDS:
        raise UpstreamChanged(f"{', '.join(sorted(missing))} can be a name by now: `release_words` need not name it")
    RESERVED_WORDS.difference_update(known)


def reserve_words(words: Iterable[str]) -> None:
    """Have openapi-python-client append an underscore to further names, as it does to those of Python.

    Raises:
        UpstreamChanged: It reserves one by itself.
    """
    further = set(words)
    if known := further & RESERVED_WORDS:
        raise UpstreamChanged(f"{', '.join(sorted(known))} is reserved by now: `reserve_words` need not name it")
    RESERVED_WORDS.update(further)


def share_classes() -> None:
    """Have operations share the classes of the document: openapi-python-client copies them, with all that they hold.

    Raises:
        UpstreamChanged: It does not copy them as it did.
    """
    if "__deepcopy__" in vars(ModelProperty):
        raise UpstreamChanged("classes say by themselves how they are copied: `share_classes` can go")
    ModelProperty.__deepcopy__ = lambda self, _: self  # type: ignore[attr-defined]
