"""What became of a file: the figures and substitutions that the summary of a batch is made of."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from cleaner.edits import Edit, Result
from cleaner.report.figures import figures
from cleaner.text.tokens import fold

Pair = tuple[str, str]
"""A substitution as before and after, both folded: in any case it is the same one."""
AROUND = 40
"""Characters of context on each side of an example."""


@dataclass(frozen=True, slots=True)
class Example:
    """A change in its place: whole words within :data:`AROUND` characters ``left`` and ``right`` of it, blanks made
    single.
    """

    left: str
    before: str
    after: str
    right: str


@dataclass(frozen=True, slots=True)
class Use:
    """How often a file has a substitution ``made``, or ``suggested`` only; its first making is the ``example``.

    ``held`` says that it may stand there but was rejected.
    """

    pair: Pair
    kind: str = ""
    made: int = 0
    suggested: int = 0
    held: bool = False
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a file. ``spin_rate`` and ``spun`` (0 to 1) are means over its words; ``dialect`` is that of most of
    them; ``confidence`` is the mean (0 to 1) over its changes, or ``None``.
    """

    words: int = 0
    changes: int = 0
    suggestions: int = 0
    spin_rate: float = 0.0
    dialect: str | None = None
    spun: float = 0.0
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the file ``name``: with a ``reason`` it failed, and the rest is empty.

    ``input`` and ``output`` are the SHA-256 (hexadecimal) of the bytes read and written; ``rejects`` counts the records
    of a file of records that came out as they went in because they could not be used.
    """

    name: str
    reason: str | None = None
    input: str = ""
    output: str = ""
    figures: Figures = field(default_factory=Figures)
    uses: tuple[Use, ...] = ()
    rejects: int = 0


class Tally:
    """The results of one file, added up; a file of records has many. ``rejected`` are the pairs never made."""

    def __init__(self, rejected: Collection[Pair] = ()) -> None:
        self._rejected = rejected
        self._words = self._changes = self._suggestions = 0
        self._rate = self._spun = self._sure = 0.0
        self._dialects: Counter[str | None] = Counter()
        self._uses: dict[Pair, Use] = {}

    def add(self, result: Result) -> None:
        """Count a result."""
        found = figures(result)
        self._words += found.words
        self._changes += found.changes
        self._suggestions += found.suggestions
        self._sure += math.fsum(edit.confidence for edit in result.edits)
        self._rate += result.spin_rate * found.words
        self._spun += result.spun * found.words
        self._dialects[result.dialect] += found.words
        for edit in result.edits:
            use = self._use(edit)
            self._uses[use.pair] = replace(use, made=use.made + 1, example=use.example or _example(result, edit))
        for edit in result.suggestions:
            use = self._use(edit)
            self._uses[use.pair] = replace(use, suggested=use.suggested + 1)
        if self._rejected:
            self._hold(fold(result.source))

    @property
    def figures(self) -> Figures:
        """The figures of all results."""
        weight = self._words or 1
        return Figures(
            self._words,
            self._changes,
            self._suggestions,
            self._rate / weight,
            max(self._dialects, key=self._dialects.__getitem__, default=None),
            self._spun / weight,
            self._sure / self._changes if self._changes else None,
        )

    @property
    def uses(self) -> tuple[Use, ...]:
        """The substitutions, in order of their pairs."""
        return tuple(self._uses[pair] for pair in sorted(self._uses))

    def _use(self, edit: Edit) -> Use:
        pair = fold(edit.before), fold(edit.after)
        return self._uses.get(pair) or Use(pair, edit.kind)

    def _hold(self, text: str) -> None:
        """Note which rejected pairs a text could have: when one is taken back, its files must be done again."""
        for pair in self._rejected:
            if pair[0] in text and pair not in self._uses:
                self._uses[pair] = Use(pair, held=True)


def _example(result: Result, edit: Edit) -> Example:
    start, end = edit.start - AROUND, edit.end + AROUND
    left, right = result.source[max(0, start) : edit.start], result.source[edit.end : end]
    left = re.sub(r"^\S*\s+", "", left) if start > 0 else left
    right = re.sub(r"\s+\S*$", "", right) if end < len(result.source) else right
    return Example(re.sub(r"\s+", " ", left), edit.before, edit.after, re.sub(r"\s+", " ", right))
