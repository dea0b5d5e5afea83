"""``cleaner apply``: the text that a review leads to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.console import UseError
from cleaner.cli.options import check_spared, read_named
from cleaner.cli.plan import Request, make_plan
from cleaner.documents.read import printable

if TYPE_CHECKING:
    from cleaner.review.decisions import Decisions

EXAMPLES = """\b
Examples:
  cleaner restore page.txt -o clean.txt --report html=page.html   (review page.html, save decisions)
  cleaner apply page.txt page.txt.decisions.json -o final.txt
  cleaner apply page.txt page.txt.decisions.json -o final.txt --report json=final.json
  cleaner restore page.txt -o clean.txt --report docx=page.docx   (accept and reject in Word or LibreOffice, save)
  cleaner apply page.txt page.docx -o final.txt
"""


def apply(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The text as it was before; - is standard input.")],
    decisions: Annotated[
        str,
        typer.Argument(
            metavar="DECISIONS",
            help="The .json that the HTML report or cleaner review saved, or the edited .docx report.",
        ),
    ],
    output: Annotated[str | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT[=PATH]", help="Also write a report of what was made, as restore does; repeatable."
        ),
    ] = None,
) -> None:
    """Make the changes that a reviewer decided on. Changes not reviewed are made, suggestions are not."""
    from cleaner.cli.work import put
    from cleaner.report import FORMATS
    from cleaner.report.fields import ReportError
    from cleaner.review.decisions import reviewed

    plan = make_plan(Request([text], output, reports=report or ()), tuple(FORMATS))
    (job,) = plan.jobs
    for place in (job.text, *(place for _, place in job.reports)):
        if place is not None:
            check_spared(place, (text, decisions))
    document = read_named(text)
    try:
        result = reviewed(document.text, _decisions(decisions, document.text))
    except ReportError as error:
        raise UseError(f"{printable(decisions)} cannot be applied to {document.name}: {error}") from None
    put(job, plan, document, result)


def _decisions(file: str, source: str) -> Decisions:
    if not file.lower().endswith(".docx"):
        from cleaner.review.decisions import read

        return read(read_named(file).text)
    from cleaner.review.tracked import read_tracked

    try:
        return read_tracked(Path(file).read_bytes(), source)
    except OSError as error:
        raise UseError(f"{printable(file)} cannot be read ({error.strerror})") from None
