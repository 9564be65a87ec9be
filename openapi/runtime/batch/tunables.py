"""Numbers of this room that could be others, each with its unit and its reason."""

from typing import Final

MAX_PUT_BACKS: Final = 10
"""Times that a request is put back after a 429 before it counts as failed. With pauses that double, this outlasts a
rate limit of a quarter of an hour; one that lasts longer is for a person to look at."""

MAX_CONSECUTIVE_FAILURES: Final = 20
"""Requests in a row without an image after which a batch ends, or one for each in flight if those are more: the next
one would fare no better, and may be charged for."""

FIRST_PAUSE: Final = 1.0
"""Seconds without a new request after the first 429 if the service does not ask for longer; each further one doubles
it."""

LONGEST_PAUSE: Final = 600.0
"""Most seconds without a new request, whatever the service asks for: a date far off is more likely a mistake."""

NAME_DIGITS: Final = 16
"""Hexadecimal digits of the SHA-256 in the name of a file: 64 bits, so that no two of a billion images are likely to
share one."""

START_TIMEOUT: Final = 60.0
"""Seconds to wait while other runs start on the same folder. Each reads its journal meanwhile: a second for 100 MB."""

LARGEST_JOURNAL: Final = 1 << 32
"""Bytes of the largest journal that is read: five million requests, and less than most machines have in memory."""

INTERRUPT_POLL: Final = 0.2
"""Seconds between two looks for a Ctrl-C on Windows, where it does not interrupt a wait for a thread."""
