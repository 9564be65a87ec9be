# @generated from openapi/flux-schnell.yaml (SHA-256 d5786045afdf) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
