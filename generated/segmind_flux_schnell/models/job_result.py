# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""`JobResult`: All that is known of a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.job_result_status import JobResultStatus, check_job_result_status
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_image import JobImage
    from ..models.job_metrics import JobMetrics

T = TypeVar("T", bound="JobResult")


@_attrs_define
class JobResult:
    """All that is known of a job.

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

    status: JobResultStatus
    error: None | str | Unset = UNSET
    output: None | str | Unset = UNSET
    images: list[JobImage] | Unset = UNSET
    seed: str | Unset = UNSET
    metrics: JobMetrics | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON values, with the names of the document. What is UNSET is left out."""
        status: str = self.status

        error: None | str | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        else:
            error = self.error

        output: None | str | Unset
        if isinstance(self.output, Unset):
            output = UNSET
        else:
            output = self.output

        images: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.images, Unset):
            images = []
            for images_item_data in self.images:
                images_item = images_item_data.to_dict()
                images.append(images_item)

        seed = self.seed

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
        if error is not UNSET:
            field_dict["error"] = error
        if output is not UNSET:
            field_dict["output"] = output
        if images is not UNSET:
            field_dict["images"] = images
        if seed is not UNSET:
            field_dict["seed"] = seed
        if metrics is not UNSET:
            field_dict["metrics"] = metrics

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Make an object from JSON values, with the names of the document."""
        from ..models.job_image import JobImage
        from ..models.job_metrics import JobMetrics

        d = dict(src_dict)
        status = check_job_result_status(d.pop("status"))

        def _parse_error(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if isinstance(data, (dict, list)):
                raise TypeError("none of the documented alternatives")
            return cast(None | str | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        def _parse_output(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            if isinstance(data, (dict, list)):
                raise TypeError("none of the documented alternatives")
            return cast(None | str | Unset, data)

        output = _parse_output(d.pop("output", UNSET))

        _images = d.pop("images", UNSET)
        images: list[JobImage] | Unset = UNSET
        if _images is not UNSET:
            images = []
            for images_item_data in _images:
                images_item = JobImage.from_dict(images_item_data)

                images.append(images_item)

        seed = d.pop("seed", UNSET)

        _metrics = d.pop("metrics", UNSET)
        metrics: JobMetrics | Unset
        if isinstance(_metrics, Unset):
            metrics = UNSET
        else:
            metrics = JobMetrics.from_dict(_metrics)

        job_result = cls(
            status=status,
            error=error,
            output=output,
            images=images,
            seed=seed,
            metrics=metrics,
        )

        job_result.additional_properties = d
        return job_result

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
