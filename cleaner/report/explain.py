"""A plain-text listing of every change and suggestion, with its reasons."""

from __future__ import annotations

import math
from collections.abc import Iterator

from cleaner.edits import Edit, Result
from cleaner.report.view import Item, items, percent, safe, visible

_INDENT = "    "


def explain(result: Result) -> str:
    """Each change and suggestion on a few lines: place, words, how sure, why, and what else was weighed.

    Places are ``line:column`` of the source; terms and their sum are in nats (log-odds); shares are probabilities.

    >>> edit = Edit(6, 12, "dangle", "have", "spin", "double", 0.93, (), {"language": 2.5, "channel": -0.5})
    >>> print(explain(Result("There dangle been", "There have been", (edit,), (), 0.3, "double", 1.0)), end="")
    1:7  dangle -> have
        spin, 93% sure, source double
        language +2.50, channel -0.50; sum +2.00
    """
    return "\n".join("".join(f"{line}\n" for line in _entry(item)) for item in items(result))


def why(edit: Edit) -> Iterator[str]:
    """Lines that say how sure an edit is, by whom it was proposed, what spoke for it, and what else was weighed."""
    quoted = ", in quotation marks" if edit.quoted else ""
    yield f"{edit.kind}, {percent(edit.confidence)} sure, source {safe(edit.source)}{quoted}"
    yield _reason(edit)
    if edit.alternatives:
        yield f"or: {', '.join(_alternatives(edit))}"


def terms(edit: Edit) -> dict[str, float]:
    """The score terms (nats) that had a say; none where a rule decided alone."""
    return {name: value for name, value in edit.reason.items() if value}


def _entry(item: Item) -> Iterator[str]:
    edit = item.edit
    mark = "" if item.applied else "  (suggested, not applied)"
    yield f"{item.line}:{item.column}  {visible(edit.before)} -> {visible(edit.after)}{mark}"
    yield from (_INDENT + line for line in why(edit))


def _reason(edit: Edit) -> str:
    said = terms(edit)
    if not said:
        return "by rule, without score terms"
    listed = ", ".join(f"{safe(name)} {value:+.2f}" for name, value in said.items())
    return f"{listed}; sum {math.fsum(said.values()):+.2f}"


def _alternatives(edit: Edit) -> Iterator[str]:
    for other in edit.alternatives:
        keep = "keep " if other.text == edit.before else ""
        yield f"{keep}{visible(other.text)} {percent(other.probability)}"
