"""The numbers of this room that could be chosen otherwise, each with its unit and its reason."""

from typing import Final

VALUE_SHOWN: Final = 80
"""Characters of a value's repr in a message: about one line of a terminal."""

TEXT_SHOWN: Final = 300
"""Characters of a text from elsewhere in a message: the first and the last lines of a stack trace fit in."""

LONGEST_WORD: Final = 100
"""Characters of the longest word that gets a suggestion: no name is longer, and the search takes quadratic time."""

SIMILARITY: Final = 0.6
"""The least similarity of a suggestion, from 0 to 1, as `difflib` measures it: its default, good for typing errors."""

NUMBER_DIGITS: Final = 30
"""Digits of a number in a header, on each side of the point: more than any sum of money or any seed has."""

RETRY_AFTER_DIGITS: Final = 15
"""Digits of a number in a header that says when to send again, on each side of the point: milliseconds since 1970 have
13."""

EARLIEST_EPOCH: Final = 1e9
"""From here on such a number is a moment, in seconds since 1970: this one was in 2001. As a wait it were 31 years."""

EARLIEST_EPOCH_MS: Final = 1e11
"""From here on it is a moment in milliseconds since 1970: this one was in 1973. In seconds it is the year 5138."""

LATEST_EPOCH_MS: Final = 1e14
"""From here on it is garbage: in milliseconds, the year 5138."""
