"""The package in a notebook: in a real kernel, which is driven as a frontend drives it."""
