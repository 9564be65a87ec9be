"""HTML as a tree, so that no text in it can become markup."""

import re
from xml.etree.ElementTree import Element, tostring

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def tag(name: str, /, *content: "str | Element | None", **attributes: "str | None") -> Element:
    """An element.

    Args:
        name: Its name.
        content: What it holds: texts and elements; None is nothing.
        attributes: Its attributes, `_` at an end for names that Python has, and None for one that is left out.
    """
    element = Element(name, {key.rstrip("_"): _text(value) for key, value in attributes.items() if value is not None})
    for part in content:
        if isinstance(part, str):
            _append_text(element, _text(part))
        elif part is not None:
            element.append(part)
    return element


def page(root: Element) -> str:
    """A whole document."""
    return f"<!doctype html>\n{tostring(root, encoding='unicode', method='html')}\n"


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _text(value: str) -> str:
    # HTML has no way to write these.
    return _CONTROL.sub("\ufffd", value)
