"""What is odd about an image that is whole: the client keeps it, returns it, and warns.

    UserWarning
    └── ImageWarning
        ├── SizeMismatchWarning    not the requested size
        ├── SeedMismatchWarning    not the requested seed
        ├── FormatMismatchWarning  not the documented format
        ├── ContentTypeWarning     a content type that does not fit the bytes
        ├── TrailingBytesWarning   bytes after the end of the image
        ├── BrokenOffWarning       the response broke off after the end of the image
        ├── SingleColourWarning    all pixels look alike: a filter may have refused the prompt
        ├── RescuedImageWarning    the image came as base64 in JSON
        └── NotEmbeddedWarning     saved without its request

All of them can be pickled and compared, and have a `code` that stays the same whatever the text says.
"""

import os
import warnings
from collections.abc import Iterable
from typing import ClassVar

from .public_names import show_as_exported
from .wording import one_line, shown


class ImageWarning(UserWarning):
    """Something is odd about an image that is whole.

    Attributes:
        code: What it is, as an identifier: in journals, JSON and metrics.
    """

    code: ClassVar[str] = "image"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.args == getattr(other, "args", None)

    def __hash__(self) -> int:
        return hash((type(self), self.args))


class SizeMismatchWarning(ImageWarning):
    """The size of the image is not the requested one: FLUX pipelines are said to round down to multiples of 16.

    Attributes:
        requested: Width and height that were requested, in pixels.
        received: Width and height of the image, in pixels.
    """

    code: ClassVar[str] = "size-mismatch"

    def __init__(self, requested: tuple[int, int], received: tuple[int, int]) -> None:
        super().__init__(requested, received)
        self.requested = requested
        self.received = received

    def __str__(self) -> str:
        return f"the image is {_pixels(self.received)} pixels, not {_pixels(self.requested)} as requested"


class SeedMismatchWarning(ImageWarning):
    """The service reports another seed than was requested.

    Attributes:
        requested: The seed that was requested.
        reported: The seed that the service says it used.
    """

    code: ClassVar[str] = "seed-mismatch"

    def __init__(self, requested: int, reported: int) -> None:
        super().__init__(requested, reported)
        self.requested = requested
        self.reported = reported

    def __str__(self) -> str:
        return f"the service says that it used the seed {self.reported}, not {self.requested} as requested"


class FormatMismatchWarning(ImageWarning):
    """The image has another format than the document says.

    Attributes:
        documented: The content types that the document has.
        received: The content type that fits the bytes.
    """

    code: ClassVar[str] = "format-mismatch"

    def __init__(self, documented: tuple[str, ...], received: str) -> None:
        super().__init__(documented, received)
        self.documented = documented
        self.received = received

    def __str__(self) -> str:
        return f"the image is {self.received}, not {' or '.join(self.documented)} as documented"


class ContentTypeWarning(ImageWarning):
    """The content type of the response does not fit the bytes, which are those of an image.

    Attributes:
        labelled: The content type of the response, or None if it has none.
        received: The content type that fits the bytes.
    """

    code: ClassVar[str] = "content-type"

    def __init__(self, labelled: str | None, received: str) -> None:
        super().__init__(labelled, received)
        self.labelled = labelled
        self.received = received

    def __str__(self) -> str:
        label = f"labelled {shown(self.labelled)}" if self.labelled is not None else "without a content type"
        return f"the response is {label}, but the bytes are {self.received}"


class BrokenOffWarning(ImageWarning):
    """The response was not complete, but the image in it is: it ends with its end marker.

    Attributes:
        reason: What was wrong with the response.
    """

    code: ClassVar[str] = "broken-off"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"the image is whole, but the response was not: {self.reason}"


class TrailingBytesWarning(ImageWarning):
    """Bytes follow the end of the image, which is whole without them. They are kept.

    Attributes:
        count: How many.
        kind: What they look like: padding, another image, or other bytes.
    """

    code: ClassVar[str] = "trailing-bytes"

    def __init__(self, count: int, kind: str) -> None:
        super().__init__(count, kind)
        self.count = count
        self.kind = kind

    def __str__(self) -> str:
        bytes_ = "1 byte follows" if self.count == 1 else f"{self.count} bytes follow"
        return f"{bytes_} the end of the image: {self.kind}"


class SingleColourWarning(ImageWarning):
    """The image looks like a single colour: a filter may have refused the prompt."""

    code: ClassVar[str] = "single-colour"

    def __str__(self) -> str:
        return "the image looks like a single colour: a filter may have refused the prompt"


class RescuedImageWarning(ImageWarning):
    """The response was not the image, but text with the image as base64. The client has decoded it.

    Attributes:
        labelled: The content type of the response, or None if it has none.
        place: Where in the response the image was, such as `images[0]`; empty if the response is nothing else.
    """

    code: ClassVar[str] = "base64"

    def __init__(self, labelled: str | None, place: str) -> None:
        super().__init__(labelled, place)
        self.labelled = labelled
        self.place = place

    def __str__(self) -> str:
        label = one_line(self.labelled) if self.labelled else "without a content type"
        where = f" as `{one_line(self.place)}`" if self.place else ""
        return f"the response is {label}, and holds the image{where} in base64"


class NotEmbeddedWarning(ImageWarning):
    """An image was saved without its request: its format cannot hold one, or the request is too long to be embedded.

    The image itself is complete.
    """

    code: ClassVar[str] = "not-embedded"


def give(found: Iterable[ImageWarning]) -> None:
    """Log warnings, and give them to Python's `warnings`, as of the line of the program that called this package.

    A program that turns warnings into errors gets none here: the image has been paid for, and an error would lose it.
    The image has them as `warnings`.
    """
    import logging

    for one in found:
        logging.getLogger(__name__).warning("%s", one)
        try:
            warnings.warn(one, stacklevel=_level_of_caller())
        except Warning:
            # The image keeps the warning, and not the frames that it was raised in.
            one.__traceback__ = None


def _level_of_caller() -> int:
    """The `stacklevel` of the nearest frame outside of this package, as counted by the caller of this function."""
    from inspect import currentframe

    package = os.path.dirname(os.path.dirname(os.path.dirname(__file__))) + os.sep
    frame, level = currentframe(), 0
    while frame is not None and frame.f_code.co_filename.startswith(package):
        frame, level = frame.f_back, level + 1
    return level


def _pixels(size: tuple[int, int]) -> str:
    return f"{size[0]} x {size[1]}"


show_as_exported(__name__)
