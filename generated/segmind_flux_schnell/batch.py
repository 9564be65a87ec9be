# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""Batches: many requests, none of which is bought twice, whatever interrupts a run."""

from ._batch import Batch
from ._runtime.batch.history import EntryStatus, EntryWarning, JournalEntry
from ._runtime.batch.planning import BatchPlan, PlannedRequest
from ._runtime.batch.report import BatchSummary, ImageNote, Progress

__all__ = [
    "Batch",
    "BatchPlan",
    "BatchSummary",
    "EntryStatus",
    "EntryWarning",
    "ImageNote",
    "JournalEntry",
    "PlannedRequest",
    "Progress",
]
