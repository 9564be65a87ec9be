# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`JobResult`: Everything about a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from typing import get_args as _get_args

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .._runtime.spec import json_types as _json
from .._runtime.spec.json_objects import OpenObject as _OpenObject
from .._runtime.spec.json_objects import Property as _Property
from ..models.job_result_status import JobResultStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_image import JobImage
    from ..models.job_metrics import JobMetrics


@_attrs_define
class JobResult(_OpenObject[Any]):
    """Everything about a job.

    Attributes:
        status (JobResultStatus): The state of the job. (one of QUEUED, PROCESSING, COMPLETED, FAILED)
        error (None | str | Unset): Why the job failed. (str, or None) Not sent by default.
        output (None | str | Unset): The address of the image. (str, or None) Not sent by default.
        images (list[JobImage] | Unset): The images of the job; empty until it is done. (list, each JobImage) Not
            sent by default.
        seed (str | Unset): The seed that was used. (str) Not sent by default.
        metrics (JobMetrics | Unset): What a job cost and took; empty until it is done. (JobMetrics) Not sent by
            default.
    """

    PROPERTIES = (
        _Property("status", "status", _json.Enum(_json.STRING, _get_args(JobResultStatus)), required=True),
        _Property("error", "error", _json.Nullable(_json.STRING)),
        _Property("output", "output", _json.Nullable(_json.STRING)),
        _Property("images", "images", _json.Array(_json.ObjectOf(".models.job_image", "JobImage"))),
        _Property("seed", "seed", _json.STRING),
        _Property("metrics", "metrics", _json.ObjectOf(".models.job_metrics", "JobMetrics")),
    )

    status: JobResultStatus
    error: None | str | Unset = UNSET
    output: None | str | Unset = UNSET
    images: list[JobImage] | Unset = UNSET
    seed: str | Unset = UNSET
    metrics: JobMetrics | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})
