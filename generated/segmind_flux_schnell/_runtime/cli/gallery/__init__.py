# @generated from openapi/runtime/cli/gallery/__init__.py by `make generate`. Do not edit: change that file.
"""The page of `review`: what its cards, its failures and its sums say, and how it is written."""
