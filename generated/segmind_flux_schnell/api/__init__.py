# @generated from openapi/flux-schnell.yaml (SHA-256 e6f7feb5c6a3) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
