# @generated from openapi/flux-schnell.yaml (SHA-256 c197699734f8) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
