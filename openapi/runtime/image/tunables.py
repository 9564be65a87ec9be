"""The numbers of this room that could be chosen otherwise, each with its unit and its reason."""

from typing import Final

COPIED_AT_ONCE: Final = 1 << 16
"""Bytes of a file that are copied in one step: few steps for an image, and little memory for any file."""

READ_AT_ONCE: Final = 1 << 18
"""Bytes of an image that are judged in one step: most images in two or three, and little memory for any."""

FLAT_SCAN_BYTES: Final = 1 << 20
"""Bytes of the longest scan that is looked at for a single colour. One of 8192 x 8192 pixels takes as much; a scan
with content is longer than a flat one, and is not looked at."""

TEXT_BYTES: Final = 64
"""Bytes of printable ASCII at the start of a scan that make it text, such as a page of HTML: by chance one image in
10^27 starts like that."""

TEXT_CHARACTERS: Final = 12
"""Different characters that such a text has at least: the scan of an image of one colour repeats a few bytes."""

BASE64_CHARACTERS: Final = 100
"""Characters of the shortest text that is read as base64: no image is shorter."""

BASE64_DEPTH: Final = 8
"""Levels of JSON that are searched for an image in base64. The vendor's responses have three."""

BASE64_TEXT: Final = 64 << 20
"""Bytes of the longest response that is searched for an image in base64: as text and as objects, it takes a multiple of
its size in memory. An image of 2048 x 2048 pixels has about a megabyte."""

CONVERTED_QUALITY: Final = 95
"""Quality, of 100, of an image that is converted to a lossy format: the second loss is invisible."""

LONGEST_XMP: Final = 1 << 24
"""Bytes of the longest XMP packet that is read: a packet of ours has the prompt twice."""

DISPLAYED_SIDE: Final = 640
"""CSS pixels of the longer side of an image in a notebook: the cell that made it stays on the screen."""

DISPLAYED_BYTES: Final = 16 << 20
"""Bytes of the largest image that is put into a notebook, which holds it as base64. An image of 2048 x 2048 pixels has
about a megabyte."""
