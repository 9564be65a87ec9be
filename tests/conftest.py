"""What holds for all tests."""

from hypothesis import settings

# The same examples in every run: what one machine finds, the next one finds too. Slow machines find nothing else.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")
