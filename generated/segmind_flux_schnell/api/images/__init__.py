# @generated from openapi/flux-schnell.yaml (SHA-256 74a5562cb46c) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
