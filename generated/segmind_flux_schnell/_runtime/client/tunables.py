# @generated from openapi/runtime/client/tunables.py by `make generate`. Do not edit: change that file.
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

EXPECTED_JOBS: Final = 100_000
"""Jobs of which a budget keeps in mind what was booked: more than go on at once. Those that another process collects
would fill the memory otherwise."""

LONGEST_POLL: Final = 5.0
"""How many times as long as at first the wait between two polls becomes: the vendor advises 5 to 10 s for long jobs."""

POLL_GROWTH: Final = 60.0
"""Seconds after which it is that long: most images are there by then."""

LONGEST_ID: Final = 1000
"""Characters of the longest id of a job: a longer one is a mistake, and no address takes it."""

MOST_MISSES: Final = 4
"""Times in a row that a record which has to be there is missing, and is asked for again: a service with several
machines may not know a job on all of them at once. The waits double, so that this takes fifteen polls."""

LONGEST_REPEAT: Final = 30.0
"""Seconds of the longest wait before a GET that failed is sent again, unless the service requests a longer one."""

LARGEST_EVENT: Final = 1 << 24
"""Bytes of the largest event of a stream, unless the client has `max_response_bytes`: an image as base64 fits in."""
