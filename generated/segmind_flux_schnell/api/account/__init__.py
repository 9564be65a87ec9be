# @generated from openapi/flux-schnell.yaml (SHA-256 0ceeeb19fa34) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
