"""What proposers hand on: spans of tokens that could have been something else."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.edits import EditKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens ``start`` to ``end`` may stand for ``original`` (lower case, or cased where it is a name).

    ``swap`` is P(original is swapped) and ``form`` is P(this span | it is swapped), apart from the text's spin rate.
    ``dialect`` is empty for candidates that do not depend on one (spelling, spacing).
    """

    start: int
    end: int
    original: str
    swap: float
    form: float
    dialect: str
    source: str
    kind: EditKind
    named: bool = False
