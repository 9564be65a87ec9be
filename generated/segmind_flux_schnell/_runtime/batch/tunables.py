# @generated from openapi/runtime/batch/tunables.py by `make generate`. Do not edit: change that file.
"""Numbers of this room that could be others, each with its unit and its reason."""

from typing import Final

MAX_PUT_BACKS: Final = 10
"""Times that a request is put back before it counts as failed, if others are taken meanwhile: there is something about
it that a person should look at."""

MAX_WAIT: Final = 900.0
"""Seconds without any request that the service takes, after which a batch ends: it outlasts a rate limit of a quarter
of an hour, and a model that starts. What lasts longer is for a person to look at."""

MAX_CONNECT_WAIT: Final = 30.0
"""The same if there has been no connection from the start: then it is more likely a mistake in the settings."""

GRACE_PERIOD: Final = 8.0
"""Seconds that requests in flight have after SIGTERM or SIGHUP: Docker kills a process ten seconds after SIGTERM."""

MAX_CONSECUTIVE_FAILURES: Final = 20
"""Requests in a row without an image after which a batch ends, or one for each in flight if those are more: the next
one would fare no better, and may be charged for."""

FIRST_PAUSE: Final = 1.0
"""Seconds without a new request after the first rejection if the service does not ask for longer; each further one
doubles it. The `Backoff` of the client has its own."""

LONGEST_BACKOFF: Final = 30.0
"""Most seconds that this comes to: a service that has recovered is not left waiting for longer."""

SPEED_UP: Final = 0.01
"""Share by which each request that is taken shortens the time between two, once that is learned: a pace that is too
slow is made up for within some windows, and a right one is exceeded once a window at most."""

LONGEST_PAUSE: Final = 600.0
"""Most seconds without a new request, whatever the service asks for: a date far off is more likely a mistake."""

NAME_DIGITS: Final = 16
"""Hexadecimal digits of the SHA-256 in the name of a file: 64 bits, so that no two of a billion images are likely to
share one."""

START_TIMEOUT: Final = 60.0
"""Seconds to wait while other runs start on the same folder. Each reads its journal meanwhile: a second for 100 MB."""

LARGEST_JOURNAL: Final = 1 << 32
"""Bytes of the largest journal that is read: five million requests, and less than most machines have in memory."""

SHORTEST_LOGGED: Final = 0.1
"""Seconds by which a wait has to grow to be logged again: requests rejected together name nearly the same moment."""

COUNTDOWN_POLL: Final = 1.0
"""Most seconds between two reports of progress: what is waited for and how long the rest takes count down."""

INTERRUPT_POLL: Final = 0.2
"""Seconds between two looks for a Ctrl-C on Windows, where it does not interrupt a wait for a thread."""

MISSED_SIGNAL_POLL: Final = 1.0
"""Seconds between two looks for a signal elsewhere, where one interrupts a wait unless it arrives just before."""

SIGNALS_TOGETHER: Final = 1.0
"""Seconds after a signal in which further ones count as the same. A terminal that is closed sends SIGHUP twice, by its
shell and by the kernel; `timeout` sends its signal twice, and systemd may send SIGTERM and SIGHUP."""

ASKED_A_SECOND: Final = 15.0
"""Most polls a second of jobs that turn out to be active still, all jobs together: a thousand jobs then take three
hundredths of a core, and each of them is asked for about once a minute."""

MOST_TRIES: Final = 3
"""Times that a job is tried whose record is not found, or whose image is not whole: asking and fetching are free."""

ASKED_AT_ONCE: Final = 32
"""Most jobs that are asked for or fetched at the same time: each needs a connection, and a thread if it blocks."""

CALLS_REMEMBERED: Final = 64
"""Calls whose times say how long the next ones take, or two waves if those are more: enough for a mean, and few enough
to follow a service that becomes slower."""

WAVES_REMEMBERED: Final = 4.0
"""Latencies for which the rate of a batch is measured: results come in bursts, and a few of them even out."""

OVERDUE_SHARE: Final = 0.05
"""Share of the longest call that one still takes that has just become longer: times scatter a little."""

LONGEST_TEXT: Final = 20_000
"""Most characters of the text of a failed response that the journal keeps: a long stack trace fits in."""

INDICES_SHOWN: Final = 12
"""Indices of requests that a summary lists: one line of a table."""

DISPLAY_INTERVAL: Final = 0.1
"""Least seconds between two looks of a progress bar: people see no more, and a notebook keeps up with it."""

LOG_INTERVAL: Final = 10.0
"""Least seconds between two lines of progress where they are not overwritten, such as in a file."""
