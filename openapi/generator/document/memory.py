"""What is found in a document, remembered: a document that nothing changes any more is searched once."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from .document import Document

_Arguments = ParamSpec("_Arguments")
_Found = TypeVar("_Found")


def remembered(
    find: Callable[Concatenate[Document, _Arguments], _Found],
) -> Callable[Concatenate[Document, _Arguments], _Found]:
    """Call a function once for each final document and each other arguments, all of which have to be hashable.

    What it returns is shared, and is not to be changed.
    """

    @wraps(find)
    def found(document: Document, /, *args: _Arguments.args, **options: _Arguments.kwargs) -> _Found:
        if not document.is_final:
            return find(document, *args, **options)
        key = (find, args, *options.items())
        if key not in document.found:
            document.found[key] = find(document, *args, **options)
        result: _Found = document.found[key]
        return result

    return found
