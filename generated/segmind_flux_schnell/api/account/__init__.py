# @generated from openapi/flux-schnell.yaml (SHA-256 d4f63256755a) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
