# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""The values of `JobResultStatus`."""

from typing import Literal

JobResultStatus = Literal["QUEUED", "PROCESSING", "COMPLETED", "FAILED"]
"""The allowed values, in the order of the document."""
