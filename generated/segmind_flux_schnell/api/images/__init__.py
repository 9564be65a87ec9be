# @generated from openapi/flux-schnell.yaml (SHA-256 37c1c2eaf988) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
