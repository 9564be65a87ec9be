# @generated from openapi/flux-schnell.yaml by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
