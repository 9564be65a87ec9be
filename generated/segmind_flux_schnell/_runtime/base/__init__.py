# @generated from openapi/runtime/base/__init__.py by `make generate`. Do not edit: change that file.
"""What every room uses: messages, errors, rules, deadlines, wording. It imports no other room."""
