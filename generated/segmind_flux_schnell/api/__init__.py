# @generated from openapi/flux-schnell.yaml by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
