# @generated from openapi/runtime/client/__init__.py by `make generate`. Do not edit: change that file.
"""The clients: the flow of a call, its retries, budget and events, and many calls at once."""
