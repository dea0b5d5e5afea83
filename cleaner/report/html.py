"""The reading room: one self-contained HTML page to read the changes in their text, and to decide on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.edits import Result
from cleaner.report.figures import count_kinds, figures
from cleaner.report.json_report import DECISIONS, digest
from cleaner.report.pages import PALETTE, part, policy, template
from cleaner.report.view import Item, lines, placed, visible


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text that is not blank; ``spaced`` says that it stands apart from the one before it."""

    runs: tuple[str | Item, ...]
    spaced: bool


@dataclass(frozen=True, slots=True)
class Served:
    """What a page knows that is served by ``cleaner review``: the address that takes its ``verdicts``, those given
    before (objects with number, verdict and after), its ``place`` ("2 of 5") and the addresses of its neighbours.
    """

    save: str
    verdicts: Sequence[dict[str, Any]]
    place: str
    previous: str | None
    next: str | None


def render(result: Result, name: str, served: Served | None = None) -> str:
    """One HTML page without outside parts: figures, text in two views, and a row for each change and suggestion.

    A page that is not ``served`` keeps decisions in the browser and saves them as a file.
    """
    found = list(placed(result))
    style, script = part(PALETTE) + part("report/page/page.css"), _script()
    return template("report/page/page.html").render(
        name=name,
        result=result,
        served=served,
        figures=figures(result),
        paragraphs=list(paragraphs(result)),
        items=found,
        changes=[item for item in found if item.applied],
        suggestions=[item for item in found if not item.applied],
        kinds=count_kinds(item.edit for item in found),
        sources=sorted(Counter(item.edit.source for item in found).items()),
        data=_record(result, name, found, served),
        style=style,
        script=script,
        policy=policy(style, script, served is not None),
        unseen_signs=_unseen,
        tint=_tint,
    )


def paragraphs(result: Result) -> Iterator[Paragraph]:
    """The lines of the text that are not blank. Blank lines part paragraphs; in a text without any, line ends do."""
    listed = list(lines(result))
    blank = [all(isinstance(run, str) and not run.strip() for run in line.runs) for line in listed]
    loose = not any(blank[:-1])
    for at, line in enumerate(listed):
        if not blank[at]:
            yield Paragraph(line.runs, loose or at == 0 or blank[at - 1])


def _script() -> str:
    """The page's scripts as one; the block keeps their names from the browser's own."""
    parts = (part(f"report/page/{name}.js") for name in ("visible", "record", "card", "page"))
    return '"use strict";\n{\n' + "\n".join(parts) + "}\n"


def _record(result: Result, name: str, found: Sequence[Item], served: Served | None) -> dict[str, Any]:
    """What the page's script needs to know; all of it but the last two goes into the decisions that it saves."""
    return {
        "schema": DECISIONS,
        "name": name,
        "source_sha256": digest(result.source),
        "spin_rate": result.spin_rate,
        "dialect": result.dialect,
        "spun": result.spun,
        "items": [_fields(item) for item in found],
        "save": served and served.save,
        "verdicts": list(served.verdicts) if served else [],
    }


def _fields(item: Item) -> dict[str, Any]:
    edit = item.edit
    return {
        "number": item.number,
        "applied": item.applied,
        "start": edit.start,
        "end": edit.end,
        "before": edit.before,
        "proposed": edit.after,
        "kind": edit.kind,
        "quoted": edit.quoted,
        "source": edit.source,
        "confidence": edit.confidence,
        "reason": list(edit.reason.items()),
        "alternatives": [{"text": other.text, "probability": other.probability} for other in edit.alternatives],
    }


def _unseen(text: str) -> str:
    """Signs for a ``text`` of nothing but blanks and invisible characters; empty for any other."""
    return "" if any(c.isprintable() and c != " " for c in text) else visible(text).replace(" ", "·")


def _tint(confidence: float) -> str:
    """The class that shades a change by how sure it is, in steps of a tenth."""
    return f"t{round(10 * confidence)}"
