"""What the document says of an operation whose response is a stream of events."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from .operation import Operation

T = TypeVar("T")


class StreamSpec(NamedTuple, Generic[T]):
    """A response that is a stream; T is the type of what an event holds.

    Args:
        operation: What is called. The result of its response as a whole is the list of all events.
        event: The same, with responses that have one event as their body.
        media_types: Content types of the stream.
        is_text: Whether an event holds a text, and not JSON.
        end: What an event holds that ends a stream of server-sent events, and is none itself; empty for nothing.
        needs_end: Whether each stream ends so, and one that does not has broken off.
    """

    operation: Operation[list[T]]
    event: Operation[T]
    media_types: tuple[str, ...]
    is_text: bool = False
    end: str = "[DONE]"
    needs_end: bool = False
