"""The names of the classes and enums of a package, each of which stands in a module of its own."""

from hashlib import sha256

from attrs import define, field

from .internals import ClassName, PythonIdentifier, pascal_case
from .naming import PREFIX, RESERVED_CLASSES

_LONGEST = 120
"""Bytes of the longest name: most file systems take 255, endings and prefixes included."""

_DIGITS = 8
"""Of a hash, in the place of what a name is too long for."""


@define
class ClassNames:
    """Gives each class a name of its own, whatever schemas are called.

    openapi-python-client makes the name of a class of the name of its schema, and does not accept two with one name.
    """

    _keys: set[str] = field(factory=set[str])
    _modules: set[str] = field(factory=set[str])

    def key(self, name: str, is_class: bool) -> str:
        """A name for a component, which is unused, and whose class is unused if there is one.

        Args:
            name: What it should be called.
            is_class: Whether openapi-python-client makes a class or enum of it.
        """
        stem = short_name(_plain(name))
        found = stem
        at = 2
        while found in self._keys or (is_class and _module(found) in self._modules):
            found = f"{stem}_{at}"
            at += 1
        self._keys.add(found)
        if is_class:
            self._modules.add(_module(found))
        return found


def inner_class(parent: str, name: str) -> str:
    """Name of the class of a schema inside another, or inside an operation.

    Args:
        parent: Name of the class or operation around it; empty for a component.
        name: Its own name, or its title.
    """
    return str(ClassName(f"{pascal_case(parent)}{pascal_case(name)}" if parent else name, PREFIX))


def final_name(key: str) -> str:
    """Name of the class of a component."""
    name = str(ClassName(key, PREFIX))
    return f"{name}Model" if name in RESERVED_CLASSES else name


def _module(key: str) -> str:
    return str(PythonIdentifier(final_name(key), PREFIX)).lower()


def _plain(name: str) -> str:
    """The name without characters that cannot stand in a reference."""
    return "".join(one if one.isalnum() or one in "._- " else "_" for one in name) or "_"


def short_name(name: str) -> str:
    """The name, cut where it is too long for a file, with a hash that tells it from others."""
    if len(name.encode()) <= _LONGEST:
        return name
    digits = sha256(name.encode()).hexdigest()[:_DIGITS]
    return f"{name.encode()[: _LONGEST - _DIGITS - 1].decode(errors='ignore')}_{digits}"
