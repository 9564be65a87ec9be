"""Responses that are streams, as the templates need them."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from ..document.streams import END, stream_of


@frozen
class StreamFacts:
    """What the document says of a stream.

    Args:
        media_types: Its content types.
        is_text: Whether an event holds a text, and not JSON.
        end: What an event holds that ends the stream; empty for nothing.
        needs_end: Whether each stream ends so.
        asked_by: The property of the body that asks for it, or None.
    """

    media_types: tuple[str, ...]
    is_text: bool
    end: str
    needs_end: bool
    asked_by: str | None

    @property
    def has_usual_end(self) -> bool:
        """Whether it ends as a stream does by default."""
        return self.end == END


def stream_facts(response: Mapping[str, Any]) -> StreamFacts | None:
    """What the document says of a response that is a stream, or None."""
    found = stream_of(response)
    if found is None:
        return None
    return StreamFacts(
        media_types=tuple(found["media-types"]),
        is_text=found["text"],
        end=found["end"],
        needs_end=found["needs-end"],
        asked_by=found["property"],
    )
