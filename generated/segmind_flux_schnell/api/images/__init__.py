# @generated from openapi/flux-schnell.yaml (SHA-256 b5e16f487222) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
