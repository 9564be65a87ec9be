"""What OpenAPI allows and this generator does not support."""

from collections.abc import Iterator

from ..document.alternatives import Alternatives
from ..document.document import Document, Problem, child
from ..document.further_rules import unchecked
from ..document.simplification import simplified
from ..document.traversal import operations, sent
from .requests import unusual_requests, unwritten_bodies


def unsupported(document: Document) -> Iterator[Problem]:
    """What the generated client would get wrong."""
    plain, _ = simplified(document)
    yield from _paths(document)
    yield from unwritten_bodies(document)
    yield from unusual_requests(plain)
    yield from _unchecked_rules(plain)
    yield from Alternatives(plain).ambiguous()


def _paths(document: Document) -> Iterator[Problem]:
    if not any(True for _ in operations(document)):
        yield Problem(
            "there are no operations, so there is nothing to generate", "/paths" if document.has("/paths") else ""
        )


def _unchecked_rules(document: Document) -> Iterator[Problem]:
    for node in sent(document).values():
        if node.kind == "schema":
            for keyword in unchecked(document, node):
                text = f"the client cannot check `{keyword}`"
                yield Problem(text, child(node.pointer, keyword), "requests are sent without this check")
