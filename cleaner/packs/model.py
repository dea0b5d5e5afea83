"""What a rule pack holds. Data only: packs are folders, see :mod:`cleaner.packs.load`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

from cleaner.edits import EditKind


class PackError(ValueError):
    """A pack that cannot be used; the message names file, line and cause."""


@dataclass(frozen=True, slots=True)
class Row:
    """The table turns ``original`` into ``spun``.

    ``form`` is P(spun | original is swapped), ``swap`` is P(original is swapped), both in (0, 1]. ``source`` says how
    the row is known: ``pack:file``; ``seen`` says that pages showed how often the original was swapped.
    """

    original: str
    spun: str
    form: float
    swap: float
    source: str
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What reviewers of one ``text`` said to reading ``spun`` (folded) as ``original``: how often they ``accepted`` and
    ``rejected`` it, and how much of that was news.

    ``gain`` sums over the accepted ones what their confidence lacked to 1, ``loss`` the confidence of the rejected
    ones, so that a verdict weighs as much as it contradicts.
    """

    original: str
    spun: str
    accepted: int
    rejected: int
    gain: float
    loss: float
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A regular expression and what replaces its match, with examples of what it must and must not change."""

    name: str
    kind: EditKind
    pattern: regex.Pattern[str]
    replace: str
    confidence: float
    spun_only: bool
    changes: tuple[tuple[str, str], ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A loaded pack. ``dialect`` is empty for packs whose rules serve every text; ``after`` names the pack whose
    output this one's table was applied to (a text spun twice).
    """

    name: str
    version: str
    language: str
    licence: str
    provenance: str
    dialect: str
    after: str
    folder: Path
    rows: tuple[Row, ...]
    phrases: tuple[Row, ...]
    names: tuple[str, ...]
    rules: tuple[Rule, ...]
    protect: frozenset[str]
    verdicts: tuple[Verdicts, ...] = ()
