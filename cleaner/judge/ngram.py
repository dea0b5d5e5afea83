"""A trigram language model in memory-mapped arrays, looked up for many n-grams in one call.

The model is a back-off model (Katz 1987; the ARPA layout) whose n-grams are kept as 36-bit hashes with quantised log
probabilities: 3 to 4 bytes an n-gram, no parsing at start. The upper 20 bits of a hash number its bucket, the lower 16
are kept in it, in order. An n-gram that the model does not hold is taken for one that it holds with a chance of
about 1 in 25,000, which costs less than the quantisation does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from cleaner.text.spelling import american
from cleaner.text.tokens import Kind, tokenize

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint64]
Array = npt.NDArray[Any]

UNKNOWN, NUMBER, BEGIN, END = "<unk>", "<num>", "<s>", "</s>"
STEP = 1 / 16
"""Resolution of stored log probabilities, in nats."""
REMEMBERED = 100_000
"""How many phrases, and words that the model lacks, it remembers the ids of."""
BACKOFF_LOW = -10.0
"""Lowest back-off weight that can be stored, in nats; the highest is ``BACKOFF_LOW + 255 * STEP``."""

BUCKETS = 20
"""Bits of a hash that number its bucket: two or three n-grams share one."""

_PARTS = ("usage", "unigram", "unigram_backoff", "buckets2", "keys2", "logp2", "backoff2", "buckets3", "keys3", "logp3")
_FACTORS = tuple(np.uint64(m) for m in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))


@dataclass(frozen=True, slots=True)
class NgramTables:
    """A back-off model in the open: word ids by column, natural logarithms of probabilities and back-off weights;
    ``usage`` is the log of how much commoner each word is in the kind of page that gets spun than in the model, if that
    is known.
    """

    words: list[str]
    unigram: Floats
    unigram_backoff: Floats
    bigrams: Ids
    bigram: Floats
    bigram_backoff: Floats
    trigrams: Ids
    trigram: Floats
    usage: Floats | None = None


class NgramModel:
    """P(word | two words before it), natural logarithm. Read-only, so threads may share it."""

    def __init__(self, words: list[str], arrays: dict[str, Array], folder: Path | None = None) -> None:
        self.ids: dict[str, int] = {word: at for at, word in enumerate(words)}
        self._arrays, self._folder = arrays, folder
        self._others: dict[str, int] = {}
        self._phrases: dict[str, tuple[int, ...]] = {}
        self.unknown, self.number = self.ids[UNKNOWN], self.ids[NUMBER]
        self.begin, self.end = self.ids[BEGIN], self.ids[END]

    @classmethod
    def open(cls, folder: Path) -> NgramModel:
        """Map the model in ``folder`` into memory. Raises ``FileNotFoundError`` when a part of it is missing."""
        words = (folder / "words.txt").read_text("utf-8").split("\n")
        maps = {name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _PARTS}
        return cls(words, maps, folder)

    @classmethod
    def of(cls, tables: NgramTables) -> NgramModel:
        """The model of ``tables``, in memory."""
        return cls(tables.words, _pack(tables))

    def save(self, folder: Path) -> None:
        """Write the model so that :meth:`open` finds it."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "words.txt").write_text("\n".join(self.ids), "utf-8")
        for name in _PARTS:
            np.save(folder / f"{name}.npy", self._arrays[name])

    def __reduce__(self) -> tuple[Any, ...]:
        if self._folder is None:
            return NgramModel, (list(self.ids), self._arrays)
        return NgramModel.open, (self._folder,)

    def word_id(self, key: str) -> int:
        """The id of a folded word; British spellings and possessives find their base, the rest is ``unknown``."""
        found = self.ids.get(key)
        if found is None:
            found = self._others.get(key)
        if found is None:
            found = self._other_id(key)
            if len(self._others) < REMEMBERED:
                self._others[key] = found
        return found

    def _other_id(self, key: str) -> int:
        if key[:1].isdigit():
            return self.number
        return next((self.ids[variant] for variant in _variants(key) if variant in self.ids), self.unknown)

    def phrase(self, text: str) -> tuple[int, ...]:
        """The ids of the words of ``text``."""
        found = self._phrases.get(text)
        if found is None:
            tokens = [token for token in tokenize(text) if token.kind is not Kind.MARK]
            found = tuple(self.number if t.kind is Kind.NUMBER else self.word_id(t.key) for t in tokens)
            if len(self._phrases) < REMEMBERED:
                self._phrases[text] = found
        return found

    def unigram(self, word: int) -> float:
        """Log P of a word by itself."""
        return float(self._arrays["unigram"][word])

    @property
    def usage(self) -> Floats:
        """For each word the log of how much commoner it is in the kind of page that gets spun than in the model."""
        return cast(Floats, self._arrays["usage"])

    def score(self, first: Ids, second: Ids, third: Ids) -> Floats:
        """Log P(third | first second) for each row; -1 in ``first`` stands for the nothing before a beginning."""
        lower, _ = self.bigram(second, third)
        _, backoff = self.bigram(first, second)
        return self.trigram(first, second, third, lower, backoff)

    def bigram(self, first: Ids, second: Ids) -> tuple[Floats, Floats]:
        """Log P(second | first) for each row, and the back-off weight (nats) of ``first second`` as a history."""
        get = self._arrays
        at, hit = _find(get["buckets2"], get["keys2"], hash_ngrams(first, second))
        backed = get["unigram"][second] + get["unigram_backoff"][first]
        logp = np.where(hit, get["logp2"][at] * np.float32(-STEP), backed)
        backoff = np.where(hit, get["backoff2"][at] * np.float32(STEP) + np.float32(BACKOFF_LOW), np.float32(0))
        return cast(Floats, logp), cast(Floats, backoff)

    def trigram(self, first: Ids, second: Ids, third: Ids, lower: Floats, backoff: Floats) -> Floats:
        """Log P(third | first second) for each row, from what :meth:`bigram` gives: ``lower``, the log probability of
        ``second third``, and ``backoff``, the weight of ``first second``.
        """
        get = self._arrays
        at, hit = _find(get["buckets3"], get["keys3"], hash_ngrams(first, second, third))
        return cast(Floats, np.where(hit, get["logp3"][at] * np.float32(-STEP), lower + backoff))

    def sentence(self, keys: Iterable[str]) -> Floats:
        """Log P of each word of a sentence, and of its end."""
        ids = np.array([-1, self.begin, *(self.word_id(k) for k in keys), self.end], np.int64)
        return self.score(ids[:-2], ids[1:-1], ids[2:])


def hash_ngrams(*columns: Ids) -> Hashes:
    """A 36-bit hash for each row of two or three columns of word ids (multiply and shift, as splitmix64 does)."""
    mixed = np.zeros(len(columns[0]), np.uint64)
    for column, factor in zip(columns, _FACTORS, strict=False):
        mixed = (mixed ^ column.astype(np.uint64)) * factor
        mixed ^= mixed >> np.uint64(31)
    return mixed >> np.uint64(28)


def _find(buckets: Array, keys: Array, hashes: Hashes) -> tuple[Ids, npt.NDArray[np.bool_]]:
    """Where each hash stands, and whether it does; where it does not, the place is of no account."""
    bucket, wanted = (hashes >> np.uint64(16)).astype(np.int64), hashes.astype(np.uint16)
    at, end = buckets[bucket].astype(np.int64), buckets[bucket + 1]
    hit = np.zeros(len(at), np.bool_)
    left = np.flatnonzero(at < end)
    while left.size:
        here = at[left]
        same = keys[here] == wanted[left]
        hit[left[same]] = True
        left, here = left[~same], here[~same] + 1
        at[left] = here
        left = left[here < end[left]]
    at[~hit] = 0
    return at, hit


def _pack(tables: NgramTables) -> dict[str, Array]:
    """The arrays of :class:`NgramModel`: hashes in order, probabilities and back-off weights in one byte each."""

    def byte(values: Array) -> Array:
        return np.clip(np.rint(values / STEP), 0, 255).astype(np.uint8)

    def buckets(hashes: Hashes) -> Array:
        return np.searchsorted(hashes, np.arange(2**BUCKETS + 1, dtype=np.uint64) << np.uint64(16)).astype(np.uint32)

    hashes2, hashes3 = hash_ngrams(*tables.bigrams.T), hash_ngrams(*tables.trigrams.T)
    by2, by3 = np.argsort(hashes2, kind="stable"), np.argsort(hashes3, kind="stable")
    return {
        "usage": np.zeros(len(tables.words), np.float16) if tables.usage is None else tables.usage.astype(np.float16),
        "unigram": tables.unigram.astype(np.float32),
        "unigram_backoff": tables.unigram_backoff.astype(np.float32),
        "buckets2": buckets(hashes2[by2]),
        "keys2": hashes2[by2].astype(np.uint16),
        "logp2": byte(-tables.bigram)[by2],
        "backoff2": byte(tables.bigram_backoff - BACKOFF_LOW)[by2],
        "buckets3": buckets(hashes3[by3]),
        "keys3": hashes3[by3].astype(np.uint16),
        "logp3": byte(-tables.trigram)[by3],
    }


def _variants(key: str) -> Iterator[str]:
    """Other forms under which a model may know a word, likeliest first.

    >>> list(_variants("organisation's"))
    ["organization's", 'organisation', 'organization']
    """
    yield from american(key)
    base, mark, tail = key.rpartition("'")
    if mark and tail == "s":
        yield base
        yield from american(base)
