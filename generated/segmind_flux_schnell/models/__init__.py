# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""The classes that stand for schemas."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

__all__: tuple[str, ...] = (
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

_MODULES: dict[str, str] = {
    "ErrorBody": "error_body",
    "FailedJob": "failed_job",
    "GenerateImageRequest": "generate_image_request",
    "GenerateImageRequestSamplerName": "generate_image_request_sampler_name",
    "GenerateImageRequestScheduler": "generate_image_request_scheduler",
    "JobImage": "job_image",
    "JobMetrics": "job_metrics",
    "JobResult": "job_result",
    "JobResultStatus": "job_result_status",
    "JobStatus": "job_status",
    "JobStatusStatus": "job_status_status",
    "QueuedJob": "queued_job",
    "UserCredits": "user_credits",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load a class when it is first used."""
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return [*globals(), *__all__]
