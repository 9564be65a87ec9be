# @generated from openapi/flux-schnell.yaml (SHA-256 57fb71fdeb4b) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
