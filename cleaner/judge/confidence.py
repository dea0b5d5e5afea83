"""From posteriors to edits: the score terms that explain each, and a calibrated confidence."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from cleaner.edits import Alternative, Edit, log_odds
from cleaner.judge.decide import Judgement, Reading
from cleaner.judge.weights import Weights
from cleaner.text.casing import like
from cleaner.text.spelling import british, is_british
from cleaner.text.tokens import Token

FLOOR = 0.02
"""Posteriors below this are not worth showing as alternatives."""


def to_edits(text: str, tokens: Sequence[Token], judgement: Judgement, weights: Weights) -> list[Edit]:
    """One edit for each span with a reading of some weight: its likeliest reading, the others as alternatives."""
    spans: dict[tuple[int, int], list[Reading]] = defaultdict(list)
    for reading in judgement.readings:
        if reading.probability >= FLOOR:
            spans[reading.start, reading.end].append(reading)
    if not spans:
        return []
    straight = "’" not in text
    spell = british if is_british(token.key for token in tokens) else str
    edits = []
    for (first, last), readings in sorted(spans.items()):
        start, end = tokens[first].start, tokens[last - 1].end
        before = text[start:end]
        texts: dict[str, float] = defaultdict(float)
        for reading in readings:
            after = like(before, spell(reading.original), opens=tokens[first].opens)
            texts[after if straight else after.replace("'", "’")] += reading.probability
        ranked = sorted(texts.items(), key=lambda item: (-item[1], item[0]))
        after, probability = ranked[0]
        if after == before:
            continue
        best = max(readings, key=lambda r: r.probability)
        others = [Alternative(other, round(p, 4)) for other, p in ranked[1:6]]
        edits.append(
            Edit(
                start,
                end,
                before,
                after,
                best.kind,
                best.source,
                round(calibrated(probability, weights) * judgement.parts[first], 4),
                (*others, Alternative(before, round(best.kept, 4))),
                {name: round(value, 3) for name, value in best.terms},
            )
        )
    return edits


def is_sure(edit: Edit, weights: Weights) -> bool:
    """Whether an edit is better made than left: the less likely its words stand rightly, the less it takes, as then
    even a wrong reading does no harm.
    """
    kept = next((a.probability for a in edit.alternatives if a.text == edit.before), 0.0)
    return edit.confidence >= threshold(kept, weights)


def threshold(kept: float, weights: Weights) -> float:
    """Least confidence at which words are changed that stand rightly with the probability ``kept``."""
    return weights.apply + weights.apply_kept * kept


def calibrated(probability: float, weights: Weights) -> float:
    """The posterior mapped to how often such edits are right (Platt 1999), on the log-odds scale."""
    return 1 / (1 + math.exp(-(weights.platt_slope * log_odds(probability) + weights.platt_offset)))
