# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`ErrorBody`: What the service says about a request that it refused, or about a failure."""

from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .._runtime.spec import json_types as _json
from .._runtime.spec.json_objects import OpenObject as _OpenObject
from .._runtime.spec.json_objects import Property as _Property
from ..types import UNSET, Unset


@_attrs_define
class ErrorBody(_OpenObject[Any]):
    """What the service says about a request that it refused, or about a failure.

    Attributes:
        error (str): The message, or a short code if `error_description` holds the message. In a 500 it can be a
            stack trace. (str)
        error_description (str | Unset): The message, if `error` holds a code. (str) Not sent by default.
        status_code (int | Unset): The HTTP status, if `error` holds a code. (int) Not sent by default.
    """

    PROPERTIES = (
        _Property("error", "error", _json.STRING, required=True),
        _Property("error_description", "error_description", _json.STRING),
        _Property("status_code", "status_code", _json.INTEGER),
    )

    error: str
    error_description: str | Unset = UNSET
    status_code: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})
