# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""Contains all the data models used in inputs/outputs"""

from .error_body import ErrorBody
from .failed_job import FailedJob
from .generate_image_request import GenerateImageRequest
from .generate_image_request_sampler_name import GenerateImageRequestSamplerName
from .generate_image_request_scheduler import GenerateImageRequestScheduler
from .job_image import JobImage
from .job_metrics import JobMetrics
from .job_result import JobResult
from .job_result_status import JobResultStatus
from .job_status import JobStatus
from .job_status_status import JobStatusStatus
from .queued_job import QueuedJob
from .user_credits import UserCredits

__all__ = (
    "ErrorBody",
    "FailedJob",
    "GenerateImageRequest",
    "GenerateImageRequestSamplerName",
    "GenerateImageRequestScheduler",
    "JobImage",
    "JobMetrics",
    "JobResult",
    "JobResultStatus",
    "JobStatus",
    "JobStatusStatus",
    "QueuedJob",
    "UserCredits",
)
