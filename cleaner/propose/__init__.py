"""Which spans of a text could have been something else."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.packs.lexicon import Lexicon
from cleaner.propose.candidates import Candidate
from cleaner.propose.phrases import exact
from cleaner.text.tokens import Token

__all__ = ["Candidate", "propose"]


def propose(tokens: Sequence[Token], lexicon: Lexicon) -> list[Candidate]:
    """All candidates for ``tokens``, from every proposer."""
    return list(exact(tokens, lexicon))
