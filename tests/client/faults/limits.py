"""Seconds and bytes that the table goes by."""

SHORT = 0.5
LIMIT = 1_000_000
LIMITED = {"max_answer_bytes": LIMIT}
LARGEST_PICTURE = 32_000_000
LARGEST_FAILURE = 2**20
