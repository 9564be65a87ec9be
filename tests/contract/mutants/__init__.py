"""Services that differ from the documented one in one thing each, to measure what the contract tests notice."""
