# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""Jobs: images that are ordered now and collected later, even by another process."""

from functools import partial as _partial
from typing import ClassVar

from attrs import field as _attrs_field
from attrs import frozen as _attrs_frozen

from . import results as _results
from ._runtime.client.jobs import AsyncJob as _AsyncJob
from ._runtime.client.jobs import SyncJob as _SyncJob
from ._runtime.spec.job import JobLink as _JobLink
from ._runtime.spec.job import JobSpec as _JobSpec
from ._runtime.spec.json_objects import readable_part as _readable_part
from .api.queue import get_request_result as _get_request_result
from .api.queue import get_request_status as _get_request_status
from .api.queue import submit_image as _submit_image
from .models.job_result import JobResult


@_attrs_frozen(kw_only=True)
class ImageJobResult(_results.GenerateImageResult):
    """The image of a job that `submit_image` has started.

    Its `headers` are those of the image's response, followed by what the service reports about the job:
    `x-request-id` (the id of the job), `x-cost` (/metrics/cost), `x-remaining-credits`
    (/metrics/remaining_credits), `x-seed-value` (/seed), `x-generation-time` (/metrics/inference_time).

    Args:
        report: What `get_request_result` returns about the job; None if it is not as documented.
    """

    report: JobResult | None = _attrs_field(default=None, repr=False, hash=False)


IMAGE_JOB = _JobSpec(
    name="ImageJob",
    method="image_job",
    submit=_submit_image.OPERATION,
    submit_method="POST",
    submit_path="/v2/flux-schnell",
    status=_JobLink(
        operation=_get_request_status.OPERATION,
        path="/v2/requests/{request_id}/status",
        parameter="request_id",
        source="$response.body#/request_id",
    ),
    result=_JobLink(
        operation=_get_request_result.OPERATION,
        path="/v2/requests/{request_id}",
        parameter="request_id",
        source="$response.body#/request_id",
    ),
    state="/status",
    active=(
        "QUEUED",
        "PROCESSING",
    ),
    done=("COMPLETED",),
    failed=("FAILED",),
    gone=(404,),
    error="/error",
    image="/images/0/url",
    largest=16777216,
    poll=1,
    timeout=600,
    record_seconds=3600,
    reports=(
        ("x-cost", "/metrics/cost"),
        ("x-remaining-credits", "/metrics/remaining_credits"),
        ("x-seed-value", "/seed"),
        ("x-generation-time", "/metrics/inference_time"),
    ),
    kind=ImageJobResult,
    file_kind=_results.GenerateImageFile,
    result_spec=_results.GENERATE_IMAGE_RESULT_SPEC,
    report=_partial(_readable_part, JobResult),
    program="python -m segmind_flux_schnell collect",
)
"""What the document says about such jobs: `ImageJob`."""


class ImageJob(_SyncJob[ImageJobResult, str]):
    """A job that `submit_image` has started, here or elsewhere. `job.wait()` gives its image.

    Keep `request_id`, and the image cannot get lost: `image_job` of any client makes a handle from it. A handle
    can be pickled. It then holds neither client nor key, and `image_job` connects it again.

    The states of a job: `QUEUED`, `PROCESSING` (it is still active); `COMPLETED` (it has its image); `FAILED` (it
    has failed). A client polls at most once every 1 s. By default `wait` gives up after 10 min. The service keeps
    its record for 1 h. The service keeps its image for 7 d.
    """

    _spec: ClassVar[_JobSpec] = IMAGE_JOB


class AsyncImageJob(_AsyncJob[ImageJobResult, str]):
    """A job that `submit_image` has started, here or elsewhere. `await job.wait()` gives its image.

    Keep `request_id`, and the image cannot get lost: `image_job` of any client makes a handle from it. A handle
    can be pickled. It then holds neither client nor key, and `image_job` connects it again.

    The states of a job: `QUEUED`, `PROCESSING` (it is still active); `COMPLETED` (it has its image); `FAILED` (it
    has failed). A client polls at most once every 1 s. By default `wait` gives up after 10 min. The service keeps
    its record for 1 h. The service keeps its image for 7 d.
    """

    _spec: ClassVar[_JobSpec] = IMAGE_JOB


__all__ = ["AsyncImageJob", "ImageJob", "ImageJobResult"]
