"""The US-English model in the pocketsphinx wheel (BSD), decoded from its trie (layout: sphinxbase ``lm_trie.c``)."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path

import numpy as np

from cleaner.judge.ngram import Array, Ids, NgramTables


def read_sphinx() -> NgramTables:
    """The model. Exits with a line that says what to install where the wheel is missing."""
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
