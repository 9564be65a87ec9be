"""JSON pointers: how the generator names a place of a document.

Source: https://www.rfc-editor.org/rfc/rfc6901
"""


def tokens(pointer: str) -> list[str]:
    """The parts of a JSON pointer."""
    if "~" not in pointer:
        return pointer.split("/")[1:]
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def join(parts: list[str]) -> str:
    """The JSON pointer of its parts."""
    return "".join(f"/{_escaped(part)}" for part in parts)


def child(pointer: str, *parts: str) -> str:
    """The pointer of a place below another."""
    for part in parts:
        pointer = f"{pointer}/{_escaped(part)}"
    return pointer


def is_within(pointer: str, outer: str) -> bool:
    """Whether a place is another one, or lies below it."""
    return pointer == outer or pointer.startswith(f"{outer}/")


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1") if "~" in part or "/" in part else part
