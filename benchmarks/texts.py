"""The texts that are measured on, all of them different from each other.

What is judged by its figures is kept apart from what anything was fitted on: the blind test pages and the corpora's
test parts. Where only time counts, every document of the corpora will do. Without the corpora the blind pages have to.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from pathlib import Path

from cleaner.evaluate.corpora import Part, documents, part
from cleaner.evaluate.gate import Page, spun_pages
from cleaner.garbage import collect_rarely
from cleaner.learn.spin import forward_table, spin
from cleaner.packs.load import load_pack, shipped_folder
from cleaner.pipeline import Restorer

CORPORA = ("voa-news", "gov-digital")
JUDGED = {"table": "blind test table", "double": "blind test double"}
"""The figures of the pages on which "undone" and "precision" are measured, by dialect."""

WARMING = "There dangle also been quieter attemptss away from the limelight, with out allege contact. " * 9


def warm(restorer: Restorer) -> Restorer:
    """The restorer, with all built that it builds when it first meets spun text and broken words, in a process like
    that of the command.
    """
    collect_rarely()
    restorer.restore(WARMING)
    return restorer


def count(text: str) -> int:
    """Words of a text, as every figure here counts them: parted by white space."""
    return len(text.split())


def spun(data: Path | None, words: int) -> list[Page]:
    """The blind test and fitting pages, then program-spun documents, until there are about so many words."""
    blind = [page for page in spun_pages() if page.figure.split()[-1] in JUDGED]
    blind.sort(key=lambda page: page.figure not in JUDGED.values())
    human = _from_corpora(data, Part.FIT) if data else ()
    return list(until(words, chain(blind, program_spun(human))))


def human(data: Path | None, words: int) -> list[Page]:
    """Human-written documents, until there are about so many words."""
    texts = _from_corpora(data, Part.TEST) if data else _originals()
    return list(until(words, (Page("human", text, None) for text in texts)))


def stock(data: Path | None) -> list[str]:
    """All human-written documents, in an order of their own that is always the same."""
    texts = list(_from_corpora(data, None) if data else _originals())
    random.Random(1).shuffle(texts)
    return texts


def program_spun(texts: Iterable[str]) -> Iterator[Page]:
    """Each text spun by program, once and twice by turns."""
    chance = random.Random(2)
    tables = [forward_table(load_pack(shipped_folder() / name).rows) for name in ("table", "double")]
    for at, text in enumerate(texts):
        yield Page("program-spun", spin(text, tables[: 1 + at % 2], chance), text)


def until(words: int, pages: Iterable[Page]) -> Iterator[Page]:
    """The first pages that hold so many words together."""
    for page in pages:
        if words <= 0:
            return
        words -= count(page.spun)
        yield page


def _originals() -> Iterator[str]:
    return (page.spun for page in spun_pages() if page.figure == "false blind originals")


def _from_corpora(data: Path, wanted: Part | None) -> Iterator[str]:
    """The documents of the corpora by turns."""
    paths = [data / "corpora" / f"{name}.txt.xz" for name in CORPORA]
    parts = [documents(path) if wanted is None else part(path, wanted) for path in paths]
    return (text for pair in zip_longest(*parts) for text in pair if text)
