"""What the generator says that it has left out or approximated: `left-out.md`, read and compared."""

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import field, frozen

from tests.generator.public_documents.specification import (
    DanglingReferenceError,
    Node,
    Operation,
    Specification,
)


@frozen
class LeftOut:
    """The operations and facts that a package lacks, as the generator reports them.

    Args:
        operations: The operations that were left out, as the report names them.
        approximations: The pointers of what was approximated.
    """

    operations: list[str] = field(factory=list[str])
    approximations: list[str] = field(factory=list[str])

    def concerns(self, operation: Operation) -> bool:
        """Whether something that an operation uses was approximated."""
        places = [f"{place}/" for place in used(operation)]
        return any(f"{pointer}/".startswith(place) for pointer in self.approximations for place in places)


def read_left_out(package: Path) -> LeftOut:
    """Read the report that lies beside a package. Without one, nothing is left out."""
    path = package / "left-out.md"
    if not path.exists():
        return LeftOut()
    _, _, text = path.read_text(encoding="utf-8").partition("## Left out")
    left_out, _, approximated = text.partition("## Approximated")
    if not text:
        approximated = path.read_text(encoding="utf-8").partition("## Approximated")[2]
    return LeftOut(list(dict.fromkeys(_first_code(left_out))), list(dict.fromkeys(_first_code(approximated))))


def _first_code(table: str) -> Iterator[str]:
    """The first code span of each row of a table."""
    for line in table.splitlines():
        found = re.search(r"(`+)(.+?)\1", line) if line.startswith("|") else None
        if found is not None:
            yield found[2].strip()


def used(operation: Operation) -> set[str]:
    """The pointers of what an operation uses: itself, the parameters of its path, and all that is referred to."""
    specification = operation.specification
    found = {operation.node.pointer, f"{operation.item.pointer}/parameters"}
    left = [operation.node.value, operation.item.value.get("parameters")]
    while left:
        for node in _references(left.pop(), specification):
            if node.pointer not in found:
                found.add(node.pointer)
                left.append(node.value)
    return found


def _references(value: object, specification: Specification) -> Iterator[Node]:
    if isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str):
            try:
                yield specification.at(reference)
            except DanglingReferenceError:
                return
        for one in value.values():
            yield from _references(one, specification)
    elif isinstance(value, list):
        for one in value:
            yield from _references(one, specification)
