from __future__ import annotations

import pytest

from cleaner.text.markers import left_alone

MARKERS = [
    ("<!-- cleaner: off -->a<!-- cleaner: on -->b", ["<!-- cleaner: off -->a<!-- cleaner: on -->"]),
    ("a<!--cleaner:OFF-->b", ["<!--cleaner:OFF-->b"]),
    ("a <!-- cleaner: on --> b", ["<!-- cleaner: on -->"]),
    ("<!-- cleaner: off -->a<!-- cleaner: off -->b<!-- cleaner: on -->c", None),
    ("a\ncleaner: off\nb\ncleaner: on\nc", ["cleaner: off\nb\ncleaner: on"]),
    ("a\r\n  // cleaner: off \r\nb", ["  // cleaner: off \r\nb"]),
    ("a\r# cleaner: off\rb\r# cleaner: on\rc", ["# cleaner: off\rb\r# cleaner: on"]),
    ("The window cleaner: off he went.", []),
    ("cleaner: offal", []),
    ("# cleaner: skip\na", []),
    ("a\rb <!-- cleaner: skip --> c\r\nd", ["b <!-- cleaner: skip --> c"]),
    ("<!-- cleaner: skip -->", ["<!-- cleaner: skip -->"]),
]


@pytest.mark.parametrize(("text", "found"), MARKERS, ids=[ascii(text) for text, _ in MARKERS])
def test_markers(text, found):
    assert [text[a:b] for a, b in left_alone(text)] == ([text[:-1]] if found is None else found)
