"""Grades of evidence, as far as the contract tests weigh them."""

_DOCUMENTED = ("page", "vendor", "vendor-2026")


def is_documented(grade: str | None) -> bool:
    """Whether the vendor has said a fact, or a recording shows it: where it does not hold, callers break."""
    return grade in _DOCUMENTED or is_settled(grade)


def is_vendors_own(grade: str | None) -> bool:
    """Whether the vendor itself says a fact, or a recording shows it, and not a third party's copy of its pages."""
    return grade == "vendor" or is_settled(grade)


def is_settled(grade: str | None) -> bool:
    """Whether the vendor's page of this API says a fact, or a recording of the service shows it."""
    return grade is not None and (grade == "page" or grade.startswith("recorded"))


def is_first_hand(grade: str | None) -> bool:
    """Whether the vendor's page of this API says a fact."""
    return grade == "page"
