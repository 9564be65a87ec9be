"""`UNSET`: the value of a parameter that is left out."""

from typing import Final, Literal


class Unset:
    """Type of `UNSET`: leave this parameter out of the request, and let the service use its default.

    There is one instance, which is false. Copies and pickles give that same instance, so that `is UNSET` can be relied
    on.
    """

    _instance: "Unset | None" = None

    def __new__(cls) -> "Unset":  # noqa: D102
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __copy__(self) -> "Unset":
        return self

    def __deepcopy__(self, memo: object) -> "Unset":
        return self

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()
