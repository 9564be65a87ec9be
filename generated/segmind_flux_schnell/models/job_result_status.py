# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""The values of `JobResultStatus`."""

from typing import Literal, cast

JobResultStatus = Literal["QUEUED", "PROCESSING", "COMPLETED", "FAILED"]
"""The allowed values, in the order of the document."""


def check_job_result_status(value: str) -> JobResultStatus:
    """Take a value from a response, even one that is newer than this client."""
    return cast(JobResultStatus, value)
