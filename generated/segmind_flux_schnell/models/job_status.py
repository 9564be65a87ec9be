# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""`JobStatus`: How far a job is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.job_status_status import JobStatusStatus, check_job_status_status
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_metrics import JobMetrics

T = TypeVar("T", bound="JobStatus")


@_attrs_define
class JobStatus:
    """How far a job is.

    Attributes:
        status (JobStatusStatus): The state of the job. (one of QUEUED, PROCESSING, COMPLETED, FAILED)
        request_id (str | Unset): The id of the job. (str) Not sent by default.
        metrics (JobMetrics | Unset): What a job cost and took; empty until it is done. (JobMetrics) Not sent by
            default.
    """

    status: JobStatusStatus
    request_id: str | Unset = UNSET
    metrics: JobMetrics | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON values, with the names of the document. What is UNSET is left out."""
        status: str = self.status

        request_id = self.request_id

        metrics: dict[str, Any] | Unset = UNSET
        if not isinstance(self.metrics, Unset):
            metrics = self.metrics.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "status": status,
            }
        )
        if request_id is not UNSET:
            field_dict["request_id"] = request_id
        if metrics is not UNSET:
            field_dict["metrics"] = metrics

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Make an object from JSON values, with the names of the document."""
        from ..models.job_metrics import JobMetrics

        d = dict(src_dict)
        status = check_job_status_status(d.pop("status"))

        request_id = d.pop("request_id", UNSET)

        _metrics = d.pop("metrics", UNSET)
        metrics: JobMetrics | Unset
        if isinstance(_metrics, Unset):
            metrics = UNSET
        else:
            metrics = JobMetrics.from_dict(_metrics)

        job_status = cls(
            status=status,
            request_id=request_id,
            metrics=metrics,
        )

        job_status.additional_properties = d
        return job_status

    @property
    def additional_keys(self) -> list[str]:
        """Names of the properties that the document does not know."""
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
