"""Recordings: cassettes, provenance, and how they take the place of the old ones."""
