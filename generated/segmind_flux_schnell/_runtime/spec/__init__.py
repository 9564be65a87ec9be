# @generated from openapi/runtime/spec/__init__.py by `make generate`. Do not edit: change that file.
"""What the document says, as data: operations, semantics of fields, keys, the service and its settings."""
