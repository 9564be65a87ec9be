"""Whether a program printed what a README shows."""

import re
from difflib import ndiff

# Times, and how large a program draws its files, are those of the machine.
_MEASURED = re.compile(r"\d+(\.\d+)? (s|ms|kB|MB)\b")


def assert_shown(shown: str, printed: str) -> None:
    """Compare line by line; `…` stands for anything within a line, and a measured time or size for any other.

    Raises:
        AssertionError: They differ. The message has both.
    """
    expected, actual = _lines(shown), _lines(printed)
    matches = len(expected) == len(actual) and all(
        pattern(line).fullmatch(there) for line, there in zip(expected, actual, strict=True)
    )
    assert matches, "shown (-) and printed (+) differ:\n" + "\n".join(ndiff(expected, actual))


def pattern(line: str) -> re.Pattern[str]:
    """What a printed line has to match."""
    parts = (_literal(part) for part in line.split("…"))
    return re.compile(".*".join(parts))


def _literal(text: str) -> str:
    pieces, start = "", 0
    for measured in _MEASURED.finditer(text):
        pieces += re.escape(text[start : measured.start()]) + r"\d+(\.\d+)? " + measured[2]
        start = measured.end()
    return pieces + re.escape(text[start:])


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]
