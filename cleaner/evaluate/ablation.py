"""What each proposer and each term of the judgement is worth: ``python -m cleaner.evaluate.ablation``.

Restores the blind fitting pages with one part taken out at a time and prints undone, precision, and how many correct
and wrong edits more or fewer there are. The test pages are left alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from cleaner.evaluate.gate import ROOT
from cleaner.evaluate.score import Score, score_page
from cleaner.judge.ngram import NgramModel
from cleaner.packs.lexicon import Lexicon
from cleaner.pipeline import Restorer
from cleaner.propose import Candidate, Proposers
from cleaner.text.tokens import Token


class Without(Proposers):
    """Proposers whose candidates from sources that hold ``mark`` are left out."""

    def __init__(self, lexicon: Lexicon, model: NgramModel, mark: str) -> None:
        super().__init__(lexicon, model)
        self.mark = mark

    def inexact(self, tokens: Sequence[Token]) -> list[Candidate]:
        """What is left."""
        return [each for each in super().inexact(tokens) if self.mark not in each.option.shares[0].source]


def without_source(mark: str) -> Callable[[Restorer], None]:
    """A change that leaves one proposer of inexact forms out."""

    def change(restorer: Restorer) -> None:
        restorer.__dict__["proposers"] = Without(restorer.lexicon, restorer.model, mark)

    return change


def with_weights(**values: float) -> Callable[[Restorer], None]:
    """A change of weights."""

    def change(restorer: Restorer) -> None:
        restorer.__dict__["weights"] = replace(restorer.weights, **values)

    return change


def without_pack(dialect: str) -> Callable[[Restorer], None]:
    """A change that leaves a dialect's entries out."""

    def change(restorer: Restorer) -> None:
        lexicon = restorer.lexicon
        entries = {s: tuple(e for e in es if e.dialect != dialect) for s, es in lexicon.entries.items()}
        restorer.__dict__["lexicon"] = replace(lexicon, entries={s: es for s, es in entries.items() if es})

    return change


PARTS: dict[str, Callable[[Restorer], Any]] = {
    "nothing": lambda restorer: None,
    "inflections": without_source("+inflection"),
    "fuzzy phrases": without_source("+fuzzy"),
    "speller": without_source("symspell:"),
    "language model": with_weights(lm=0.0),
    "channel": with_weights(channel=0.0),
    "cost of keeping": with_weights(keep=0.0),
    "article before": with_weights(article=0.0),
    "digits": with_weights(digit=0.0),
    "unknown words": with_weights(strange=0.0),
    "pack double": without_pack("double"),
    "pack table": without_pack("table"),
}


def main() -> int:
    """Print the table."""
    pages = []
    for path in sorted((ROOT / "fixtures/blind/fit").glob("[td]-*.spun.txt")):
        original = path.with_name(path.name.replace(".spun.", ".orig.")).read_text("utf-8")
        pages.append((path.name[0], path.read_text("utf-8"), original))
    print("| without | table undone | precision | double undone | precision | correct edits | wrong edits |")
    print("|---|---|---|---|---|---|---|")
    whole: Score | None = None
    for name, change in PARTS.items():
        restorer = Restorer()
        change(restorer)
        sums = {"t": Score(), "d": Score()}
        for kind, spun, original in pages:
            sums[kind] += score_page(spun, restorer.restore(spun).text, original)
        both = sums["t"] + sums["d"]
        whole = whole or both
        good, bad = both.helpful - whole.helpful, both.changes - both.helpful - whole.changes + whole.helpful
        figures = " | ".join(f"{s.undone:.3f} | {s.precision:.3f}" for s in sums.values())
        print(f"| {name} | {figures} | {good:+} | {bad:+} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
