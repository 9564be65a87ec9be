"""Requests that were put into images, taken out again."""

import os
from collections.abc import Mapping
from typing import Any

from ..base.errors import InvalidRequestError
from ..base.rules import Fault

ImageFile = str | os.PathLike[str]


def embedded_request(path: ImageFile, subject: str) -> Mapping[str, Any]:
    """The body of the request that an image came from.

    Args:
        path: The image.
        subject: Name of the class that it is read into, for messages.

    Raises:
        InvalidRequestError: There is none in it.
        OSError: The file cannot be read.
    """
    from .provenance import recorded

    found = recorded(path)
    if found is None:
        raise InvalidRequestError(subject, (Fault("path", os.fspath(path), "holds no request of this client"),))
    return found.request
