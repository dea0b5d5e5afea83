"""What proposers hand on: spans of tokens that could have been something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cleaner.edits import EditKind


class Share(NamedTuple):
    """How an option is known: ``share`` is P(original is swapped) * P(this span | it is), apart from the text's spin
    rate, in ``dialect``, which is empty for options that do not depend on one (spelling, spacing).
    """

    dialect: str
    share: float
    source: str


@dataclass(frozen=True, slots=True)
class Option:
    """What a span may stand for: ``original`` is in lower case, or cased where it is a name (``named``)."""

    original: str
    shares: tuple[Share, ...]
    kind: EditKind
    named: bool = False


class Candidate(NamedTuple):
    """Tokens ``start`` to ``end`` may stand for ``option``."""

    start: int
    end: int
    option: Option


def candidate(
    start: int, end: int, original: str, share: float, source: str, kind: EditKind, dialect: str = ""
) -> Candidate:
    """A candidate that is known in one way."""
    return Candidate(start, end, Option(original, (Share(dialect, share, source),), kind))
