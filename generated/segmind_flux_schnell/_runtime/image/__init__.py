# @generated from openapi/runtime/image/__init__.py by `make generate`. Do not edit: change that file.
"""Images: their formats, the request embedded in them, and how they are saved."""
