# @generated from openapi/flux-schnell.yaml (SHA-256 faa2b0350ca0) by `make generate`. Do not edit: change that file.
"""Contains all the data models used in inputs/outputs"""

from .error_body import ErrorBody
from .generate_image_request import GenerateImageRequest
from .generate_image_request_sampler_name import GenerateImageRequestSamplerName
from .generate_image_request_scheduler import GenerateImageRequestScheduler

__all__ = (
    "ErrorBody",
    "GenerateImageRequest",
    "GenerateImageRequestSamplerName",
    "GenerateImageRequestScheduler",
)
