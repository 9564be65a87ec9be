# @generated from openapi/runtime/batch/__init__.py by `make generate`. Do not edit: change that file.
"""Batches: many requests of which none is bought twice, with a journal on disk."""
