# @generated from openapi/flux-schnell.yaml (SHA-256 ff97d33ba880) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
