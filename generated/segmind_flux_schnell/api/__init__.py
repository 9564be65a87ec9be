# @generated from openapi/flux-schnell.yaml (SHA-256 7077c75e7639) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
