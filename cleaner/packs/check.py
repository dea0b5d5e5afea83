"""Whether a pack is in order: what it says about itself holds, and its tables are tidy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import regex

from cleaner.edits import EditError, apply
from cleaner.normalise.residue import RuleTimeoutError, matches
from cleaner.packs.load import load_pack
from cleaner.packs.model import Pack, PackError, Rule

TABLES = ("forward.tsv", "learnt.tsv", "phrases.tsv")
DECIDED = "decided.tsv"
_RULE_HEAD = re.compile(r"^\s*\[\[\s*rule\s*\]\]")


def check_pack(folder: Path) -> list[str]:
    """What is wrong with the pack in ``folder``: ``file:line: cause`` each, in order; nothing for a good pack.

    A pack that does not load has that one problem. Else: examples that its rules do not keep to; rows that stand
    twice in a table, out of order (by original, then spun, by code point; verdicts then by text), or, but for verdicts,
    name what the pack itself protects.
    """
    try:
        pack = load_pack(folder)
    except PackError as error:
        return [str(error)]
    return [
        *_check_rules(pack),
        *(problem for name in (*TABLES, DECIDED) for problem in _check_table(folder / name, pack)),
    ]


def _check_rules(pack: Pack) -> Iterator[str]:
    path = pack.folder / "rules.toml"
    for rule, line in zip(pack.rules, _rule_lines(path), strict=False):
        for problem in _check_rule(rule):
            yield f"{path}:{line}: {rule.name} {problem}"


def _check_rule(rule: Rule) -> Iterator[str]:
    examples = [*rule.changes, *((text, text) for text in rule.leaves)]
    for before, wanted in examples:
        try:
            found = apply(before, matches(before, rule))
        except (RuleTimeoutError, EditError, IndexError, regex.error) as error:
            yield f"fails on {before!r}: {error}"
            continue
        if found != wanted:
            yield f"makes {before!r} into {found!r}, not {wanted!r}" if before != wanted else f"changes {before!r}"
        elif before == wanted and (before, wanted) in rule.changes:
            yield f"has an example that changes nothing: {before!r}"


def _rule_lines(path: Path) -> Iterator[int]:
    if path.exists():
        lines = path.read_text("utf-8").split("\n")
        yield from (number for number, line in enumerate(lines, 1) if _RULE_HEAD.match(line))


def _check_table(path: Path, pack: Pack) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    last: tuple[str, ...] = ("", "")
    for number, row in _keys(path):
        if row in seen:
            yield f"{path}:{number}: {row[0]!r} -> {row[1]!r} stands in line {seen[row]} already"
        elif row < last:
            yield f"{path}:{number}: {row[0]!r} -> {row[1]!r} must stand before {last[0]!r} -> {last[1]!r}"
        for side in () if path.name == DECIDED else row:
            if side.casefold() in pack.protect:
                yield f"{path}:{number}: {side!r} is protected, so the row has no effect"
        seen.setdefault(row, number)
        last = max(last, row)


def _keys(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The originals and spun forms of a table that loads, of verdicts also the texts, with their line numbers."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text("utf-8").split("\n")[1:], 2):
        if line and not line.startswith("#"):
            original, spun, *_, last = line.split("\t")
            yield number, (original, spun, last) if path.name == DECIDED else (original, spun)
