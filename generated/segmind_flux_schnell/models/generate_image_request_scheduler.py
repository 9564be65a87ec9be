# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""The values of `GenerateImageRequestScheduler`."""

from typing import Literal

GenerateImageRequestScheduler = Literal["normal", "karras", "exponential", "sgm_uniform", "simple", "ddim_uniform"]
"""The allowed values, in the order of the document."""
