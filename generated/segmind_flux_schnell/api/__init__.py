# @generated from openapi/flux-schnell.yaml (SHA-256 d4f63256755a) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
