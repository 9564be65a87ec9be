"""Speed and memory of the client beside its peers, on loopback: `python -m tests.bench`."""
