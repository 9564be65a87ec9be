# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""The values of `JobStatusStatus`."""

from typing import Literal, cast

JobStatusStatus = Literal["QUEUED", "PROCESSING", "COMPLETED", "FAILED"]
"""The allowed values, in the order of the document."""


def check_job_status_status(value: str) -> JobStatusStatus:
    """Take a value from a response, even one that is newer than this client."""
    return cast(JobStatusStatus, value)
