# @generated from openapi/runtime/cli/__init__.py by `make generate`. Do not edit: change that file.
"""The command line, for any document: a module for each command, and what they share."""
