"""What reviewers said of each substitution, over all texts: how much more or less it is to be believed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.packs.model import Verdicts
from cleaner.text.tokens import fold

FORBIDDEN = 2.0
"""Loss from which a substitution that nobody ever accepted is not made any more: about three sure changes."""

Pair = tuple[str, str]
"""Before and after, both folded."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The sum of the verdicts on one substitution; ``original`` as it was last written."""

    original: str
    accepted: int
    rejected: int
    gain: float
    loss: float

    @property
    def weight(self) -> float:
        """What the substitution's probability is multiplied by, from what was news in the verdicts (pseudo-count 1).

        A suggestion of 20 % that is rejected was expected to be: it loses little. A change of 95 % that is rejected
        halves.

        >>> [round(Tally("x", 0, 1, 0.0, loss).weight, 2) for loss in (0.2, 0.95)]
        [0.83, 0.51]
        """
        return (1 + self.gain) / (1 + self.loss)

    @property
    def forbidden(self) -> bool:
        """Whether the substitution is not to be made any more.

        >>> [Tally("x", accepted, 3, 0.0, 2.7).forbidden for accepted in (0, 1)]
        [True, False]
        """
        return not self.accepted and self.loss >= FORBIDDEN


def tallies(verdicts: Iterable[Verdicts]) -> dict[Pair, Tally]:
    """The tally of each substitution.

    >>> said = [Verdicts("price", "worth", 1, 0, 0.75, 0.0, "a"), Verdicts("price", "worth", 0, 1, 0.0, 0.5, "b")]
    >>> tallies(said)[("worth", "price")]
    Tally(original='price', accepted=1, rejected=1, gain=0.75, loss=0.5)
    """
    sums: dict[Pair, Tally] = {}
    for each in verdicts:
        pair = fold(each.spun), fold(each.original)
        so_far = sums.get(pair, Tally("", 0, 0, 0.0, 0.0))
        sums[pair] = Tally(
            each.original,
            so_far.accepted + each.accepted,
            so_far.rejected + each.rejected,
            so_far.gain + each.gain,
            so_far.loss + each.loss,
        )
    return sums
