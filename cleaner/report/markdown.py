"""A Markdown report: the figures, then tables of changes and of suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner.edits import Result
from cleaner.report.figures import figures
from cleaner.report.view import Item, items, percent, visible

_HEAD = "| Place | Before | After | Kind | Confidence | Source |\n| ---: | --- | --- | --- | ---: | --- |"
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
# Beside what CommonMark knows: GitHub's links without brackets (www. and ://), mentions, emoji and formulas.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~&$#!@:]|(?<=www)\.", re.IGNORECASE)


def render(result: Result, name: str) -> str:
    """The report in GitHub-flavoured Markdown; places are ``line:column`` of the source."""
    return "\n".join(_parts(result, name)) + "\n"


def escape(text: str) -> str:
    r"""``text`` as it reads, inside a table cell.

    >>> print(escape("a|b `c` <b>"))
    a\|b \`c\` &lt;b&gt;
    """
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match.group(), f"\\{match.group()}"), visible(text))


def _parts(result: Result, name: str) -> Iterator[str]:
    found = items(result)
    yield f"# Changes in {escape(name)}\n"
    yield from _figures(result)
    yield from _table("Changes", [item for item in found if item.applied])
    yield from _table("Suggestions, not applied", [item for item in found if not item.applied])


def _figures(result: Result) -> Iterator[str]:
    f = figures(result)
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in f.by_kind)
    yield f"- Words: {f.words:,}"
    yield f"- Changes: {f.changes:,}{f' ({kinds})' if kinds else ''}"
    yield f"- Changes in quotation marks: {f.quoted:,}"
    yield f"- Suggestions: {f.suggestions:,}"
    yield f"- Spin rate: {percent(result.spin_rate)}"
    yield f"- Dialect: {escape(result.dialect or 'none')} ({percent(result.spun)} likely spun)"
    yield f"- Mean confidence: {'none' if f.confidence is None else percent(f.confidence)}"


def _table(title: str, rows: Iterable[Item]) -> Iterator[str]:
    listed = [_row(item) for item in rows]
    yield f"\n## {title}\n"
    yield "\n".join((_HEAD, *listed)) if listed else "None."


def _row(item: Item) -> str:
    edit = item.edit
    words = f"{escape(edit.before)} | {escape(edit.after)}"
    sure = percent(edit.confidence).replace("<", "&lt;").replace(">", "&gt;")
    kind = f"{edit.kind}, quoted" if edit.quoted else edit.kind
    return f"| {item.line}:{item.column} | {words} | {kind} | {sure} | {escape(edit.source)} |"
