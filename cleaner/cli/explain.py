"""``cleaner explain``: why each change is made."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli import flags
from cleaner.cli.console import emit
from cleaner.cli.options import make_restorer, read_named, settle_flags
from cleaner.cli.plan import Reading

EXAMPLES = """\b
Examples:
  cleaner explain page.txt
  cleaner explain - < page.txt
  cleaner explain --min-confidence 0.9 page.txt
"""


def explain(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Text, Markdown, HTML or .docx; - is standard input.")],
    packs: flags.Packs = None,
    lm: flags.Lm = None,
    kinds: flags.Kinds = None,
    min_confidence: flags.MinConfidence = None,
    typography: flags.Typography = None,
    quotes: flags.Quotes = None,
    only_spun: flags.OnlySpun = None,
    allow_files: flags.Allow = None,
    html: flags.Html = None,
    no_config: flags.NoConfig = False,
) -> None:
    """Explain every change that would be made. Each comes with its reasons and with what else was weighed."""
    settings = settle_flags(context).settings
    restorer = make_restorer(settings)
    document = read_named(file, Reading(settings.html))
    from cleaner.documents.confine import confine
    from cleaner.report.explain import explain as explanation

    result = confine(restorer.restore(document.text), document.barriers)
    emit(explanation(result).encode("utf-8"))
