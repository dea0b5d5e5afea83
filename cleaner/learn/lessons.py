"""What a pack with verdicts changes: which substitutions enter, gain, lose, or are never made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from cleaner.packs.lexicon import Lexicon, entries_for, phrase_key
from cleaner.packs.model import Verdicts
from cleaner.packs.tally import Pair, Tally, tallies
from cleaner.report.view import visible

Outcome = Literal["never made again", "enter", "gain", "lose"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
LISTED = 20
"""How many substitutions of each outcome are listed; the pack holds all."""


class Lesson(NamedTuple):
    """What becomes of a substitution, and what was said of it."""

    pair: Pair
    tally: Tally
    outcome: Outcome


def lessons(verdicts: Sequence[Verdicts], before: Lexicon, after: Lexicon) -> Iterator[Lesson]:
    """The substitutions of ``verdicts`` that are believed otherwise ``after`` them than ``before``."""
    for pair, tally in tallies(verdicts).items():
        one, other = _share(pair, before), _share(pair, after)
        if pair in after.never:
            yield Lesson(pair, tally, "never made again")
        elif one != other:
            yield Lesson(pair, tally, "enter" if not one else "gain" if one < other else "lose")


def lines(found: Sequence[Lesson]) -> Iterator[str]:
    """The lessons for reading: by outcome, those with the most effect first."""
    for outcome in OUTCOMES:
        group = sorted((each for each in found if each.outcome == outcome), key=_rank)
        yield f"{outcome}: {len(group):,}"
        for (spun, _), tally, _ in group[:LISTED]:
            odds = "" if outcome == "never made again" else f", × {tally.weight:.2f}"
            yield (
                f"  {visible(spun)} → {visible(tally.original)}: "
                f"accepted {tally.accepted}, rejected {tally.rejected}{odds}"
            )
        if len(group) > LISTED:
            yield f"  … and {len(group) - LISTED:,} more"


def _rank(lesson: Lesson) -> tuple[float, Pair]:
    weight = lesson.tally.weight
    return min(weight, 1 / weight), lesson.pair


def _share(pair: Pair, lexicon: Lexicon) -> float:
    entries = entries_for(pair[1], lexicon.entries.get(phrase_key(pair[0]), ()))
    return sum(entry.swap * entry.form for entry in entries)
