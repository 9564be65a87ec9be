"""What differs between two versions of a document, and what each difference means for users."""

from pathlib import Path
from typing import Any

from ..checks.validation import selected
from ..document.document import Document
from .change import Change
from .comparison import Comparison, Pair, Use, same
from .operations import compare_operations
from .remainder import operations_left
from .rules import UNCLASSIFIED, rule_of
from .service import compare_service, compare_unused
from .versions import strongest


def readable(path: Path, overlays: tuple[Path, ...] = (), root: Path | None = None) -> Document:
    """Read a document as the generator does, all of which has to be generated.

    Args:
        path: Its file.
        overlays: Overlays of the document, applied in this order.
        root: References may lead to files below this folder; by default to those below the document's own.

    Raises:
        SpecError: An operation, or all of it, cannot be generated: what it means for users cannot be told.
        OSError: A file cannot be read.
    """
    return whole(Document.load(path, overlays, root))


def whole(document: Document) -> Document:
    """A document as the generator takes it.

    Raises:
        SpecError: An operation, or all of it, cannot be generated.
    """
    selection = selected(document)
    if selection.left_out:
        raise selection.document.error(dict.fromkeys(one for lost in selection.left_out for one in lost.problems))
    return selection.document


def document_changes(old: Document, new: Document) -> list[Change]:
    """All differences between two versions of a document, in the order of their places."""
    both = Comparison(old, new)
    compare_service(both)
    compare_operations(both)
    compare_unused(both)
    _compare_rest(both)
    return both.changes()


def _compare_rest(both: Comparison) -> None:
    """Note what differs and has not been noted, unless the verdict is clear already."""
    found = both.changes()
    if same(_judged(both.old), _judged(both.new)) or strongest(change.verdict for change in found) == "breaking":
        return
    left = operations_left(both.old.root, both.new.root, both.noted)
    for pointer in left:
        use = Use(both.new_names.get(pointer, both.old_names.get(pointer, "")))
        both.note(UNCLASSIFIED, Pair(pointer, pointer), use, "" if pointer else "the document")
    if not left and not found:
        both.note(rule_of("written"), Pair("", ""), Use(""), "the document")


def _judged(document: Document) -> dict[str, Any]:
    """All of a document but its version, which is what its changes decide."""
    info = {key: value for key, value in document.root.get("info", {}).items() if key != "version"}
    return {**document.root, "info": info}
