"""Block the network but for loopback, as pytest does in its own process."""

from pytest_recording.network import block

# The last is for Unix sockets, which are paths.
block([r"127\.0\.0\.1", "localhost", "::1", "/"])
