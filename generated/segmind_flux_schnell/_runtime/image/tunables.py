# @generated from openapi/runtime/image/tunables.py by `make generate`. Do not edit: change that file.
"""The numbers of this room that could be chosen otherwise, each with its unit and its reason."""

from typing import Final

COPIED_AT_ONCE: Final = 1 << 16
"""Bytes of a file that are copied in one step: few steps for an image, and little memory for any file."""

ZEROS_AT_ONCE: Final = 4096
"""Bytes that are read in one step, from the end of a file, to skip padding: one page of memory."""

CONVERTED_QUALITY: Final = 95
"""Quality of an image that is converted to a format with loss, of 100: a second loss that nobody sees."""

LONGEST_XMP: Final = 1 << 24
"""Bytes of the longest XMP packet that is read: a packet of ours has the prompt twice."""
