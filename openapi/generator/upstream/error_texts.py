"""What openapi-python-client says when it cannot read a document, and the place in the document that it means.

No other module looks into its texts.
"""

import itertools
import re
from collections.abc import Mapping

from ..document.document import Document, Problem, child
from .internals import GeneratorError, ParseError
from .properties import POINTER

CONSEQUENCE = "Could not find reference in parsed models or enums"
"""Detail of an error that only says that another schema, which has an error of its own, is missing."""

ENDPOINT_WARNING = "WARNING parsing "
"""Start of the header of an error that leaves out an operation, or a response of one."""

REMOVAL = "Failure to process schema has resulted in the removal of:"
"""Start of the list of what is missing from the output: of no interest where there is no output."""

HIDDEN_TEXT = r"<[\w.]*UntrustedString object at \w+>"
"""How a text of the document looks in a message."""


def problem(text: str, pointer: str) -> Problem:
    """A problem with the text of openapi-python-client."""
    cause = text.partition(REMOVAL)[0]
    return Problem(f"openapi-python-client: {' '.join(re.sub(HIDDEN_TEXT, '…', cause).split())}", pointer)


def located(document: Document, error: GeneratorError, operations: Mapping[str, str] | None = None) -> Problem:
    """An error as a problem, with its place: that of the object it has, or the one that its text names.

    Args:
        document: The document.
        error: The error.
        operations: Pointer of each operation, by its name, which stands for its path in texts.
    """
    data = error.data if isinstance(error, ParseError) else None
    extra = getattr(data, "model_extra", None) or {}
    name = re.match(rf"{ENDPOINT_WARNING}\w+ /(\S+) ", error.header)
    operation = (operations or {}).get(name[1]) if name else None
    pointer = extra.get(POINTER) or operation or _named_place(document, f"{error.header} {error.detail}")
    return problem(f"{error.header} {error.detail or ''}", pointer)


def causes(errors: list[GeneratorError]) -> list[GeneratorError]:
    """The errors without those that only follow from others."""
    return [error for error in errors if not _follows_from_another(error)] or errors


def _follows_from_another(error: GeneratorError) -> bool:
    return error.header.startswith(ENDPOINT_WARNING) and CONSEQUENCE in str(error.detail)


def _named_place(document: Document, text: str) -> str:
    words = [word.strip(",:.()'\"") for word in text.split()]
    for word in words:
        if word.startswith("/components/") and document.has(word):
            return word
    for method, path in itertools.pairwise(words):
        pointer = child("/paths", path, method.lower())
        if document.has(pointer):
            return pointer
    return ""
