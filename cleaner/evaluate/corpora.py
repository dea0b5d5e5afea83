"""The human-written corpora, and how they are divided: language model, fitting, tests."""

from __future__ import annotations

import lzma
from enum import Enum
from pathlib import Path


class Part(Enum):
    """What a block of a corpus is for. Blocks are contiguous, so that neighbours do not leak between the parts."""

    MODEL = "model"
    FIT = "fit"
    TEST = "test"


def documents(path: Path) -> list[str]:
    """The documents of a corpus file (``.txt.xz``): parted by blank lines, or 20 lines each where there are none.

    Repeated lines of a corpus without documents are left out, as they would stand in two parts at once.
    """
    with lzma.open(path, "rt", encoding="utf-8") as file:
        text = file.read()
    if "\n\n" in text:
        return [document.strip("\n") for document in text.split("\n\n") if document.strip()]
    lines = list(dict.fromkeys(line for line in text.split("\n") if line.strip()))
    return ["\n".join(lines[at : at + 20]) for at in range(0, len(lines), 20)]


def part(path: Path, wanted: Part) -> list[str]:
    """The documents of one part: of 20 blocks of 20 documents each, 14 train the model, 3 fit, 3 test."""
    return [document for at, document in enumerate(documents(path)) if _part_of(at) is wanted]


def _part_of(at: int) -> Part:
    block = at // 20 % 20
    return Part.MODEL if block < 14 else Part.FIT if block < 17 else Part.TEST
