# @generated from openapi/flux-schnell.yaml (SHA-256 548476c54754) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
