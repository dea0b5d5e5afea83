"""Whether a text is spun, how much of it, by which table, and what tells so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from cleaner.edits import Edit, Result, apply, merge
from cleaner.judge.confidence import to_edits
from cleaner.judge.decide import Judgement
from cleaner.judge.weights import Weights
from cleaner.normalise.damage import onto_source
from cleaner.text.tokens import Kind, Token

Verdict = Literal["spun", "human", "unclear"]

SPUN = 0.5
"""Least probability at which a text is judged spun, and restored."""
HUMAN = 0.01
"""Below this probability a text of :data:`LEAST` words is judged human, as 98 % of human texts are."""
LEAST = 60
"""Words below which nothing is judged human: one spun sentence in fourteen holds no swap that can be told."""
SHOWN = 5
"""Swaps that are shown."""


@dataclass(frozen=True, slots=True)
class Swap:
    """The words ``before`` at ``start`` to ``end`` (code points of the text as read), which probably stand for
    ``after``; ``probability`` (0 to 1) is the calibrated one of the edit.
    """

    start: int
    end: int
    before: str
    after: str
    probability: float


@dataclass(frozen=True, slots=True)
class Detection:
    """What a text tells about its spinning, before anything is restored.

    ``spun`` is the probability (0 to 1) that it is spun, as a whole or in part. ``spin_rate`` is the share (0 to 1) of
    the words that a table can swap which were swapped; ``dialect`` names the table, ``None`` where ``spun`` is below
    :data:`SPUN`. ``evidence`` (nats) is what all ``words`` together say for the spun reading; 0 where the words alone
    rule it out. ``swaps`` are the likeliest ones, each substitution once.

    What is paraphrased in fluent words, or translated to and fro, leaves no such marks and counts as human.
    """

    spun: float
    spin_rate: float
    dialect: str | None
    words: int
    evidence: float
    swaps: tuple[Swap, ...]

    @property
    def verdict(self) -> Verdict:
        """``spun`` from :data:`SPUN` on; ``human`` below :data:`HUMAN`, if there are :data:`LEAST` words; else
        ``unclear``.

        >>> [Detection(p, 0.5, None, n, 9.0, ()).verdict for p, n in [(0.5, 9), (0.009, 60), (0.009, 59), (0.01, 999)]]
        ['spun', 'human', 'unclear', 'unclear']
        """
        if self.spun >= SPUN:
            return "spun"
        return "human" if self.spun < HUMAN and self.words >= LEAST else "unclear"

    def as_dict(self) -> dict[str, Any]:
        """Everything, the verdict first, in what JSON can hold."""
        return {"verdict": self.verdict, **asdict(self)}


FIELDS = ("verdict", *(each.name for each in fields(Detection)))
"""What :meth:`Detection.as_dict` holds."""


def to_detection(
    text: str, damage: Sequence[Edit], tokens: Sequence[Token], judgement: Judgement, weights: Weights
) -> Detection:
    """The detection of ``text`` from the ``judgement`` of it with ``damage`` put right, of which ``tokens`` are."""
    middle = apply(text, damage)
    found = merge(edit for edit in to_edits(middle, tokens, judgement, weights) if edit.confidence >= weights.suggest)
    rate, dialect, spun = judgement.page.rate, dialect_of(judgement), judgement.spun
    placed = onto_source(text, damage, Result(middle, middle, (), tuple(found), rate, dialect, spun)).suggestions
    words = sum(token.kind is not Kind.MARK for token in tokens)
    return Detection(spun, rate, dialect, words, judgement.evidence, tuple(_telling(placed)))


def dialect_of(judgement: Judgement) -> str | None:
    """The likeliest dialect of a text that is judged spun."""
    dialects = judgement.page.dialects
    return max(dialects, key=dialects.__getitem__) if judgement.spun >= SPUN else None


def _telling(edits: Sequence[Edit]) -> list[Swap]:
    """The likeliest edits, each substitution where it is likeliest, in order of probability."""
    best: dict[tuple[str, str], Edit] = {}
    for edit in sorted(edits, key=lambda edit: (-edit.confidence, edit.start)):
        best.setdefault((edit.before.casefold(), edit.after.casefold()), edit)
    return [Swap(e.start, e.end, e.before, e.after, e.confidence) for e in list(best.values())[:SHOWN]]
