# @generated from openapi/runtime/base/suggestions.py by `make generate`. Do not edit: change that file.
"""What was probably meant."""

from collections.abc import Iterable

_LONGEST_WORD = 100


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest to the given one, or None where none is near: `eulr` gives `euler`.

    Letter case and the choice of `-`, `_` or a blank do not count.
    """
    from difflib import get_close_matches

    if len(given) > _LONGEST_WORD:
        return None
    by_plain = {_plain(word): word for word in known}
    matches = get_close_matches(_plain(given), by_plain, n=1, cutoff=0.6)
    return by_plain[matches[0]] if matches else None


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")
