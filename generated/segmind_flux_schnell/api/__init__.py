# @generated from openapi/flux-schnell.yaml (SHA-256 faa2b0350ca0) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
