# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`JobMetrics`: What a job cost and took; empty until it is done."""

from __future__ import annotations

from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .._runtime.spec import json_types as _json
from .._runtime.spec.json_objects import OpenObject as _OpenObject
from .._runtime.spec.json_objects import Property as _Property
from ..types import UNSET, Unset


@_attrs_define
class JobMetrics(_OpenObject[Any]):
    """What a job cost and took; empty until it is done.

    Attributes:
        cost (float | Unset): Credits charged for the job. (float) Not sent by default.
        remaining_credits (float | Unset): Credits left in the account after the job. (float) Not sent by default.
        inference_time (float | Unset): Seconds that the generation took. (float) Not sent by default.
        queue_time (float | Unset): Seconds that the job waited. (float) Not sent by default.
        total_time (float | Unset): Seconds from the order to the result. (float) Not sent by default.
        retry_count (int | Unset): How many times the service restarted the job. (int) Not sent by default.
    """

    PROPERTIES = (
        _Property("cost", "cost", _json.NUMBER),
        _Property("remaining_credits", "remaining_credits", _json.NUMBER),
        _Property("inference_time", "inference_time", _json.NUMBER),
        _Property("queue_time", "queue_time", _json.NUMBER),
        _Property("total_time", "total_time", _json.NUMBER),
        _Property("retry_count", "retry_count", _json.INTEGER),
    )

    cost: float | Unset = UNSET
    remaining_credits: float | Unset = UNSET
    inference_time: float | Unset = UNSET
    queue_time: float | Unset = UNSET
    total_time: float | Unset = UNSET
    retry_count: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})
