# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`JobStatus`: The state of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from typing import get_args as _get_args

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .._runtime.spec import json_types as _json
from .._runtime.spec.json_objects import OpenObject as _OpenObject
from .._runtime.spec.json_objects import Property as _Property
from ..models.job_status_status import JobStatusStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_metrics import JobMetrics


@_attrs_define
class JobStatus(_OpenObject[Any]):
    """The state of a job.

    Attributes:
        status (JobStatusStatus): The state of the job. (one of QUEUED, PROCESSING, COMPLETED, FAILED)
        request_id (str | Unset): The id of the job. (str) Not sent by default.
        metrics (JobMetrics | Unset): What a job cost and took; empty until it is done. (JobMetrics) Not sent by
            default.
    """

    PROPERTIES = (
        _Property("status", "status", _json.Enum(_json.STRING, _get_args(JobStatusStatus)), required=True),
        _Property("request_id", "request_id", _json.STRING),
        _Property("metrics", "metrics", _json.ObjectOf(".models.job_metrics", "JobMetrics")),
    )

    status: JobStatusStatus
    request_id: str | Unset = UNSET
    metrics: JobMetrics | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})
