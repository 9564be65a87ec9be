"""Tests of the package as a whole: its names, types, imports and wheel."""
