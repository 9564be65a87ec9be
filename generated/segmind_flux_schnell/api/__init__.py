# @generated from openapi/flux-schnell.yaml (SHA-256 3ea6c55b7ca3) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
