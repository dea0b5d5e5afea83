"""Reading a newsroom's own language model from an ARPA file."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import numpy as np

from cleaner.judge.ngram import BEGIN, END, NUMBER, UNKNOWN, NgramTables

NAT = math.log(10)
FLOOR = -12.0
"""log probability (nats) of the words that every model must hold and this file does not."""


class ArpaError(ValueError):
    """A file that is no ARPA model of order 1 to 3; the message names file and line."""


def read_arpa(path: Path) -> NgramTables:
    """The model in an ARPA file (plain or ``.gz``), orders above three left out. Raises :class:`ArpaError`."""
    opener = gzip.open if path.suffix == ".gz" else open
    sections: dict[int, list[tuple[list[str], float, float]]] = {1: [], 2: [], 3: []}
    order = 0
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                line = line.strip()
                if line.startswith("\\") and line.endswith("-grams:"):
                    order = int(line[1 : -len("-grams:")])
                elif line == "\\end\\":
                    break
                elif line and 1 <= order <= 3:
                    sections[order].append(_entry(path, number, line, order))
    except (OSError, UnicodeDecodeError) as error:
        raise ArpaError(f"{path}: {error}") from None
    if not sections[1]:
        raise ArpaError(f"{path}: holds no \\1-grams: section; is it an ARPA file?")
    return _tables(path, sections)


def _entry(path: Path, number: int, line: str, order: int) -> tuple[list[str], float, float]:
    cells = line.split()
    try:
        if len(cells) not in (order + 1, order + 2):
            raise ValueError
        backoff = float(cells[order + 1]) if len(cells) == order + 2 else 0.0
        return cells[1 : order + 1], float(cells[0]) * NAT, backoff * NAT
    except ValueError:
        raise ArpaError(f"{path}:{number}: not an entry of {order} words with its probability: {line!r}") from None


def _tables(path: Path, sections: dict[int, list[tuple[list[str], float, float]]]) -> NgramTables:
    words = {word: (logp, backoff) for (word,), logp, backoff in sections[1]}
    for word in (BEGIN, END, UNKNOWN, NUMBER):
        words.setdefault(word, (FLOOR, 0.0))
    ids = {word: at for at, word in enumerate(words)}

    def columns(order: int) -> np.ndarray:
        try:
            rows = [[ids[word] for word in ngram] for ngram, _, _ in sections[order]]
        except KeyError as error:
            raise ArpaError(f"{path}: {error.args[0]!r} stands in an n-gram but is no word of the model") from None
        return np.array(rows, np.int64).reshape(-1, order)

    def values(order: int, at: int) -> np.ndarray:
        return np.array([entry[at] for entry in sections[order]], np.float32)

    return NgramTables(
        list(words),
        np.array([max(logp, -99.0) for logp, _ in words.values()], np.float32),
        np.array([backoff for _, backoff in words.values()], np.float32),
        columns(2),
        values(2, 1),
        values(2, 2),
        columns(3),
        values(3, 1),
    )
