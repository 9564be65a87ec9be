# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""`JobMetrics`: What a job cost and took; empty until it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="JobMetrics")


@_attrs_define
class JobMetrics:
    """What a job cost and took; empty until it is done.

    Attributes:
        cost (float | Unset): Credits charged for the job. (float) Not sent by default.
        remaining_credits (float | Unset): Credits left in the account after the job. (float) Not sent by default.
        inference_time (float | Unset): Seconds that the generation took. (float) Not sent by default.
        queue_time (float | Unset): Seconds that the job waited. (float) Not sent by default.
        total_time (float | Unset): Seconds from the order to the result. (float) Not sent by default.
        retry_count (int | Unset): How often the service started the job again. (int) Not sent by default.
    """

    cost: float | Unset = UNSET
    remaining_credits: float | Unset = UNSET
    inference_time: float | Unset = UNSET
    queue_time: float | Unset = UNSET
    total_time: float | Unset = UNSET
    retry_count: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON values, with the names of the document. What is UNSET is left out."""
        cost = self.cost

        remaining_credits = self.remaining_credits

        inference_time = self.inference_time

        queue_time = self.queue_time

        total_time = self.total_time

        retry_count = self.retry_count

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if cost is not UNSET:
            field_dict["cost"] = cost
        if remaining_credits is not UNSET:
            field_dict["remaining_credits"] = remaining_credits
        if inference_time is not UNSET:
            field_dict["inference_time"] = inference_time
        if queue_time is not UNSET:
            field_dict["queue_time"] = queue_time
        if total_time is not UNSET:
            field_dict["total_time"] = total_time
        if retry_count is not UNSET:
            field_dict["retry_count"] = retry_count

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Make an object from JSON values, with the names of the document."""
        d = dict(src_dict)
        cost = d.pop("cost", UNSET)

        remaining_credits = d.pop("remaining_credits", UNSET)

        inference_time = d.pop("inference_time", UNSET)

        queue_time = d.pop("queue_time", UNSET)

        total_time = d.pop("total_time", UNSET)

        retry_count = d.pop("retry_count", UNSET)

        job_metrics = cls(
            cost=cost,
            remaining_credits=remaining_credits,
            inference_time=inference_time,
            queue_time=queue_time,
            total_time=total_time,
            retry_count=retry_count,
        )

        job_metrics.additional_properties = d
        return job_metrics

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
