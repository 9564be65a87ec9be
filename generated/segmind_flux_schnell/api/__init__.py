# @generated from openapi/flux-schnell.yaml (SHA-256 6aad887e1e2a) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
