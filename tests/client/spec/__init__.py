"""Tests of the configuration and of keys."""
