# @generated from openapi/flux-schnell.yaml (SHA-256 80f6a332d87e) by `make generate`. Do not edit: change that file.
"""Batches: many requests, of which none is bought twice, whatever happens meanwhile."""

from ._batch import Batch
from ._runtime.batch.history import JournalEntry
from ._runtime.batch.planning import BatchPlan, PlannedRequest
from ._runtime.batch.report import BatchSummary, Progress

__all__ = ["Batch", "BatchPlan", "BatchSummary", "JournalEntry", "PlannedRequest", "Progress"]
