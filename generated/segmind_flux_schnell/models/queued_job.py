# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""`QueuedJob`: The job that was queued."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QueuedJob")


@_attrs_define
class QueuedJob:
    """The job that was queued.

    Attributes:
        request_id (str): The id to collect the image by; the vendor's console lists the job under it. (str)
        status (str): The state of the job. (str)
        poll_url (str | Unset): An address that tells the state of the job. (str) Not sent by default.
        status_url (str | Unset): The address that tells the state of the job. (str) Not sent by default.
        response_url (str | Unset): The address of the result. (str) Not sent by default.
    """

    request_id: str
    status: str
    poll_url: str | Unset = UNSET
    status_url: str | Unset = UNSET
    response_url: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON values, with the names of the document. What is UNSET is left out."""
        request_id = self.request_id

        status = self.status

        poll_url = self.poll_url

        status_url = self.status_url

        response_url = self.response_url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "request_id": request_id,
                "status": status,
            }
        )
        if poll_url is not UNSET:
            field_dict["poll_url"] = poll_url
        if status_url is not UNSET:
            field_dict["status_url"] = status_url
        if response_url is not UNSET:
            field_dict["response_url"] = response_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Make an object from JSON values, with the names of the document."""
        d = dict(src_dict)
        request_id = d.pop("request_id")

        status = d.pop("status")

        poll_url = d.pop("poll_url", UNSET)

        status_url = d.pop("status_url", UNSET)

        response_url = d.pop("response_url", UNSET)

        queued_job = cls(
            request_id=request_id,
            status=status,
            poll_url=poll_url,
            status_url=status_url,
            response_url=response_url,
        )

        queued_job.additional_properties = d
        return queued_job

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
