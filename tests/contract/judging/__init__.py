"""Oracles and the judge: what an interaction says about the facts of the document."""
