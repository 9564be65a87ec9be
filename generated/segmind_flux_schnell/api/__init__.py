# @generated from openapi/flux-schnell.yaml (SHA-256 1776bdc55818) by `make generate`. Do not edit: change that file.
"""Contains methods for accessing the API"""
