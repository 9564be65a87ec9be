# @generated from openapi/flux-schnell.yaml (SHA-256 f435e5c78006) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
