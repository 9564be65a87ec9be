# @generated from openapi/flux-schnell.yaml (SHA-256 2f586f76e4ac) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
