# @generated from openapi/flux-schnell.yaml (SHA-256 18fd40e77280) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
