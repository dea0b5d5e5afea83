"""How well spun text is told from other text: ``python -m cleaner.evaluate.detection [--data FOLDER]``.

Prints tables by length of text and writes them to ``benchmarks/DETECTION.md``, with the ROC curves beside them. The
corpora (not part of the repository) are read from FOLDER where it is at hand.

The score is the probability of being spun before the screen, which sets it to 0 for most human text: curves and areas
are of the score itself, and what the screen costs is a column of its own. Lengths are runs of whole sentences.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cleaner.detection import HUMAN, LEAST, SPUN
from cleaner.evaluate.corpora import Part, documents, part
from cleaner.evaluate.curve import Curve, draw, roc
from cleaner.evaluate.gate import CORPORA, ROOT
from cleaner.judge.decide import judge
from cleaner.learn.spin import forward_table, spin
from cleaner.packs.load import load_pack, shipped_folder
from cleaner.pipeline import Restorer
from cleaner.text.tokens import Kind, tokenize

LENGTHS = {"a sentence": 5, "60 words": 60, "150 words": 150, "a page (300 words)": 300}
"""Least number of words of an excerpt."""
PARTIAL = 0.8
"""Share of that length which the rest of a text may have."""
MOST = 120_000
"""Words of a corpus that are measured, a quarter of them at each length."""
RATES = (0.25, 0.5, 1.0)
"""Share of the table's swaps that a program makes."""
SPECIFICITY = 0.99
OPEN = "voa-news", "gov-digital"
"""The corpora that are spun by program."""

_restorer = Restorer()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text of one ``source`` and one of :data:`LENGTHS`."""

    source: str
    length: str
    text: str


@dataclass(frozen=True, slots=True)
class Scored:
    """The probability that an excerpt is spun, and whether the screen would rule it out before that is known."""

    source: str
    length: str
    words: int
    score: float
    ruled_out: bool


def excerpts(text: str, least: int) -> Iterator[str]:
    """Runs of whole sentences of at least ``least`` words, from the start on; a rest that is much shorter is left out.

    >>> list(excerpts("One two three. Four five. Six seven eight nine. Ten.", 4))
    ['One two three. Four five.', 'Six seven eight nine.']
    """
    start, end, size = 0, 0, 0
    for token in tokenize(text):
        if token.opens and size >= least:
            yield text[start:end]
            start, size = token.start, 0
        size += token.kind is not Kind.MARK
        end = token.end
    if size >= max(1.0, PARTIAL * least):
        yield text[start:end]


def blind() -> Iterator[Excerpt]:
    """The blind pages, spun by hand, and their originals. Excerpts that the spinning left as they were are left out."""
    for path in sorted((ROOT / "fixtures/blind").glob("*/*.spun.txt")):
        original = path.with_name(path.name.replace(".spun.", ".orig.")).read_text("utf-8")
        family = {"t": "table", "d": "double", "p": "paraphrased"}[path.name[0]]
        for name, least in LENGTHS.items():
            for text in excerpts(path.read_text("utf-8"), least):
                if text not in original:
                    yield Excerpt(f"{path.parent.name} {family}", name, text)
            for text in excerpts(original, least):
                yield Excerpt(f"{path.parent.name} {family} originals", name, text)


def human(data: Path, rng: random.Random) -> Iterator[Excerpt]:
    """Excerpts of the human-written corpora, of their test parts where they have one."""
    for corpus, wanted in CORPORA.items():
        path = data / "corpora" / f"{corpus}.txt.xz"
        texts = documents(path) if wanted is None else part(path, wanted)
        yield from drawn(corpus, texts, rng)


def program_spun(data: Path, rng: random.Random, each: int = 30) -> Iterator[Excerpt]:
    """Documents of the corpora's test parts run through the shipped tables at several rates."""
    tables = [forward_table(load_pack(shipped_folder() / name).rows) for name in ("table", "double")]
    for corpus in OPEN:
        texts = rng.sample(part(data / "corpora" / f"{corpus}.txt.xz", Part.TEST), each)
        for rate in RATES:
            for count, name in enumerate(("table", "double"), 1):
                spun = [spin(text, tables[:count], rng, rate) for text in texts]
                yield from drawn(f"program {name} {rate}", spun, rng, MOST // 8, "\n".join(texts))


def drawn(
    source: str, texts: Iterable[str], rng: random.Random, most: int = MOST, original: str = ""
) -> Iterator[Excerpt]:
    """Excerpts of ``texts`` of all lengths, of about ``most`` words together, that do not stand in ``original``."""
    texts = list(texts)
    for name, least in LENGTHS.items():
        found = [each for text in texts for each in excerpts(text, least) if each not in original]
        count = most // len(LENGTHS) // max(20, least)
        yield from (Excerpt(source, name, text) for text in rng.sample(found, min(count, len(found))))


def score(excerpt: Excerpt) -> Scored:
    """The score of an excerpt by this process's restorer."""
    tokens = tokenize(excerpt.text)
    candidates = _restorer.proposers.exact(tokens)
    judged = judge(tokens, candidates, _restorer.lexicon, _restorer.model, _restorer.weights)
    words = sum(token.kind is not Kind.MARK for token in tokens)
    return Scored(excerpt.source, excerpt.length, words, judged.spun, _restorer.screen.rules_out(tokens))
