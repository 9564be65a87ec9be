# @generated from openapi/runtime/cli/__init__.py by `make generate`. Do not edit: change that file.
"""The command line, whatever the document says: a module for each command, and what they share."""
