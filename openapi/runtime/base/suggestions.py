"""Suggestions for misspelt names and values."""

from collections.abc import Iterable

from .tunables import LONGEST_WORD, SIMILARITY


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known word that is most similar to the given one, or None if none is similar: `eulr` gives `euler`.

    Letter case does not count, nor does the choice between `-`, `_` and a blank.
    """
    from difflib import get_close_matches

    if len(given) > LONGEST_WORD:
        return None
    by_plain = {_plain(word): word for word in known}
    matches = get_close_matches(_plain(given), by_plain, n=1, cutoff=SIMILARITY)
    return by_plain[matches[0]] if matches else None


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")
