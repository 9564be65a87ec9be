"""A loopback stand-in for Segmind's `flux-schnell`, written from the vendor's documentation.

It never reads the project's OpenAPI document nor the client generated from it: if it did, no test
that runs against it would mean anything.
"""
