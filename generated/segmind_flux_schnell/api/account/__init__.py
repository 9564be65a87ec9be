# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
