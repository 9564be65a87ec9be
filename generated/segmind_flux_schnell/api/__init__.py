# @generated from openapi/flux-schnell.yaml (SHA-256 e34b4f5d92bd) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
