"""How much of a document is read: what is larger is refused with a line, before it can fill the memory."""

MOST_BYTES = 64 << 20
"""Of one file. The largest public documents have 40 MiB."""

MOST_LEVELS = 100
"""Of objects and arrays within each other. Public documents have up to 25."""

MOST_FILES = 5_000
"""Of one document."""

MOST_COPIES = 1_000_000
"""Values that aliases and references into other files stand for, in one document."""

TOO_DEEP = f"objects and arrays lie within each other more than {MOST_LEVELS} levels deep"
"""What a message says of a text with more levels."""


class Unreadable(Exception):
    """A text that is neither JSON nor YAML, or that asks for too much.

    Args:
        message: What is wrong.
        line: Where; the first line is 0.
        column: Where in the line, from 1, or None where it does not matter.
        is_final: Whether another reader would not get further.
    """

    def __init__(self, message: str, line: int = 0, column: int | None = None, is_final: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.is_final = is_final
