"""Faults of a document, found before anything is generated from it."""
