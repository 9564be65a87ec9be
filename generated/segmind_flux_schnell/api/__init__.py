# @generated from openapi/flux-schnell.yaml (SHA-256 da04aef0a814) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
