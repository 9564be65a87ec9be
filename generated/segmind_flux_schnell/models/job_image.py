# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`JobImage`: An image of a job."""

from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .._runtime.spec import json_types as _json
from .._runtime.spec.json_objects import OpenObject as _OpenObject
from .._runtime.spec.json_objects import Property as _Property
from ..types import UNSET, Unset


@_attrs_define
class JobImage(_OpenObject[Any]):
    """An image of a job.

    Attributes:
        url (str): The public address of the image; no key is needed there. (str)
        content_type (str | Unset): The content type of the image. (str) Not sent by default.
        file_name (str | Unset): The name of the file. (str) Not sent by default.
        file_size (str | Unset): The size of the file in bytes. (str) Not sent by default.
    """

    PROPERTIES = (
        _Property("url", "url", _json.STRING, required=True),
        _Property("content_type", "content_type", _json.STRING),
        _Property("file_name", "file_name", _json.STRING),
        _Property("file_size", "file_size", _json.STRING),
    )

    url: str
    content_type: str | Unset = UNSET
    file_name: str | Unset = UNSET
    file_size: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})
