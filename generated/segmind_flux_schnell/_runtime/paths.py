# @generated from openapi/runtime/paths.py by `make generate`. Do not edit: change that file.
"""How values are written into a path."""

import datetime
from urllib.parse import quote


def path_value(value: object) -> str:
    """A value as one segment of a path."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return quote(value.isoformat(), safe="")
    text = quote(str(value), safe="")
    # These two would walk along the path.
    return text.replace(".", "%2E") if text in (".", "..") else text
