from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from cleaner.cli import main
from cleaner.detection import Detection, Swap
from cleaner.edits import KINDS, Edit, EditKind, QuotePolicy, Result, apply
from cleaner.normalise.residue import RuleTimeoutError
from cleaner.packs.model import PackError

SWAPS: dict[str, tuple[str, EditKind, float]] = {
    "dangle": ("have", "spin", 0.9),
    "easy": ("still", "spin", 0.4),
    "back to top\n": ("", "residue", 0.8),
}


Options = dict[str, object]


class FakeRestorer:
    """Knows three swaps, needs no data, and says which options it was made with (but for defaults)."""

    made: ClassVar[list[Options]] = []

    def __init__(
        self,
        packs: Sequence[Path] = (),
        lm: Path | None = None,
        kinds: Collection[EditKind] = KINDS,
        min_confidence: float | None = None,
        rejected: Collection[tuple[str, str]] = (),
        typography: str = "keep",
        allow: Collection[str] = (),
        quotes: QuotePolicy = "apply",
        only_spun: bool = False,
    ) -> None:
        self.kinds, self.least = kinds, 0.5 if min_confidence is None else min_confidence
        self.packs, self.typography = packs, typography
        options = {"packs": packs, "lm": lm, "min_confidence": min_confidence, "rejected": rejected, "allow": allow}
        options["only_spun"] = only_spun or None
        options |= {"kinds": () if tuple(kinds) == KINDS else kinds, "quotes": "" if quotes == "apply" else quotes}
        self.made.append({name: value for name, value in options.items() if value or value == 0})

    def detect(self, text: str) -> Detection:
        result = self.restore(text)
        swaps = tuple(Swap(e.start, e.end, e.before, e.after, e.confidence) for e in result.edits)
        return Detection(0.9 if swaps else 0.001, 0.25, result.dialect, len(text.split()), 2.5, swaps)

    def restore(self, text: str) -> Result:
        if Path("broken") in self.packs:
            raise PackError("broken/pack.toml:3: broken")
        if "slow" in text:
            raise RuleTimeoutError("rule x took more than 5 s on this text")
        if self.typography == "ascii":
            return Result(text, text.replace("’", "'"), (), (), 0.0, None, 0.0)
        found = [
            Edit(match.start(), match.end(), match[0], after, kind, "fake", confidence, (), {"fake": 1.0})
            for match in re.finditer("|".join(SWAPS), text)
            for after, kind, confidence in [SWAPS[match[0]]]
            if kind in self.kinds
        ]
        edits = tuple(edit for edit in found if edit.confidence >= self.least)
        others = tuple(edit for edit in found if edit.confidence < self.least)
        return Result(text, apply(text, edits), edits, others, 0.25, "double" if edits else None, 0.9)


@dataclass(frozen=True)
class Ran:
    code: int
    out: bytes
    err: str


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def restorers(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """The options of every restorer that is made; all are fakes."""
    monkeypatch.setattr("cleaner.pipeline.Restorer", FakeRestorer)
    monkeypatch.setattr(FakeRestorer, "made", [])
    return FakeRestorer.made


@pytest.fixture
def run(restorers: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ran]:
    """Runs a command line with fake restorers, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes = b"", terminals: str = "") -> Ran:
        out, err = io.BytesIO(), io.BytesIO()
        streams = {"stdin": io.BytesIO(stdin), "stdout": out, "stderr": err}
        with monkeypatch.context() as patch:
            for name, stream in streams.items():
                wrapper = Terminal if name in terminals else io.TextIOWrapper
                patch.setattr(sys, name, wrapper(stream, encoding="utf-8", write_through=True, newline="\n"))
            return Ran(main(arguments), out.getvalue(), err.getvalue().decode())

    return run


@pytest.fixture
def read(tmp_path: Path) -> Callable[[], dict[str, str]]:
    """What the folder holds, by name."""
    return lambda: {
        str(path.relative_to(tmp_path)): path.read_bytes().decode()
        for path in sorted(tmp_path.rglob("*"))
        if path.is_file()
    }
