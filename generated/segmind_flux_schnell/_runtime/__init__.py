# @generated from openapi/runtime/__init__.py by `make generate`. Do not edit: change that file.
"""What the generated client does whatever the document says: checking, sending, reading, raising."""
