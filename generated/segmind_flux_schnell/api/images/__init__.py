# @generated from openapi/flux-schnell.yaml (SHA-256 f7db36008d2f) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
