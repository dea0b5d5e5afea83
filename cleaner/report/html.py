"""The reading room: one self-contained HTML page to read the changes in their text."""

from __future__ import annotations

import base64
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from cleaner.edits import Result
from cleaner.report.explain import terms
from cleaner.report.figures import count_kinds, figures
from cleaner.report.view import Item, items, lines, percent, visible


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text that is not blank; ``spaced`` says that it stands apart from the one before it."""

    runs: tuple[str | Item, ...]
    spaced: bool


def render(result: Result, name: str) -> str:
    """One HTML page without outside parts: figures, text in two views, and a card for each change and suggestion."""
    found = items(result)
    return environment().get_template("report/template.html").render(
        name=name,
        result=result,
        figures=figures(result),
        paragraphs=list(paragraphs(result)),
        changes=[item for item in found if item.applied],
        suggestions=[item for item in found if not item.applied],
        kinds=count_kinds(item.edit for item in found),
        sources=sorted(Counter(item.edit.source for item in found).items()),
        data=[_card(item) for item in found],
    )


def paragraphs(result: Result) -> Iterator[Paragraph]:
    """The lines of the text that are not blank. Blank lines part paragraphs; in a text without any, line ends do."""
    listed = list(lines(result))
    blank = [all(isinstance(run, str) and not run.strip() for run in line.runs) for line in listed]
    loose = not any(blank[:-1])
    for at, line in enumerate(listed):
        if not blank[at]:
            yield Paragraph(line.runs, loose or at == 0 or blank[at - 1])


@cache
def environment() -> Environment:
    """Where templates of pages are found, by their path in the package, with the filters that they share."""
    environment = Environment(
        loader=PackageLoader("cleaner", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "visible": visible, "shown": _shown, "csp": _csp}
    environment.filters |= {"unseen": _unseen, "tint": _tint}
    return environment


def _card(item: Item) -> dict[str, Any]:
    """What the page's script needs to know of an item."""
    edit = item.edit
    said = terms(edit)
    return {
        "number": item.number,
        "applied": item.applied,
        "place": f"{item.line}:{item.column}",
        "before": visible(edit.before),
        "after": visible(edit.after),
        "kind": edit.kind,
        "source": edit.source,
        "confidence": edit.confidence,
        "percent": percent(edit.confidence),
        "terms": list(said.items()),
        "sum": math.fsum(said.values()),
        "alternatives": [
            {"text": visible(other.text), "share": other.probability, "percent": percent(other.probability)}
            | {"keep": other.text == edit.before}
            for other in edit.alternatives
        ],
    }


def _shown(text: str) -> str:
    """``text`` with signs in place of control characters that HTML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", lambda match: chr(0x2400 + ord(match.group())), text)


def _unseen(text: str) -> str:
    """Signs for a ``text`` of nothing but blanks and invisible characters; empty for any other."""
    return "" if any(c.isprintable() and c != " " for c in text) else visible(text).replace(" ", "·")


def _tint(confidence: float) -> str:
    """How strong a change is shaded (percent of its colour), from how sure it is."""
    return f"{8 + 22 * confidence:.0f}%"


def _csp(script: str) -> str:
    """The source expression by which a content security policy allows ``script`` and no other."""
    return f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'"
