# @generated from openapi/flux-schnell.yaml (SHA-256 0f86e3d5b3bd) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
