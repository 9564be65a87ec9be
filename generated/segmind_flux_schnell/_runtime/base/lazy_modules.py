# @generated from openapi/runtime/base/lazy_modules.py by `make generate`. Do not edit: change that file.
"""Modules that are imported when something of them is first used: a package can have hundreds."""

from importlib import import_module
from typing import Any


class LazyModule:
    """A module of this package that is imported when one of its names is first used.

    Args:
        name: Its name, with a dot in front.
    """

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name, __name__.partition("._runtime.")[0]), attribute)
