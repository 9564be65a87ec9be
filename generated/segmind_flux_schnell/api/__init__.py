# @generated from openapi/flux-schnell.yaml (SHA-256 b203f3a93e76) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
