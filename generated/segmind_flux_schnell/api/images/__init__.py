# @generated from openapi/flux-schnell.yaml (SHA-256 77c2b63b0860) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
