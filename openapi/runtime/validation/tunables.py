"""The numbers of this room that could be chosen otherwise, each with its unit and its reason."""

from typing import Final

LARGEST_SEED: Final = (1 << 53) - 1
"""The largest seed that the client draws: some JSON libraries read numbers as floats, which are exact up to here."""

ENUM_SHOWN: Final = 40
"""Members of an enum in a message: all samplers are, and a list of hundreds does not hide the error."""

ENUM_SHOWN_BESIDE_A_SUGGESTION: Final = 2
"""Members of an enum in a message that suggests one: enough to show what kind of values they are."""
