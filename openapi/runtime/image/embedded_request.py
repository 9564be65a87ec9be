"""The request that is embedded in an image, read back."""

import os
from collections.abc import Mapping
from typing import Any

from ..base.errors import InvalidRequestError
from ..base.rules import Fault

ImageFile = str | os.PathLike[str]
"""The path of an image."""


def embedded_request(path: ImageFile, subject: str) -> Mapping[str, Any]:
    """The body of the request that is embedded in an image.

    Args:
        path: The image.
        subject: Name of the class that it is read into, for messages.

    Raises:
        InvalidRequestError: The image has no request of this client.
        OSError: The file cannot be read.
    """
    from .provenance import read_provenance

    provenance = read_provenance(path)
    if provenance is None:
        raise InvalidRequestError(subject, (Fault("path", os.fspath(path), "holds no request of this client"),))
    return provenance.request
