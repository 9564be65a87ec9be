"""The facts of a document without its prose: what recordings are made for."""

import hashlib
import json
from typing import Any

from generator.document.document import Document

# A service does not know which variables a client reads; and what varies is not compared, whoever says that it does.
_PROSE = ("description", "summary", "title", "x-evidence", "x-env", "x-varies")
_ABOUT_THE_DOCUMENT = ("info", "tags", "externalDocs")
# Below these, keys are names that somebody chose, and a property may be called `title`.
_NAMED = ("properties", "headers", "schemas", "responses", "parameters", "securitySchemes", "paths")


def facts_hash(document: Document) -> str:
    """SHA-256 of what a document states, as hexadecimal digits.

    Comments, descriptions, grades of evidence, environment variables, what varies, the version and the order of keys
    do not count: a new recording costs money, and after such an edit it would prove nothing new.
    """
    stated = {name: _facts(node, name in _NAMED) for name, node in document.root.items() if _counts(name)}
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


def _counts(keyword: str) -> bool:
    return keyword not in (*_PROSE, *_ABOUT_THE_DOCUMENT)


def _facts(node: Any, is_named: bool = False) -> Any:
    """A node without prose. In one whose keys are names, every key counts."""
    if isinstance(node, dict):
        return {
            key: _facts(value, not is_named and key in _NAMED)
            for key, value in node.items()
            if is_named or key not in _PROSE
        }
    return [_facts(one) for one in node] if isinstance(node, list) else node
