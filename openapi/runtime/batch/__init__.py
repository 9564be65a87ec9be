"""Batches: many requests of which none is bought twice, with a journal on disk."""
