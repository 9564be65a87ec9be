# @generated from openapi/runtime/cli/tunables.py by `make generate`. Do not edit: change that file.
"""Numbers of this room that could be others, each with its unit and its reason."""

from typing import Final

IN_FLIGHT: Final = 8
"""Requests in flight at once by default: that of `Batch.run`."""

MOST_IN_FLIGHT: Final = 1000
"""Most requests in flight at once: each needs a connection, and many systems allow a process 1024 open files."""

SHORTEST_NOTICE: Final = 1.0
"""Seconds of the shortest wait between two attempts that is announced: shorter ones are over before they are read."""

MOST_IMAGES: Final = 100
"""Most images of `generate --count`: more than these are for `batch`, which never pays twice, whatever ends it."""

DRAWS: Final = 1000
"""Seeds that are drawn beyond those that are needed, until each image has its own: there are more of them, usually."""

LINES_A_SECOND: Final = 4.0
"""Times a second that the line of a wait is drawn anew: it counts seconds."""

OPENING_SECONDS: Final = 3.0
"""Seconds that a program which shows an image has to fail: what lasts longer shows it."""

SIGNAL_POLL: Final = 0.2
"""Seconds between two looks after a signal whether anything is in flight still: a job that is submitted ends a wait."""

FAULTS_LISTED: Final = 50
"""Faults of a file that are listed: a screen or two. Further ones are usually the same mistake."""

LINES_LISTED: Final = 20
"""Line numbers of a file in one sentence of a summary: about one line of a terminal."""

REQUESTS_PLANNED: Final = 10
"""Requests that `plan` shows, and line numbers in one of its sentences: the table and the sentences fit on a screen."""

STEM_BYTES: Final = 60
"""Most bytes of a file name that is made from a prompt: it stays readable in a listing, and far below every system's
limit."""

LARGEST_FILE: Final = 1 << 28
"""Bytes of the largest file of requests: hundreds of thousands of long prompts."""

GALLERY_HEAD: Final = 4096
"""Characters of a file that are searched for the mark of a gallery: its head, without the images."""

VALUE_SHOWN: Final = 100_000
"""Most characters of a value that `show` and `plan` print: no prompt is longer, and a file can hold anything."""

COLUMN_PADDED: Final = 48
"""Cells to which a column of a table is padded in a pipe: one long prompt does not push the parameters of the others
out of sight. No column is ever cut there."""

NAME_CELLS: Final = 12
"""Least cells for names in a list of facts: most names are shorter, so that lists look alike."""

PROMPT_CELLS: Final = 24
"""Least cells of a terminal for the prompts of a table: below that, the parameters are wrapped."""

LEAST_CELLS: Final = 8
"""Least cells of a terminal for any column that gives way: a word, or the start of one, can still be read."""

HIGHEST_COST: Final = 1_000_000
"""Credits that a request can have cost by a journal, at most: one that says more was not written by a batch."""

THUMBNAIL_SIDE: Final = 480
"""Pixels of the side of a square thumbnail, at most: sharp in rows of the usual height, also on dense screens."""

THUMBNAIL_BYTES: Final = 48_000
"""Bytes of a thumbnail, at most: more do not look better at this size."""

THUMBNAILS_BYTES: Final = 9_500_000
"""Characters of all thumbnails of a page, at most: with a thousand captions it stays below 12 MB, and opens at once."""

THUMBNAIL_DENSITY: Final = 0.08
"""Bytes that a pixel of a thumbnail takes, by which its size is chosen: that of detailed images as WebP."""

THUMBNAIL_QUALITY: Final = 60
"""Quality of a thumbnail, of 100: a higher one is larger without looking better at this size."""

LEAST_QUALITY: Final = 30
"""Quality to which a thumbnail is lowered if it is too large: below, an image falls into blocks."""

ENCODINGS: Final = 6
"""Tries to encode a thumbnail in the bytes that it may have: noise, which compresses worst, takes three."""

FILTER_VALUES: Final = 50
"""Values of a parameter that can be filtered by, at most: a longer list is not read."""

CAUSES_SHOWN: Final = 6
"""Causes of one class of error that are told apart, at most: more of them are usually one, worded differently."""

REQUESTS_SHOWN: Final = 3
"""Requests of a group of failures that are listed at once, at most: more are folded, since they failed alike."""

MESSAGES_SHOWN: Final = 20
"""Whole messages of a group of failures, at most."""

MESSAGE_LENGTH: Final = 10_000
"""Characters of a whole message that are shown."""

HEADLINE_LENGTH: Final = 240
"""Characters of a message in one line: two or three lines of a phone."""

NAME_LENGTH: Final = 80
"""Characters of the name of a failure that are shown: names of classes are shorter."""

CAPTION_LENGTH: Final = 300
"""Characters of a prompt below its image, which shows two lines of it: the lightbox and the table have all of it."""

LINE_EACH: Final = 60.0
"""Seconds between two lines that say how far a batch is where the standard error is not a terminal: an hour is a screen
of a log."""

BARS_A_SECOND: Final = 10.0
"""Most times a second that the bar is drawn: more than can be read, and it costs less than a hundredth of a core."""

BAR_MARGIN: Final = 5
"""Columns of the terminal that the bar leaves free: `^C` fits in twice."""

LEAST_BAR: Final = 40
"""Columns of the narrowest terminal that gets a bar; on others it would say nothing."""

LINES_PRINTED: Final = 1000
"""Most lines of a response that `--verbose` prints: no stack trace is longer."""

TEXT_PRINTED: Final = 2000
"""Most characters of such a line: a page in one line is still seen for what it is."""

SHORTEST_TIMEOUT: Final = 0.001
"""Seconds that a job is waited for whose submit has taken all of the time: a timeout has to be more than 0."""
