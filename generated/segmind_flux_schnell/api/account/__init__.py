# @generated from openapi/flux-schnell.yaml (SHA-256 b203f3a93e76) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
