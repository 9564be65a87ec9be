# @generated from openapi/flux-schnell.yaml (SHA-256 57fb71fdeb4b) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
