# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""Batches. What their methods return is imported when it is needed."""

from typing import ClassVar

from ._runtime.batch.batch import Batch as _Batch
from ._runtime.client.many import CallTemplate as _CallTemplate
from ._service import __version__
from .api.images import generate_image as _generate_image
from .client import AsyncClient, Client
from .models.generate_image_request import GenerateImageRequest
from .results import (
    GenerateImageResult,
)


class Batch(_Batch[GenerateImageRequest, GenerateImageResult, Client, AsyncClient]):
    """Many `generate_image` requests, with a journal and a folder of images.

    Each request is written to the journal on disk before it is sent, and its outcome afterwards. So however a run ends,
    even by `kill -9`, the next run does not buy a finished image again. Requests that were in flight are listed as
    unknown: they may have been billed, and are sent again only if you say so. A request that repeats an earlier one
    takes its image from disk. Over a queue, only an interrupted submit is unknown: the next run collects the others.

    Several machines can share a batch: each takes one shard, with its own journal. No request is in two shards.

    Args:
        folder: Where the images and the journal go. The first run creates it.
        shard: Which part of the requests this batch takes, such as `(2, 8)` for the second of eight.

    Raises:
        ConfigurationError: `shard` is not such a pair.
    """

    _template: ClassVar[_CallTemplate[GenerateImageRequest, GenerateImageResult]] = _generate_image.call_template()
    _spec_version: ClassVar[str] = __version__
