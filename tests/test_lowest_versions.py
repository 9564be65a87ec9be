"""The lower ends of the ranges that the package declares."""

import pytest

from tests.lowest_versions import declared, lowest


def test_each_library_is_pinned_to_its_lower_end() -> None:
    """Libraries of the package and of its extras, each once; an upper end does not matter."""
    project = {
        "name": "ours",
        "dependencies": ["attrs>=23.2", "httpx<1,>=0.27"],
        "optional-dependencies": {"cli": ["rich>=13", "attrs>=23.2"], "all": ["ours[cli]"]},
    }
    assert lowest(declared(project)) == ["attrs==23.2", "httpx==0.27", "rich==13"]


@pytest.mark.parametrize(
    ("requirements", "said"),
    [(["attrs"], "attrs does not have one lower end"), (["attrs>=23", "attrs>=24"], "two lower ends: 23 and 24")],
)
def test_a_range_without_one_lower_end_is_refused(requirements: list[str], said: str) -> None:
    """What CI could not test at its lower end is not declared."""
    with pytest.raises(ValueError, match=said):
        lowest(requirements)
