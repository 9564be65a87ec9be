# @generated from openapi/flux-schnell.yaml (SHA-256 18fd40e77280) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
