"""Imports that templates write and a module does not use are left out before the formatter sees them."""

import pytest

from generator.upstream.imports import with_used_imports


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("import os\n\nx = 1\n", "\nx = 1\n", id="unused"),
        pytest.param("import os\n\nx = os.sep\n", "import os\n\nx = os.sep\n", id="used"),
        pytest.param("from a import b, cast\n\nforecast(b)\n", "from a import b\n\nforecast(b)\n", id="part"),
        pytest.param("from a import b as c\n\nb()\n", "\nb()\n", id="used under another name"),
        pytest.param("from a import b\nfrom a import b\n\nb()\n", "from a import b\n\nb()\n", id="twice"),
        pytest.param("from a import b\nfrom c import b\nb()\n", "from a import b\nfrom c import b\nb()\n", id="other"),
        pytest.param("from a import b as b\n", "from a import b as b\n", id="offered by a package"),
        pytest.param("from __future__ import annotations\n", "from __future__ import annotations\n", id="future"),
        pytest.param("if x:\n    import os\n", "if x:\n    import os\n", id="in a block, which could be empty then"),
    ],
)
def test_only_what_is_used_is_imported(text: str, expected: str) -> None:
    """A name counts as used where it stands as a word, be it in a text: the formatter looks closer."""
    assert with_used_imports(text) == expected
