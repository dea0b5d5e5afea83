"""Packs from folders: ``pack.toml``, ``forward.tsv``, ``learnt.tsv``, ``phrases.tsv``, ``decided.tsv``, ``names.txt``,
``rules.toml``, ``protect.txt``. All but the first are optional. Every error names file, line and cause.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import regex

from cleaner.edits import KINDS
from cleaner.packs.model import Pack, PackError, Row, Rule, Verdicts

FORWARD_HEADER = "original\tspun\tform\tswap\tnote"
LEARNT_HEADER = "original\tspun\tcount\tkept\tnote"
DECIDED_HEADER = "original\tspun\taccepted\trejected\tgain\tloss\ttext"
SWAP_PRIOR, FORM_PRIOR = 2.0, 2.0
"""How many observations a hand-written row is worth beside counted ones (pseudo-counts)."""
UNSEEN_SWAP, UNSEEN_FORM = 0.5, 0.05
"""What is assumed of an original (of a form) that no hand-written row names."""

T = TypeVar("T")


@cache
def shipped_folder() -> Path:
    """Where the shipped dictionaries lie: inside the installed package, or beside it in a source checkout."""
    inside = Path(str(files("cleaner"))) / "dictionaries"
    return inside if inside.is_dir() else inside.parent.parent / "dictionaries"


def shipped_packs() -> list[Path]:
    """The folders of the packs that come with cleaner, by name."""
    return sorted(path.parent for path in shipped_folder().glob("*/pack.toml"))


def load_pack(folder: Path) -> Pack:
    """Read the pack in ``folder``. Raises :class:`PackError` naming file, line and cause."""
    path = folder / "pack.toml"
    about = _read_toml(path)
    unknown = about.keys() - {"name", "version", "language", "licence", "provenance", "dialect", "after"}
    if unknown:
        raise PackError(f"{path}: unknown key {sorted(unknown)[0]!r}")
    for key in ("name", "version", "language", "licence", "provenance"):
        if not isinstance(about.get(key), str) or not about[key]:
            raise PackError(f'{path}: needs a line {key} = "…"')
    for key in ("dialect", "after"):
        if not isinstance(about.get(key, ""), str):
            raise PackError(f"{path}: {key} must be text")
    name = about["name"]
    hand = list(_rows(folder / "forward.tsv", FORWARD_HEADER, _hand_row(name, "forward")))
    learnt = list(_rows(folder / "learnt.tsv", LEARNT_HEADER, _counts))
    return Pack(
        name=name,
        version=about["version"],
        language=about["language"],
        licence=about["licence"],
        provenance=about["provenance"],
        dialect=about.get("dialect", ""),
        after=about.get("after", ""),
        folder=folder,
        rows=tuple(_estimate(hand, learnt, f"{name}:learnt")),
        phrases=tuple(_rows(folder / "phrases.tsv", FORWARD_HEADER, _hand_row(name, "phrases"))),
        names=tuple(_lines(folder / "names.txt")),
        rules=tuple(_rules(folder / "rules.toml", name)),
        protect=frozenset(line.casefold() for line in _lines(folder / "protect.txt")),
        verdicts=tuple(_rows(folder / "decided.tsv", DECIDED_HEADER, _verdicts)),
    )


def _rows(path: Path, header: str, read: Callable[[list[str]], T]) -> Iterator[T]:
    if not path.exists():
        return
    lines = _text(path).split("\n")
    if lines[0] != header:
        raise PackError(f"{path}:1: the first line must read {header!r}")
    for number, line in enumerate(lines[1:], 2):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        width = header.count("\t") + 1
        if len(cells) != width:
            raise PackError(f"{path}:{number}: has {len(cells)} cells, needs {width} parted by tabs")
        try:
            yield read(cells)
        except ValueError as error:
            raise PackError(f"{path}:{number}: {error}") from None


def _hand_row(name: str, stem: str) -> Callable[[list[str]], Row]:
    def read(cells: list[str]) -> Row:
        original, spun, form, swap, note = cells
        row = Row(original, spun, float(form), float(swap), f"{name}:{note or stem}")
        if not (0 < row.form <= 1 and 0 < row.swap <= 1):
            raise ValueError("form and swap are probabilities above 0 and up to 1")
        _check_pair(original, spun)
        return row

    return read


def _counts(cells: list[str]) -> tuple[str, str, int, int]:
    original, spun, count, kept, _ = cells
    _check_pair(original, spun)
    if int(count) < 1 or int(kept) < 0:
        raise ValueError("count must be at least 1 and kept at least 0")
    return original, spun, int(count), int(kept)


def _verdicts(cells: list[str]) -> Verdicts:
    original, spun, accepted, rejected, gain, loss, text = cells
    row = Verdicts(original, spun, int(accepted), int(rejected), float(gain), float(loss), text)
    _check_pair(original, spun)
    if not (0 <= row.gain <= row.accepted and 0 <= row.loss <= row.rejected):
        raise ValueError("gain must lie between 0 and accepted, loss between 0 and rejected")
    return row


def _check_pair(original: str, spun: str) -> None:
    if not original or not spun:
        raise ValueError("original and spun must not be empty")
    if original == spun:
        raise ValueError(f"{original!r} stands on both sides")


def _estimate(hand: list[Row], learnt: list[tuple[str, str, int, int]], source: str) -> list[Row]:
    """One table from hand-written rows and counts: the hand-written probabilities are the prior of the counted ones.

    >>> _estimate([Row("a", "b", 1.0, 0.5, "x")], [("a", "b", 6, 0)], "y")[0]
    Row(original='a', spun='b', form=1.0, swap=0.875, source='x', seen=True)
    """
    rows = {(row.original, row.spun): row for row in hand}
    swap_prior = {row.original: row.swap for row in hand}
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    kept: dict[str, int] = {}
    for original, spun, count, left in learnt:
        counted[original][spun] = count
        kept[original] = left
        rows.setdefault((original, spun), Row(original, spun, UNSEEN_FORM, UNSEEN_SWAP, source))
    for (original, spun), row in rows.items():
        counts = counted.get(original)
        if counts is None:
            continue
        total = sum(counts.values())
        swap = (total + SWAP_PRIOR * swap_prior.get(original, UNSEEN_SWAP)) / (total + kept[original] + SWAP_PRIOR)
        form = (counts.get(spun, 0) + FORM_PRIOR * row.form) / (total + FORM_PRIOR)
        rows[original, spun] = Row(original, spun, form, swap, row.source, seen=True)
    return list(rows.values())


def _rules(path: Path, pack: str) -> Iterator[Rule]:
    if not path.exists():
        return
    rules = _read_toml(path).get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(raw, dict) for raw in rules):
        raise PackError(f"{path}: rules are written as [[rule]] tables")
    for at, raw in enumerate(rules, 1):
        yield _rule(path, pack, at, raw)


def _rule(path: Path, pack: str, at: int, raw: dict[str, Any]) -> Rule:
    where = f"{path}: rule {at} ({raw.get('name', 'without a name')})"
    for key, kind in (("name", str), ("kind", str), ("pattern", str), ("replace", str), ("confidence", (int, float))):
        if not isinstance(raw.get(key), kind):
            raise PackError(f"{where}: needs {key}, {'a number' if key == 'confidence' else 'a text'}")
    if raw["kind"] not in KINDS:
        raise PackError(f"{where}: kind must be one of {', '.join(KINDS)}")
    if not 0 < raw["confidence"] <= 1:
        raise PackError(f"{where}: confidence must lie above 0 and up to 1")
    changes, leaves = raw.get("changes"), raw.get("leaves")
    if not _examples(changes, 2) or not _texts(leaves):
        raise PackError(f'{where}: needs examples: changes = [["before", "after"], …] and leaves = ["text", …]')
    try:
        pattern = regex.compile(raw["pattern"], regex.MULTILINE)
    except regex.error as error:
        raise PackError(f"{where}: {error}") from None
    return Rule(
        name=f"{pack}:{raw['name']}",
        kind=raw["kind"],
        pattern=pattern,
        replace=raw["replace"],
        confidence=float(raw["confidence"]),
        spun_only=raw.get("spun_only", False),
        changes=tuple((before, after) for before, after in raw["changes"]),
        leaves=tuple(raw["leaves"]),
    )


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _examples(value: object, length: int) -> bool:
    return isinstance(value, list) and bool(value) and all(_texts(v) and len(v) == length for v in value)


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        yield from (line for line in _text(path).splitlines() if line and not line.startswith("#"))


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{path}: {error}") from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise PackError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: not UTF-8 at byte {error.start}") from None
