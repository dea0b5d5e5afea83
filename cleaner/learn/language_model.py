"""Compile the shipped language model: a broadcast-news trigram model interpolated with counts of our own.

Run as ``python -m cleaner.learn.language_model DATA OUT``. Needs the ``pocketsphinx`` wheel (BSD), the two
public-domain corpora in DATA/corpora, the substitutions observed on spun pages in DATA/dialects, Debian's
``wordnet-base`` (BSD-like), of which the example sentences are counted, and the texts of our own writing in
``fixtures/language``.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np

from cleaner.evaluate.corpora import Part, part
from cleaner.judge.ngram import BEGIN, END, NUMBER, UNKNOWN, Array, NgramModel
from cleaner.learn.mixture import kneser_ney, mix, tables, widen
from cleaner.learn.sphinx import read_sphinx
from cleaner.learn.table import from_tsv
from cleaner.text.tokens import Kind, tokenize

SHARE = 0.4
"""Weight of our own counts beside the broadcast-news model."""
RARE = 3
"""Words seen less often than this are unknown words, unless another source knows them."""
PRUNE = 5e-9
"""A trigram that changes the model by less than this (probability times log ratio) is left to its back-off."""
TIMES = 2
"""How often a phrase or sentence that was written or chosen for its usage counts beside one of the corpora."""
WORDNET = Path("/usr/share/wordnet")
LANGUAGE = Path(__file__).resolve().parent.parent.parent / "fixtures" / "language"


def sentences(text: str) -> list[list[str]]:
    """The keys of words and numbers, by sentence; marks are not part of the model."""
    out: list[list[str]] = []
    for token in tokenize(text):
        if token.opens:
            out.append([])
        if token.kind in (Kind.WORD, Kind.NUMBER) and out:
            out[-1].append(NUMBER if token.kind is Kind.NUMBER else token.key)
    return [s for s in out if s]


def phrases() -> Iterator[list[str]]:
    """The keys of collocations of our own writing and of WordNet's example sentences."""
    for line in (LANGUAGE / "collocations.tsv").read_text("utf-8").splitlines():
        for phrase in line.partition("\t")[2].split("|"):
            yield from sentences(phrase)
    for name in ("noun", "verb", "adj", "adv"):
        for line in (WORDNET / f"data.{name}").read_text("utf-8").splitlines():
            for example in re.findall(r'"([^"]+)"', line.partition("|")[2]):
                yield from sentences(example)


def prose() -> Iterator[list[str]]:
    """The sentences of the news prose of our own writing."""
    with lzma.open(LANGUAGE / "prose.txt.xz", "rt", encoding="utf-8") as file:
        yield from sentences(file.read())


def common_words() -> dict[str, int]:
    """Words and counts of SymSpell's English list: the supplement for words that neither model has seen."""
    text = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    return {word: int(count) for word, count in (line.split() for line in text.splitlines())}


def observed(dialects: Path) -> Counter[str]:
    """How often each word occurs in the originals of pages that were spun (Kneser, Peters and Klakow 1997 adapt models
    by such counts: a page that gets spun speaks of other things than broadcast news did).
    """
    seen = from_tsv(dialects / "observed.tsv", dialects / "kept.tsv", "table")
    counts = Counter(seen.kept)
    for (original, _), times in seen.swapped.items():
        for words in sentences(original):
            counts.update({word: times * count for word, count in Counter(words).items()})
    return counts


def build(data: Path, share: float = SHARE, prune: float = PRUNE) -> NgramModel:
    """The shipped model. ``data`` holds the corpora and the observed substitutions."""
    sphinx = read_sphinx()
    names = ("voa-news.txt.xz", "gov-digital.txt.xz")
    text = [s for name in names for document in part(data / "corpora" / name, Part.MODEL) for s in sentences(document)]
    text += [sentence for sentence in prose() for _ in range(TIMES)]
    fragments = [phrase for phrase in phrases() for _ in range(TIMES)]
    supplement = common_words()
    known = {BEGIN, END, UNKNOWN, NUMBER, *sphinx.words}
    known.update(word for word, count in Counter(w for s in (*text, *fragments) for w in s).items() if count >= RARE)
    words = {word: at for at, word in enumerate(sorted(known | set(supplement)))}
    spare = _spare(words, supplement)
    bounded = [[BEGIN, *sentence, END] for sentence in text] + [f for f in fragments if len(f) > 1]
    stream = [-1, *(at for s in bounded for at in (*(words[w if w in known else UNKNOWN] for w in s), -1))]
    a = widen(sphinx, words, spare)
    b = kneser_ney(np.array(stream, np.int64), len(words), np.maximum(a.unigram, 1e-9))
    counts = np.zeros(len(words))
    for word, count in observed(data / "dialects").items():
        if word in words:
            counts[words[word]] += count
    return NgramModel.of(tables(list(words), mix(a, b, share, prune), counts))


def _spare(words: dict[str, int], supplement: dict[str, int]) -> Array:
    """Unigram probabilities for words that the broadcast-news model lacks."""
    spare = np.full(len(words), 1e-9)
    scale = 0.2 / sum(supplement.values())
    for word, count in supplement.items():
        spare[words[word]] = max(count * scale, 1e-9)
    spare[words[UNKNOWN]], spare[words[NUMBER]] = 0.01, 0.01
    return spare


def perplexity(model: NgramModel, path: Path, wanted: Part) -> float:
    """Perplexity per word of one part of a corpus, unknown words included."""
    scores = [model.sentence(s) for document in part(path, wanted) for s in sentences(document)]
    return float(np.exp(-np.concatenate(scores).mean()))


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    model = build(source)
    model.save(target)
    for name in ("voa-news.txt.xz", "gov-digital.txt.xz", "bbc-news-evaluation.txt.xz"):
        print(f"{name}: perplexity {perplexity(model, source / 'corpora' / name, Part.FIT):.1f}", file=sys.stderr)
