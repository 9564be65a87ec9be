# @generated from openapi/flux-schnell.yaml by `make generate`. Do not edit: change that file.
"""Batches: many requests, of which none is bought twice, whatever happens meanwhile."""

from ._batch import Batch
from ._runtime.batch_report import BatchSummary, Progress
from ._runtime.history import Entry
from ._runtime.planning import Plan, Planned

__all__ = ["Batch", "BatchSummary", "Entry", "Plan", "Planned", "Progress"]
