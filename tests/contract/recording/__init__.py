"""Recordings: cassettes, their provenance, and how new ones replace the old."""
