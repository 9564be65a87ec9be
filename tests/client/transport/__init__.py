"""Tests of time limits and transports."""
