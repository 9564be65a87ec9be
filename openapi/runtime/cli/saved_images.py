"""How an image that was paid for is saved, and what is said of it."""

from pathlib import Path
from typing import Any

from ..base.errors import NotSavedError
from ..base.saving import keep_elsewhere
from ..base.wording import one_line
from .file_names import SUFFIXES


def saved(image: Any, path: Path) -> tuple[Path, str]:
    """Write the image, and elsewhere if that fails, since it was paid for.

    Returns:
        Where it is, and what to say about that.

    Raises:
        NotSavedError: It cannot be written elsewhere either.
    """
    try:
        return Path(image.save(path)), ""
    except NotSavedError as error:
        failure = error
    kept = (
        Path(failure.kept) if failure.kept else keep_elsewhere(image.content, path, SUFFIXES.get(image.media_type, ""))
    )
    if kept is None:
        raise failure
    return kept, f"Error: {failure.reason}; the image was billed, and is kept elsewhere: {one_line(str(kept))}"


def as_json(image: Any, path: Path, **further: Any) -> dict[str, Any]:
    """What there is to know of an image, as JSON; `further` stands before its warnings."""
    facts = {name: getattr(image, name, None) for name in _FACTS}
    warnings = [{"code": one.code, "message": str(one)} for one in image.warnings]
    return {"file": path, **facts, **further, "warnings": warnings}


def sentence(image: Any, seconds: float | None = None) -> str:
    """What there is to know of an image, in one line."""
    facts = {name: getattr(image, name, None) for name in _FACTS}
    parts = [f"{facts['width']} x {facts['height']}" if facts["width"] else ""]
    parts += [f"{seconds:.1f} s" if seconds is not None else ""]
    parts += [f"seed {facts['seed']}" if facts["seed"] is not None else ""]
    parts += [f"cost {facts['cost']}" if facts["cost"] is not None else ""]
    parts += [f"{facts['remaining_credits']} credits left" if facts["remaining_credits"] is not None else ""]
    return ", ".join(filter(None, parts))


_FACTS = ("width", "height", "seed", "cost", "remaining_credits", "request_id")
