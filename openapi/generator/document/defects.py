"""A last net: what makes the generator itself stumble is left out, and named as a defect of it."""

import errno
from collections.abc import Callable, Sequence

from attrs import define, field

from .document import Problem, SpecError
from .selection import Selection

Make = Callable[[Selection], Selection]
"""Makes something of a document, and gives back what it notes. Raises SpecError for what cannot be made."""

_MOST_FAILURES = 10
"""So many operations may fail, one after the other, before the document as a whole is taken to be the reason."""

_NAMES = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)
"""Errors of the file system that come from a name in the document."""


def settled(selection: Selection, make: Make) -> Selection:
    """Make something of a document, without what it cannot be made of.

    Raises:
        SpecError: Nothing of the document is left.
        OSError: Files cannot be written.
    """
    try:
        return _made(selection, make)
    except Exception as error:
        if not _is_defect(error):
            raise
        return _Search(selection, make).result(error)


def _made(selection: Selection, make: Make) -> Selection:
    while True:
        try:
            return make(selection)
        except SpecError as error:
            further = [problem for problem in error.problems if not selection.is_settled(problem)]
            if not further:
                raise
            selection = selection.without(further)


def _is_defect(error: Exception) -> bool:
    return not isinstance(error, SpecError) and not (isinstance(error, OSError) and error.errno not in _NAMES)


def _message(error: Exception) -> str:
    return f"a defect in the generator: {type(error).__name__}: {error}"


@define
class _Search:
    """Finds the operations at which the generator stumbles."""

    selection: Selection
    make: Make
    defects: dict[str, Exception] = field(factory=dict)
    found: bool = False

    def result(self, error: Exception) -> Selection:
        """What can be made without them.

        Args:
            error: What was raised for the whole.
        """
        self._sound(self.selection.operations, error)
        defects = [Problem(_message(one), pointer) for pointer, one in self.defects.items()]
        selection = self.selection.without(defects) if defects else self.selection
        try:
            return _made(selection, self.make)
        except Exception as other:
            if not _is_defect(other):
                raise
            instead = "components that no operation uses are left out"
            noted = selection.only(selection.operations).noting([Problem(_message(other), "", instead)])
            return self._whole(noted)

    def _whole(self, selection: Selection) -> Selection:
        try:
            return _made(selection, self.make)
        except Exception as error:
            if not _is_defect(error):
                raise
            raise self._error(error) from error

    def _sound(self, operations: Sequence[str], error: Exception) -> list[str]:
        """As many of some operations, which fail together, as do not."""
        if len(operations) == 1:
            self._note(operations[0], error)
            return []
        halves = operations[: len(operations) // 2], operations[len(operations) // 2 :]
        left, right = (self._tried(half) for half in halves)
        return self._joined(left, right)

    def _tried(self, operations: Sequence[str]) -> list[str]:
        error = self._failure(operations)
        return list(operations) if error is None else self._sound(operations, error)

    def _joined(self, known: list[str], further: list[str]) -> list[str]:
        """The operations that do not fail, and as many of others as do not fail beside them."""
        error = self._failure([*known, *further]) if known and further else None
        if error is None:
            return [*known, *further]
        if len(further) == 1:
            self._note(further[0], error)
            return known
        half = len(further) // 2
        return self._joined(self._joined(known, further[:half]), further[half:])

    def _failure(self, operations: Sequence[str]) -> Exception | None:
        try:
            _made(self.selection.only(operations), self.make)
        except Exception as error:
            return error if _is_defect(error) else None
        self.found = True
        return None

    def _note(self, operation: str, error: Exception) -> None:
        self.defects[operation] = error
        if not self.found and len(self.defects) >= _MOST_FAILURES:
            raise self._error(error) from error

    def _error(self, error: Exception) -> SpecError:
        document = self.selection.document
        return document.error([Problem(f"the generator cannot handle this document, {_message(error)}")])
