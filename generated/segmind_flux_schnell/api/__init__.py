# @generated from openapi/flux-schnell.yaml (SHA-256 a6ac2b64c0fc) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
