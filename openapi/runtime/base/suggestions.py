"""Suggestions for misspelt names and values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from .tunables import LONGEST_WORD, SHORTEST_BEGINNING, SIMILARITY, TYPING_ERRORS

if TYPE_CHECKING:
    from .rules import Field


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None if none is similar: `eulr` gives `euler`.

    Typing errors are counted: letters that are missing, added, replaced, or that have changed places. A name of several
    words is also found by its first or its last ones: `qualtiy` gives `quality_level`. Letter case does not count, nor
    does the choice between `-`, `_` and a blank.
    """
    plain = _plain(given)
    if not plain or len(plain) > LONGEST_WORD:
        return None
    by_plain = {_plain(word): word for word in known}
    errors = {word: _errors(plain, word) for word in by_plain}
    # Of words that are equally near, the one of similar length.
    found = sorted(
        (count, abs(len(word) - len(plain)), position)
        for position, (word, count) in enumerate(errors.items())
        if count is not None
    )
    return list(by_plain.values())[found[0][-1]] if found else None


def meant_field(given: str, fields: Iterable[Field], further: Iterable[str] = ()) -> str | None:
    """The field that was probably meant by a name, or None.

    Args:
        given: The name.
        fields: The fields, which can also be meant by their names in the document, or by those of other services.
        further: Other names that may be given in the same place.
    """
    spellings = {**{name: name for name in further}, **spellings_of(fields)}
    return spellings.get(given) or spellings.get(nearest(given, spellings) or "")


def spellings_of(fields: Iterable[Field]) -> Mapping[str, str]:
    """The names of fields, by what people write for them."""
    listed = list(fields)
    own = {field.name: field.name for field in listed}
    # Its own names come first: they are meant where others are as near.
    return {**own, **{name: field.name for field in listed for name in (field.api_name, *field.mistaken_names)}, **own}


def _plain(word: str) -> str:
    return word.lower().strip().replace("-", "_").replace(" ", "_")


def _errors(given: str, word: str) -> float | None:
    """How many errors lead from a word to the given one; None if they are too many to be errors."""
    found = [_whole_errors(given, word)]
    found += [_counted(given, part, _WORD_LEFT_OUT) for part in _parts(word)]
    found += [_counted(part, word, _WORD_ADDED) for part in _parts(given)]
    if len(given) >= SHORTEST_BEGINNING and word.startswith(given):
        found.append(_BEGINNING)
    return min((one for one in found if one is not None), default=None)


_WORD_LEFT_OUT = 0.5
_WORD_ADDED = 1.5
_BEGINNING = 1.0
"""What counts beside the errors in the rest: `quality` for `quality_level`, `n_pages` for `pages`."""


def _whole_errors(given: str, word: str) -> float | None:
    from difflib import SequenceMatcher

    count = _counted(given, word, 0)
    if count is None and SequenceMatcher(None, word, given).ratio() >= SIMILARITY:
        # Another ending: `denoising` for `denoise`.
        return float(_distance(given, word))
    return count


def _counted(given: str, word: str, more: float) -> float | None:
    most = TYPING_ERRORS[min(len(given), len(word), len(TYPING_ERRORS) - 1)]
    # As many letters as the words differ in length are missing or added.
    if abs(len(given) - len(word)) > most:
        return None
    count = _distance(given, word)
    return count + more if count <= most else None


def _parts(name: str) -> Iterator[str]:
    """The first and the last words of a name of several."""
    words = name.split("_")
    for cut in range(1, len(words)):
        yield "_".join(words[:cut])
        yield "_".join(words[cut:])


def _distance(one: str, other: str) -> int:
    """The least number of letters to add, remove, replace or swap with their neighbours that makes one the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            least = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and against == one[row - 2]:
                least = min(least, before[column - 2] + 1)
            line.append(least)
        before, last = last, line
    return last[-1]
