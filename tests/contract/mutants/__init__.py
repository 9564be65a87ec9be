"""Mutants: services and documents with one change each, to measure how much drift the contract tests notice."""
