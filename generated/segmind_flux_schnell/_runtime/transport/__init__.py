# @generated from openapi/runtime/transport/__init__.py by `make generate`. Do not edit: change that file.
"""How bytes travel: attempts, connections, transports, time limits, bounded bodies."""
