"""Tests of the check of arguments and requests."""
