# @generated from openapi/runtime/body.py by `make generate`. Do not edit: change that file.
"""How a body is written."""

import json
from collections.abc import Mapping
from typing import Any, cast

from .errors import InvalidRequestError
from .exchange import Request
from .rules import Fault


def body_arguments(request: Request, extra: Mapping[str, Any] | None) -> dict[str, Any]:
    """The body of a request as arguments of the HTTP library.

    Args:
        request: What is to be sent.
        extra: Fields that the document does not know. One that it does know wins over the request's.

    Raises:
        InvalidRequestError: The body cannot be written.
    """
    if request.files is not None:
        return {"files": request.files}
    if request.data is not None:
        return {"data": {**request.data, **(extra or {})}}
    if request.content is not None:
        return {"content": request.content}
    if request.json is None and not extra:
        return {}
    return {"content": _json(request, {**cast("dict[str, Any]", request.json), **extra} if extra else request.json)}


def _json(request: Request, body: Any) -> bytes:
    try:
        return json.dumps(body, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError) as error:
        reason = str(error)
    raise InvalidRequestError(request.operation, (Fault("body", body, f"cannot be written as JSON: {reason}"),))
