# @generated from openapi/flux-schnell.yaml (SHA-256 93227a249469) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
