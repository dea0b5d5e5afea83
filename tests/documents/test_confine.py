from __future__ import annotations

import pytest

from cleaner.documents.confine import confine
from cleaner.documents.document import Barriers
from cleaner.edits import Edit, Result, apply

TEXT = "an graceful move was made"
SPIN = Edit(3, 11, "graceful", "smooth", "spin", "x", 0.9)
ARTICLE = Edit(0, 2, "an", "a", "agreement", "agreement", 0.9)
DOUBT = Edit(21, 25, "made", "done", "spin", "x", 0.2)

CASES = {
    "no barriers": (Barriers(), [ARTICLE, SPIN], [DOUBT]),
    "barriers beside": (Barriers((2, 3, 11), ((2, 3), (11, 16))), [ARTICLE, SPIN], [DOUBT]),
    "crossing": (Barriers((5,)), [], [SPIN, DOUBT]),
    "crossing elsewhere": (Barriers((22,)), [ARTICLE, SPIN], [DOUBT]),
    "fixed": (Barriers(fixed=((10, 14),)), [], [DOUBT]),
    "fixed article": (Barriers(fixed=((0, 1),)), [SPIN], [DOUBT]),
    "fixed suggestion": (Barriers(fixed=((17, 25),)), [ARTICLE, SPIN], []),
    "a block": (Barriers(blocks=frozenset({(3, 11)})), [ARTICLE, SPIN], [DOUBT]),
}


@pytest.mark.parametrize(("barriers", "edits", "suggestions"), CASES.values(), ids=CASES)
def test_edits_keep_to_barriers(barriers: Barriers, edits: list[Edit], suggestions: list[Edit]) -> None:
    made = (ARTICLE, SPIN)
    confined = confine(Result(TEXT, apply(TEXT, made), made, (DOUBT,), 0.3, "table", 0.9), barriers)
    assert confined == Result(TEXT, apply(TEXT, edits), tuple(edits), tuple(suggestions), 0.3, "table", 0.9)
