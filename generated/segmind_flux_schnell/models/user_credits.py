# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""`UserCredits`: The credits of the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="UserCredits")


@_attrs_define
class UserCredits:
    """The credits of the account.

    Attributes:
        credits (float): Credits that the account has bought and not spent. (float)
        free_credits (float | Unset): Credits that the vendor gave to the account. (float) Not sent by default.
    """

    credits: float
    free_credits: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON values, with the names of the document. What is UNSET is left out."""
        credits = self.credits

        free_credits = self.free_credits

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "credits": credits,
            }
        )
        if free_credits is not UNSET:
            field_dict["free-credits"] = free_credits

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        """Make an object from JSON values, with the names of the document."""
        d = dict(src_dict)
        credits = d.pop("credits")

        free_credits = d.pop("free-credits", UNSET)

        user_credits = cls(
            credits=credits,
            free_credits=free_credits,
        )

        user_credits.additional_properties = d
        return user_credits

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
