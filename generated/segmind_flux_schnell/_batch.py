# @generated from openapi/flux-schnell.yaml (SHA-256 80f6a332d87e) by `make generate`. Do not edit: change that file.
"""The class of batches, apart from what its methods give back: that is imported when it is needed."""

from typing import ClassVar

from ._runtime.batch.batch import Batch as _Batch
from ._runtime.client.many import Job as _Job
from ._service import __version__
from .api.images import generate_image as _generate_image
from .models.generate_image_request import GenerateImageRequest
from .results import GenerateImageResult


class Batch(_Batch[GenerateImageRequest, GenerateImageResult]):
    """A job of many `generate_image` requests, with a journal and a folder of images.

    Each request is in the journal, on disk, before it is sent, and its outcome after. So whatever ends a run (`kill -9`
    included), the next one buys nothing again that is finished, and lists what was on its way as unknown: that may have
    been billed, and is sent again only if asked for. The same request, whoever asks for it again, is served from disk.

    Several machines can share a job: each takes one shard, with a journal of its own, and no two the same request.

    Args:
        folder: Where the images and the journal go. It is made by the first run.
        shard: Which part of the requests is this one's, such as `(2, 8)` for the second of eight.

    Raises:
        ConfigurationError: `shard` is no such pair.
    """

    _job: ClassVar[_Job[GenerateImageRequest, GenerateImageResult]] = _generate_image.job()
    _spec_version: ClassVar[str] = __version__
