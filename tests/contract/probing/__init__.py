"""Probes: how they are derived from the document, where they are sent, and how a run proceeds."""
