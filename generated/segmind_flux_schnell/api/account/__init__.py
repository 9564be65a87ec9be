# @generated from openapi/flux-schnell.yaml (SHA-256 da04aef0a814) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
