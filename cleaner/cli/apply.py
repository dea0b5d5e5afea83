"""``cleaner apply``: the text that a review leads to."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli.console import UseError
from cleaner.cli.options import check_spared, read_named
from cleaner.cli.plan import Request, make_plan

EXAMPLES = """\b
Examples:
  cleaner restore page.txt -o clean.txt --report html=page.html   (review page.html, save decisions)
  cleaner apply page.txt page.txt.decisions.json -o final.txt
  cleaner apply page.txt page.txt.decisions.json -o final.txt --report json=final.json
"""


def apply(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The text as it was before; - is standard input.")],
    decisions: Annotated[
        str, typer.Argument(metavar="DECISIONS.json", help="What the HTML report or cleaner review saved.")
    ],
    output: Annotated[str | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT[=PATH]", help="Also write a report of what was made: diff, json, html or md; repeatable."
        ),
    ] = None,
) -> None:
    """Make the changes that a reviewer decided on. Changes not reviewed are made, suggestions are not."""
    from cleaner.cli.work import put
    from cleaner.report import FORMATS
    from cleaner.report.fields import ReportError
    from cleaner.review.decisions import read, reviewed

    plan = make_plan(Request([text], output, reports=report or ()), tuple(FORMATS))
    (job,) = plan.jobs
    for place in (job.text, *(place for _, place in job.reports)):
        if place is not None:
            check_spared(place, (text, decisions))
    document, record = read_named(text), read_named(decisions)
    try:
        result = reviewed(document.text, read(record.text))
    except ReportError as error:
        raise UseError(f"{record.name} cannot be applied to {document.name}: {error}") from None
    put(job, plan, document, result)
