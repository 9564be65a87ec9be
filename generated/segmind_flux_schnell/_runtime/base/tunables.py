# @generated from openapi/runtime/base/tunables.py by `make generate`. Do not edit: change that file.
"""The numbers of this room that could be chosen otherwise, each with its unit and its reason."""

from typing import Final

VALUE_SHOWN: Final = 80
"""Characters of a value's repr in a message: about one line of a terminal."""

TEXT_SHOWN: Final = 300
"""Characters of a text from elsewhere in a message: the first and the last lines of a stack trace fit in."""

PATH_SHOWN: Final = 5000
"""Characters of a path in a message: more than any system allows, so that a path is never shortened."""

LONGEST_WORD: Final = 100
"""Characters of the longest word that gets a suggestion: no name is longer, and the search takes quadratic time."""

TYPING_ERRORS: Final = (0, 0, 0, 1, 1, 1, 2, 2, 2, 3)
"""Most errors in a word of so many letters, from 0 on; the last number holds for longer words too. One in three letters
is what people still read as the same word."""

SHORTEST_BEGINNING: Final = 3
"""Letters that stand for a word which begins with them: fewer could be any word."""

SIMILARITY: Final = 0.7
"""The least similarity of words with more errors, from 0 to 1, as `difflib` measures it: with its default of 0.6,
`style` would be `steps`."""

REPLACE_WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between attempts to give a file its name, three in all: a virus scanner has let go of it by then."""

ROOM_FOR_IMAGE: Final = 8 << 20
"""Bytes that have to be free for an image: one of 2048 x 2048 pixels is smaller, in any format that is written."""

STEM_KEPT: Final = 60
"""Most characters that the name of a copy takes from the file's name: readable, and far below every system's limit."""

NUMBER_DIGITS: Final = 30
"""Digits of a number in a header, on each side of the point: more than any sum of money or any seed has."""

RETRY_AFTER_DIGITS: Final = 15
"""Digits of a number in a header that says when to send again, on each side of the point: milliseconds since 1970 have
13."""

EARLIEST_EPOCH: Final = 1e9
"""From here on, a number is a moment in seconds since 1970: this one was in 2001. As a wait, it would be 31 years."""

EARLIEST_EPOCH_MS: Final = 1e11
"""From here on it is a moment in milliseconds since 1970: this one was in 1973. In seconds it is the year 5138."""

LATEST_EPOCH_MS: Final = 1e14
"""From here on it is garbage: in milliseconds, the year 5138."""

LARGEST_IMAGE: Final = 1 << 30
"""Bytes of the largest image that is read from a folder: no client takes as many, and no machine should."""

SPOOL_PART: Final = 1 << 20
"""Bytes of a body on disk that are searched at once: a small part of the memory that the body would take."""

PULSE: Final = 0.2
"""Seconds until the event loop of a kernel notices an interruption at the latest: people do not feel the wait."""
