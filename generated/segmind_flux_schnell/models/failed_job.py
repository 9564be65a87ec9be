# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`FailedJob`: A job that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .._runtime.spec import json_types as _json
from .._runtime.spec.json_objects import OpenObject as _OpenObject
from .._runtime.spec.json_objects import Property as _Property
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_metrics import JobMetrics


@_attrs_define
class FailedJob(_OpenObject[Any]):
    """A job that failed.

    Attributes:
        status (str): The state of the job. (str)
        request_id (str | Unset): The id of the job. (str) Not sent by default.
        error (str | Unset): Why the job failed. (str) Not sent by default.
        metrics (JobMetrics | Unset): What a job cost and took; empty until it is done. (JobMetrics) Not sent by
            default.
    """

    PROPERTIES = (
        _Property("status", "status", _json.STRING, required=True),
        _Property("request_id", "request_id", _json.STRING),
        _Property("error", "error", _json.STRING),
        _Property("metrics", "metrics", _json.ObjectOf(".models.job_metrics", "JobMetrics")),
    )

    status: str
    request_id: str | Unset = UNSET
    error: str | Unset = UNSET
    metrics: JobMetrics | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})
