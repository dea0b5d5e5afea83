"""From posteriors to edits: the score terms that explain each, and a calibrated confidence."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from cleaner.edits import Alternative, Edit
from cleaner.judge.decide import Judgement, Reading
from cleaner.judge.weights import Weights
from cleaner.text.casing import like
from cleaner.text.tokens import Token


def to_edits(text: str, tokens: Sequence[Token], judgement: Judgement, weights: Weights) -> list[Edit]:
    """One edit for each span with a reading of some weight: its likeliest reading, the others as alternatives."""
    spans: dict[tuple[int, int], list[Reading]] = defaultdict(list)
    for reading in judgement.readings:
        if reading.probability >= weights.suggest / 4:
            spans[reading.candidate.start, reading.candidate.end].append(reading)
    edits = []
    for (first, last), readings in sorted(spans.items()):
        readings.sort(key=lambda r: -r.probability)
        start, end = tokens[first].start, tokens[last - 1].end
        before = text[start:end]

        def worded(reading: Reading, before: str = before, opens: bool = tokens[first].opens) -> str:
            return _typed_like(before, like(before, reading.candidate.original, opens=opens), text)

        best = readings[0]
        after = worded(best)
        if after == before:
            continue
        others = tuple(Alternative(worded(r), round(r.probability, 4)) for r in readings[1:6])
        keep = (Alternative(before, round(best.kept, 4)),)
        confidence = round(calibrated(best.probability, weights), 4)
        edits.append(
            Edit(
                start,
                end,
                before,
                after,
                best.candidate.kind,
                best.candidate.source,
                confidence,
                others + keep,
                {name: round(value, 3) for name, value in best.terms.items()},
            )
        )
    return edits


def calibrated(probability: float, weights: Weights) -> float:
    """The posterior mapped to how often such edits are right (Platt 1999), on the log-odds scale."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    logit = math.log(p / (1 - p))
    return 1 / (1 + math.exp(-(weights.platt_slope * logit + weights.platt_offset)))


def _typed_like(before: str, after: str, text: str) -> str:
    """Apostrophes as the text has them.

    >>> _typed_like("girls’s", "women's", "girls’s rights")
    'women’s'
    """
    return after.replace("'", "’") if "’" in text and "'" not in before else after
