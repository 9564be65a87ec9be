"""What the sandbox needs beyond what the client needs, and the sentence that says how to get it."""

from importlib.util import find_spec

_LIBRARIES = {"starlette": "starlette", "uvicorn": "uvicorn", "PIL": "pillow"}
_INSTALL = "pip install 'segmind-flux-schnell[testing]'"


def missing() -> str | None:
    """Return what to say of the libraries that are not installed; None if all are."""
    names = [name for module, name in _LIBRARIES.items() if find_spec(module) is None]
    if not names:
        return None
    *first, last = names
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"The sandbox needs {listed}: {_INSTALL}"
