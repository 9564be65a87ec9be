"""Faults made for real on loopback sockets: the table of what the client makes of each, and the tests of it."""
