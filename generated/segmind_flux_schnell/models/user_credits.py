# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`UserCredits`: The credits of the account."""

from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .._runtime.spec import json_types as _json
from .._runtime.spec.json_objects import OpenObject as _OpenObject
from .._runtime.spec.json_objects import Property as _Property
from ..types import UNSET, Unset


@_attrs_define
class UserCredits(_OpenObject[Any]):
    """The credits of the account.

    Attributes:
        credits (float): Credits that the account has bought but not spent. (float)
        free_credits (float | Unset): Credits that the vendor gave to the account. (float) Not sent by default.
    """

    PROPERTIES = (
        _Property("credits", "credits", _json.NUMBER, required=True),
        _Property("free_credits", "free-credits", _json.NUMBER),
    )

    credits: float
    free_credits: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})
