"""What a page is looked at in."""

import pytest

# Each theme and each width once; the other two among the long tests.
THEMES_AND_WIDTHS = pytest.mark.parametrize(
    ("theme", "width"),
    [
        ("light", 1440),
        ("dark", 360),
        pytest.param("dark", 1440, marks=pytest.mark.long),
        pytest.param("light", 360, marks=pytest.mark.long),
    ],
)
