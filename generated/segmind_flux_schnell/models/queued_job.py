# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`QueuedJob`: The job that was queued."""

from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .._runtime.spec import json_types as _json
from .._runtime.spec.json_objects import OpenObject as _OpenObject
from .._runtime.spec.json_objects import Property as _Property
from ..types import UNSET, Unset


@_attrs_define
class QueuedJob(_OpenObject[Any]):
    """The job that was queued.

    Attributes:
        request_id (str): The id to collect the image by; the vendor's console lists the job under it. (str)
        status (str): The state of the job. (str)
        poll_url (str | Unset): An address with the state of the job. (str) Not sent by default.
        status_url (str | Unset): The address with the state of the job. (str) Not sent by default.
        response_url (str | Unset): The address of the result. (str) Not sent by default.
    """

    PROPERTIES = (
        _Property("request_id", "request_id", _json.STRING, required=True),
        _Property("status", "status", _json.STRING, required=True),
        _Property("poll_url", "poll_url", _json.STRING),
        _Property("status_url", "status_url", _json.STRING),
        _Property("response_url", "response_url", _json.STRING),
    )

    request_id: str
    status: str
    poll_url: str | Unset = UNSET
    status_url: str | Unset = UNSET
    response_url: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})
