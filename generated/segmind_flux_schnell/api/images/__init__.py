# @generated from openapi/flux-schnell.yaml (SHA-256 6aad887e1e2a) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
