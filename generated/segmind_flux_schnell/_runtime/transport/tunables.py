# @generated from openapi/runtime/transport/tunables.py by `make generate`. Do not edit: change that file.
"""The numbers of this room that could be chosen otherwise, each with its unit and its reason."""

from typing import Final

KEPT_SECONDS: Final = 3.0
"""Seconds that an idle connection is kept: less than the five of common servers.

One that the service closes while a request goes out leaves an unknown outcome.
"""

PART: Final = 1 << 16
"""Bytes that are sent at once: the time limits hold for each part, so that a slow reader is noticed."""

READ_AHEAD: Final = 1 << 18
"""Bytes of a body that aiohttp reads before they are taken: most of an image, and no more memory than one takes."""

LARGEST_HEAD: Final = 100 * 1024
"""Bytes of a status line with its headers that are read over aiohttp: as many as h11 reads for the other transports."""

LARGEST_LINE: Final = 1 << 16
"""Bytes of one header line that are read over aiohttp, whose own limit is 8 kB."""

LARGEST_FAILURE: Final = 1 << 20
"""Bytes that a body of a failure can have: it is a message, or a page of HTML."""

LARGEST_RESPONSE: Final = 1 << 26
"""Bytes that a body of success can have where the document does not say how large it can get."""

SNIFFED: Final = 64
"""First bytes of a body that show whether it is a text, whatever its label: an image has its format there."""
