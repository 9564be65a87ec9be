# @generated from openapi/flux-schnell.yaml (SHA-256 d5786045afdf) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
