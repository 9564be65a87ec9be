"""The numbers of this room that could be chosen otherwise, each with its unit and its reason."""

from typing import Final

LONGEST_WAIT: Final = 86_400.0
"""Seconds of the longest wait of a call without a timeout: a service that requests a longer one gets no retry."""

LARGEST_EXPONENT: Final = 1000
"""The largest power of 2 in a backoff: floats end at 2 ** 1024, and long before that `longest` is the limit."""

LAST_SHARE: Final = 0.1
"""Share of a call's time that `Backoff` leaves for the last attempt: a request that is sent shortly before the deadline
is paid for, and its image comes too late."""

UNKNOWN_ATTEMPTS: Final = 4
"""Attempts of a call with `unknown_too` unless `attempts` says otherwise: each further one may be charged for."""
