"""Tests of errors and messages."""
