# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""The values of `GenerateImageRequestScheduler`."""

from typing import Literal

GenerateImageRequestScheduler = Literal["normal", "karras", "exponential", "sgm_uniform", "simple", "ddim_uniform"]
"""The allowed values, in the order of the document."""
