"""A stand-in for Segmind's `flux-schnell` on loopback, written from the vendor's documentation.

It reads neither the project's OpenAPI document nor the client generated from it: if it did, tests
that run against it would prove nothing.
"""
