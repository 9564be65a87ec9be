# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""The values of `GenerateImageRequestScheduler`."""

from typing import Literal, cast

GenerateImageRequestScheduler = Literal["normal", "karras", "exponential", "sgm_uniform", "simple", "ddim_uniform"]
"""The allowed values, in the order of the document."""


def check_generate_image_request_scheduler(value: str) -> GenerateImageRequestScheduler:
    """Take a value from a response, even one that is newer than this client."""
    return cast(GenerateImageRequestScheduler, value)
