"""Texts of requests and failures as the page has them: as far as they are read, and without what HTML cannot hold."""

import re


def shortened(text: str, most: int) -> str:
    """A text of at most that many characters; one that was cut ends in an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}\u2026"


def writable(text: str) -> str:
    """A text whose control characters, which HTML has no way to write, are replaced."""
    return _CONTROL.sub("\ufffd", text)


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
