"""Grades of evidence, as far as the contract tests weigh them."""


def is_settled(grade: str | None) -> bool:
    """Whether the vendor's page of this API says a fact, or a recording of the service shows it."""
    return grade is not None and (grade == "page" or grade.startswith("recorded"))


def is_first_hand(grade: str | None) -> bool:
    """Whether the vendor's page of this API says a fact."""
    return grade == "page"
