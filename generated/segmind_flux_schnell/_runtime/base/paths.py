# @generated from openapi/runtime/base/paths.py by `make generate`. Do not edit: change that file.
"""How values are written into a path, a query, a header or a cookie."""


def text_value(value: object) -> str:
    """A value as JSON would write it, without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    import datetime

    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else str(value)


def path_value(value: object) -> str:
    """A value as one segment of a path, or as a cookie."""
    from urllib.parse import quote

    text = quote(text_value(value), safe="")
    # Servers resolve these two as steps along the path.
    return text.replace(".", "%2E") if text in (".", "..") else text
