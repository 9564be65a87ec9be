# @generated from openapi/flux-schnell.yaml (SHA-256 1776bdc55818) by `make generate`. Do not edit: change that file.
"""Contains endpoint functions for accessing the API"""
