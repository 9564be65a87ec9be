# @generated from openapi/flux-schnell.yaml (SHA-256 67529be20c30) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
