"""Seconds and bytes that the table goes by."""

SHORT = 0.25
AMPLE = 60.0
# That a call may come back late which otherwise never would, on a machine with other things to do.
TOLERANCE = 10.0
LIMIT = 1_000_000
LIMITED = {"max_response_bytes": LIMIT}
LARGEST_IMAGE = 32_000_000
LARGEST_FAILURE = 2**20
