# @generated from openapi/flux-schnell.yaml (SHA-256 80f6a332d87e) by `make generate`. Do not edit: change that file.
from typing import Literal, cast

GenerateImageRequestScheduler = Literal["normal", "karras", "exponential", "sgm_uniform", "simple", "ddim_uniform"]


def check_generate_image_request_scheduler(value: str) -> GenerateImageRequestScheduler:
    """Take a value from a response, also one that the document does not know yet."""
    return cast(GenerateImageRequestScheduler, value)
