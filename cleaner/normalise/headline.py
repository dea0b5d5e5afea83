"""A headline that stands twice, as scrapers take it from the page's head and from its body."""

from __future__ import annotations

import re

from cleaner.edits import Edit, log_odds

CONFIDENCE = 0.97
NEAR = 5
"""Lines below the headline in which it may stand again: names, dates and a summary come between."""
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


def headline_edits(text: str) -> list[Edit]:
    r"""The removal of the first line's repetition. A headline has three to 30 words and does not end as a sentence.

    >>> [(e.start, e.before) for e in headline_edits("Talks fall through\nBy A. B.\n\nTalks fall through\nThey fell.")]
    [(29, 'Talks fall through')]
    >>> headline_edits("Row, row, row your boat.\nRow, row, row your boat.\n")
    []
    """
    lines = _LINE.finditer(text)
    first = next(lines, None)
    if first is None or not 3 <= len(first.group().split()) <= 30 or first.group().rstrip()[-1] in ".!?…:;,":
        return []
    for _, line in zip(range(NEAR), lines, strict=False):
        if line.group().casefold().split() == first.group().casefold().split():
            reason = {"rule": log_odds(CONFIDENCE)}
            before = line.group()
            return [Edit(line.start(), line.end(), before, "", "residue", "repeated-headline", CONFIDENCE, (), reason)]
    return []
