# @generated from openapi/runtime/validation/__init__.py by `make generate`. Do not edit: change that file.
"""The check of arguments and requests against the rules of the document, before anything is sent."""
