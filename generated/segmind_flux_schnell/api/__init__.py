# @generated from openapi/flux-schnell.yaml (SHA-256 f7db36008d2f) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
