"""``cleaner explain``: why each change is made."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli.console import emit
from cleaner.cli.options import make_restorer, read_named

EXAMPLES = """\b
Examples:
  cleaner explain page.txt
  cleaner explain - < page.txt
"""


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Text, Markdown, HTML or .docx; - is standard input.")],
) -> None:
    """Explain every change that would be made. Each comes with its reasons and with what else was weighed."""
    document = read_named(file)
    restorer = make_restorer((), None, None, None)
    from cleaner.documents.confine import confine
    from cleaner.report.explain import explain as explanation

    result = confine(restorer.restore(document.text), document.barriers)
    emit(explanation(result).encode("utf-8"))
