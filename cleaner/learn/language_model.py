"""Compile the shipped language model: a broadcast-news trigram model interpolated with counts of two corpora.

Run as ``python -m cleaner.learn.language_model CORPORA OUT``; needs the ``pocketsphinx`` wheel (BSD), whose US-English
model is read here, and the two public-domain corpora. Linear interpolation of back-off models as SRILM does it
(Stolcke 2002); the corpora's own model is interpolated Kneser-Ney (Chen and Goodman 1998) with one discount an order.
"""

from __future__ import annotations

import importlib.util
import struct
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from cleaner.evaluate.corpora import Part, part
from cleaner.judge.ngram import BEGIN, END, NUMBER, UNKNOWN, Array, Floats, Ids, NgramModel, NgramTables
from cleaner.packs.load import shipped_folder
from cleaner.text.tokens import Kind, tokenize

SHARE = 0.4
"""Weight of the corpora's model; perplexity on the corpora's fitting parts is flat around it."""
DISCOUNT = (0.5, 0.7, 0.8)
TIMES = 4
"""How often each collocation counts beside the corpora's sentences."""
RARE = 3
"""Corpus words seen less often than this are unknown words."""
PRUNE = 5e-9
"""A trigram that changes the model by less than this (probability times log ratio) is left to its back-off."""


def sentences(text: str) -> list[list[str]]:
    """The keys of words and numbers, by sentence; marks are not part of the model."""
    out: list[list[str]] = []
    for token in tokenize(text):
        if token.opens:
            out.append([])
        if token.kind in (Kind.WORD, Kind.NUMBER) and out:
            out[-1].append(NUMBER if token.kind is Kind.NUMBER else token.key)
    return [s for s in out if s]


def read_sphinx() -> NgramTables:
    """The US-English model in the pocketsphinx wheel, decoded from its trie (layout: sphinxbase ``lm_trie.c``)."""
    spec = importlib.util.find_spec("pocketsphinx")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install pocketsphinx: the model is compiled from the one in its wheel")
    data = (Path(spec.origin).parent / "model/en-us/en-us.lm.bin").read_bytes()
    at = len(b"Trie Language Model") + 1
    counts = struct.unpack_from("<3I", data, at)
    at += 16
    quantised = np.frombuffer(data, "<f4", 3 << 16, at)
    at += quantised.nbytes
    layout = np.dtype([("logp", "<f4"), ("backoff", "<f4"), ("next", "<u4")])
    unigrams = np.frombuffer(data, layout, counts[0] + 1, at)
    at += unigrams.nbytes
    word_bits, next_bits = counts[0].bit_length(), counts[2].bit_length()
    width2, width3 = word_bits + 32 + next_bits, word_bits + 16
    bytes2, bytes3 = (((1 + n) * width + 7) // 8 + 8 for n, width in ((counts[1], width2), (counts[2], width3)))
    raw2, raw3 = np.frombuffer(data, np.uint8, bytes2, at), np.frombuffer(data, np.uint8, bytes3, at + bytes2)
    size = int(unigrams["next"][-1])
    rows2, rows3 = np.arange(size), np.arange(counts[2])
    next2 = np.append(_bits(raw2, rows2, width2, word_bits + 32, next_bits), counts[2])
    newest2 = np.repeat(np.arange(counts[0]), np.diff(unigrams["next"].astype(np.int64)).astype(np.int64))
    oldest2 = _bits(raw2, rows2, width2, 0, word_bits)
    node3 = np.repeat(rows2, np.diff(next2).astype(np.int64))
    oldest3 = _bits(raw3, rows3, width3, 0, word_bits)
    nat = np.float32(np.log(1.0001))
    return NgramTables(
        [w.decode() for w in data[at + bytes2 + bytes3 + 4 :].split(b"\0") if w],
        unigrams["logp"][:-1] * nat,
        unigrams["backoff"][:-1] * nat,
        np.stack((oldest2, newest2), 1),
        quantised[_bits(raw2, rows2, width2, word_bits + 16, 16)] * nat,
        quantised[65536 + _bits(raw2, rows2, width2, word_bits, 16)] * nat,
        np.stack((oldest3, oldest2[node3], newest2[node3]), 1),
        quantised[131072 + _bits(raw3, rows3, width3, word_bits, 16)] * nat,
    )


def _bits(raw: Array, rows: Ids, width: int, offset: int, length: int) -> Ids:
    """Fields of ``length`` bits at ``offset`` in packed little-endian records of ``width`` bits."""
    position = rows.astype(np.uint64) * np.uint64(width) + np.uint64(offset)
    byte = (position >> np.uint64(3)).astype(np.int64)
    value = np.zeros(len(rows), np.uint64)
    for k in range(5):
        value |= raw[byte + k].astype(np.uint64) << np.uint64(8 * k)
    return ((value >> (position & np.uint64(7))) & np.uint64((1 << length) - 1)).astype(np.int64)


@dataclass(frozen=True)
class Sorted:
    """Probabilities by n-gram: int64 keys in order (ids in base ``size``) with values; absent keys give ``other``."""

    keys: Array
    values: Array

    def get(self, wanted: Ids, other: Array | float) -> Array:
        """The values of ``wanted`` keys, ``other`` where a key is absent."""
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.values[at], other)


class Backoff:
    """A back-off model over a common vocabulary, for interpolation: linear probabilities, not logarithms."""

    def __init__(
        self, unigram: Array, unigram_backoff: Array, bigram: Sorted, backoff: Sorted, trigram: Sorted
    ) -> None:
        self.unigram, self.unigram_backoff = unigram, unigram_backoff
        self.bigram, self.backoff, self.trigram = bigram, backoff, trigram
        self.size = len(unigram)

    def p2(self, keys: Ids) -> Array:
        """P of the bigrams ``keys``."""
        first, second = keys // self.size, keys % self.size
        return self.bigram.get(keys, self.unigram_backoff[first] * self.unigram[second])

    def p3(self, keys: Ids) -> Array:
        """P of the trigrams ``keys``."""
        return self.trigram.get(keys, self.backoff.get(keys // self.size, 1.0) * self.p2(keys % self.size**2))


def widen(tables: NgramTables, words: dict[str, int], spare: Array) -> Backoff:
    """``tables`` over the vocabulary ``words``; a word that they lack gets its share of ``spare``."""
    size = len(words)
    to = np.array([words[w] for w in tables.words], np.int64)
    unigram = spare.copy()
    unigram[to] = np.exp(tables.unigram)
    backoff = np.ones(size)
    backoff[to] = np.exp(tables.unigram_backoff)
    keys2, keys3 = to[tables.bigrams] @ [size, 1], to[tables.trigrams] @ [size**2, size, 1]
    by2, by3 = np.argsort(keys2), np.argsort(keys3)
    return Backoff(
        unigram / unigram.sum(),
        backoff,
        Sorted(keys2[by2], np.exp(tables.bigram[by2])),
        Sorted(keys2[by2], np.exp(tables.bigram_backoff[by2])),
        Sorted(keys3[by3], np.exp(tables.trigram[by3])),
    )


def kneser_ney(ids: Ids, size: int, floor: Array) -> Backoff:
    """Interpolated Kneser-Ney over a stream of word ids in which -1 parts the sentences."""
    first, second, third = ids[:-2], ids[1:-1], ids[2:]
    keys2, counts2 = np.unique((second * size + third)[(second >= 0) & (third >= 0)], return_counts=True)
    whole = (first >= 0) & (second >= 0) & (third >= 0)
    keys3, counts3 = np.unique((first[whole] * size + second[whole]) * size + third[whole], return_counts=True)
    d1, d2, d3 = DISCOUNT
    contexts = np.bincount(keys2 % size, minlength=size)
    total1 = contexts.sum()
    unigram = np.maximum(contexts - d1, 0) / total1 + d1 * (contexts > 0).sum() / total1 * floor
    # For bigrams: continuation counts (how many words stand before), raw counts where a sentence begins.
    continuation = np.zeros(len(keys2))
    np.add.at(continuation, np.searchsorted(keys2, keys3 % size**2), 1)
    mass2 = np.where(continuation > 0, continuation, counts2)
    heads = keys2 // size
    total2 = np.bincount(heads, mass2, size)
    backoff2 = np.where(total2 > 0, d2 * np.bincount(heads, minlength=size) / np.maximum(total2, 1), 1.0)
    bigram = np.maximum(mass2 - d2, 0) / total2[heads] + backoff2[heads] * unigram[keys2 % size]
    histories, where = np.unique(keys3 // size, return_inverse=True)
    total3 = np.bincount(where, counts3)
    backoff3 = d3 * np.bincount(where) / total3
    lower = Sorted(keys2, bigram)
    trigram = np.maximum(counts3 - d3, 0) / total3[where] + backoff3[where] * lower.get(keys3 % size**2, 0.0)
    return Backoff(unigram, backoff2, lower, Sorted(histories, backoff3), Sorted(keys3, trigram))


def mix(a: Backoff, b: Backoff, share: float, prune: float) -> Backoff:
    """``(1 - share) a + share b`` on the union of their n-grams, with back-off weights that sum to one again."""
    size = a.size
    unigram = (1 - share) * a.unigram + share * b.unigram
    keys3 = np.union1d(a.trigram.keys, b.trigram.keys)
    p3 = (1 - share) * a.p3(keys3) + share * b.p3(keys3)
    keys2 = np.union1d(np.union1d(a.bigram.keys, b.bigram.keys), keys3 // size)
    p2 = (1 - share) * a.p2(keys2) + share * b.p2(keys2)
    heads = keys2 // size
    left = 1 - np.bincount(heads, p2, size)
    over = 1 - np.bincount(heads, unigram[keys2 % size], size)
    unigram_backoff = np.clip(left, 1e-4, 1) / np.clip(over, 1e-4, 1)
    lower = Sorted(keys2, p2)

    def history_weights(keys: Ids, values: Array) -> Array:
        at = np.searchsorted(keys2, keys // size)
        below = lower.get(keys % size**2, unigram_backoff[keys // size % size] * unigram[keys % size])
        free = 1 - np.bincount(at, values, len(keys2))
        rest = 1 - np.bincount(at, below, len(keys2))
        return np.clip(free, 1e-4, 1) / np.clip(rest, 1e-4, 1)

    weight = history_weights(keys3, p3)
    at = np.searchsorted(keys2, keys3 // size)
    below = lower.get(keys3 % size**2, unigram_backoff[keys3 // size % size] * unigram[keys3 % size])
    change = unigram[keys3 // size**2] * p2[at] * p3 * np.abs(np.log(p3) - np.log(weight[at] * below))
    keep = change > prune
    keys3, p3 = keys3[keep], p3[keep]
    weight = history_weights(keys3, p3)
    return Backoff(unigram, unigram_backoff, lower, Sorted(keys2, weight), Sorted(keys3, p3))


def tables(words: list[str], model: Backoff) -> NgramTables:
    """A finished mixture in logarithms."""

    def nat(p: Array) -> Floats:
        return np.log(p).astype(np.float32)

    size, keys2, keys3 = model.size, model.bigram.keys, model.trigram.keys
    return NgramTables(
        words,
        nat(model.unigram),
        nat(model.unigram_backoff),
        np.stack((keys2 // size, keys2 % size), 1),
        nat(model.bigram.values),
        nat(model.backoff.values),
        np.stack((keys3 // size**2, keys3 // size % size, keys3 % size), 1),
        nat(model.trigram.values),
    )


def collocations(path: Path) -> Iterator[list[str]]:
    """The keys of each phrase in a list of collocations: a word a line, then a tab and its phrases, parted by bars."""
    for line in path.read_text("utf-8").splitlines():
        for phrase in line.partition("\t")[2].split("|"):
            keys = [NUMBER if t.kind is Kind.NUMBER else t.key for t in tokenize(phrase) if t.kind is not Kind.MARK]
            if len(keys) > 1:
                yield keys


def common_words() -> dict[str, int]:
    """Words and counts of SymSpell's English list: the supplement for words that neither model has seen."""
    text = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    return {word: int(count) for word, count in (line.split() for line in text.splitlines())}


def build(corpora: Path, share: float = SHARE, prune: float = PRUNE) -> NgramModel:
    """The shipped model. ``corpora`` is the folder of the two public-domain corpora."""
    sphinx = read_sphinx()
    names = ("voa-news.txt.xz", "gov-digital.txt.xz")
    text = [s for name in names for document in part(corpora / name, Part.MODEL) for s in sentences(document)]
    phrases = list(collocations(shipped_folder() / "lm" / "collocations.tsv"))
    counts = Counter(word for sentence in (*text, *phrases) for word in sentence)
    supplement = common_words()
    known = {BEGIN, END, UNKNOWN, NUMBER, *sphinx.words}
    known.update(word for word, count in counts.items() if count >= RARE)
    words = {word: at for at, word in enumerate(sorted(known | set(supplement)))}
    size = len(words)
    spare = np.full(size, 1e-9)
    scale = 0.2 / sum(supplement.values())
    for word, count in supplement.items():
        spare[words[word]] = max(count * scale, 1e-9)
    spare[words[UNKNOWN]], spare[words[NUMBER]] = 0.01, 0.01
    unknown = words[UNKNOWN]
    stream = [-1]
    for sentence in text:
        stream += [words[BEGIN], *(words[w] if w in known else unknown for w in sentence), words[END], -1]
    for phrase in phrases:
        stream += [*(words[w] if w in known else unknown for w in phrase), -1] * TIMES
    a = widen(sphinx, words, spare)
    b = kneser_ney(np.array(stream, np.int64), size, np.maximum(a.unigram, 1e-9))
    return NgramModel.of(tables(list(words), mix(a, b, share, prune)))


def perplexity(model: NgramModel, path: Path, wanted: Part) -> float:
    """Perplexity per word of one part of a corpus, unknown words included."""
    scores = [model.sentence(s) for document in part(path, wanted) for s in sentences(document)]
    return float(np.exp(-np.concatenate(scores).mean()))


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    model = build(source)
    model.save(target)
    for name in ("voa-news.txt.xz", "gov-digital.txt.xz", "bbc-news-evaluation.txt.xz"):
        print(f"{name}: perplexity {perplexity(model, source / name, Part.FIT):.1f}", file=sys.stderr)
