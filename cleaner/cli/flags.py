"""Flags of the settings, as types of parameters: ``None`` and empty lists where a flag is not given.

A command that takes some of them names its parameters as :class:`cleaner.config.Settings` names its fields.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.documents.read import HtmlMode
from cleaner.edits import QuotePolicy
from cleaner.normalise.typography import Typography as Style

Packs = Annotated[
    list[Path] | None, typer.Option("--pack", metavar="DIR", help="A rule pack over the shipped ones; repeatable.")
]
Lm = Annotated[
    Path | None, typer.Option("--lm", metavar="FILE", help="An ARPA language model instead of the shipped one.")
]
Kinds = Annotated[
    str | None,
    typer.Option(
        "--kinds", metavar="KIND,…", help="Make only these edits: spin, spelling, spacing, unicode, residue, agreement."
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", metavar="0..1", help="Make only edits that are at least this sure."),
]
Quotes = Annotated[
    QuotePolicy | None,
    typer.Option(
        "--quotes",
        help="Edits in quotation marks: make them as others (apply, the default), only suggest them, or skip them.",
    ),
]
OnlySpun = Annotated[
    bool | None,
    typer.Option(
        "--only-spun/--no-only-spun",
        help="Leave a text that is not judged spun (cleaner detect) as it is, byte for byte: its residue and wrong"
        " encodings, too. Or put right what needs no judgement (the default).",
    ),
]
Allow = Annotated[
    list[Path] | None,
    typer.Option(
        "--allow",
        metavar="FILE",
        help="Never touch the words and phrases in this file, one a line, nor make its substitutions, written"
        " before → after; repeatable.",
    ),
]
Typography = Annotated[
    Style | None,
    typer.Option(
        "--typography",
        help="Quotation marks, dashes and spaces: keep them (the default), set them as print does, or type them in"
        " ASCII.",
    ),
]
Html = Annotated[
    HtmlMode | None,
    typer.Option(
        "--html", help="Change the text of pages in place (the default), or extract the article as plain text."
    ),
]
Utf8 = Annotated[
    bool | None,
    typer.Option("--utf8/--no-utf8", help="Write UTF-8, or the encoding that was read (the default)."),
]
Field = Annotated[
    str | None,
    typer.Option(
        "--field",
        metavar="NAME",
        help="The field of JSONL, CSV, TSV and Parquet files that holds the text; text if not given.",
    ),
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes; all cores if not given.")
]
NoConfig = Annotated[bool, typer.Option("--no-config", help="Do not read [tool.cleaner] in pyproject.toml.")]
