"""``cleaner config``: the settings in force, and where each came from."""

from __future__ import annotations

import json as json_lib
from pathlib import Path
from typing import Annotated, Any

import typer

from cleaner.cli import flags
from cleaner.cli.console import emit_line
from cleaner.cli.options import settle_flags
from cleaner.documents.read import display_name, printable

EXAMPLES = """\b
Examples:
  cleaner config
  cleaner config --json
  cleaner config --no-config                        (the defaults)
  cleaner config --quotes suggest --kinds spin

\b
In pyproject.toml, in the working directory or above it:
  [tool.cleaner]
  packs = ["house-pack"]                            (paths start from the file)
  quotes = "suggest"
  allow = ["crypto wallet", "dangle → have"]        (a phrase never touched, a substitution never made)
"""


def config(
    context: typer.Context,
    packs: flags.Packs = None,
    lm: flags.Lm = None,
    kinds: flags.Kinds = None,
    min_confidence: flags.MinConfidence = None,
    typography: flags.Typography = None,
    quotes: flags.Quotes = None,
    only_spun: flags.OnlySpun = None,
    allow_files: flags.Allow = None,
    html: flags.Html = None,
    utf8: flags.Utf8 = None,
    field: flags.Field = None,
    jobs: flags.Jobs = None,
    no_config: flags.NoConfig = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of TOML.")] = False,
) -> None:
    """Print the settings in force as TOML, each with where it came from: a flag, a line of a file, or the default."""
    from cleaner.config import key_of

    settled = settle_flags(context)
    rows = [(key_of(name), _plain(getattr(settled.settings, name)), origin) for name, origin in settled.origins.items()]
    if json:
        values = {key: {"value": value, "from": origin} for key, value, origin in rows}
        emit_line(json_lib.dumps(values, indent=2, ensure_ascii=False))
        return
    emit_line("[tool.cleaner]")
    for key, value, origin in rows:
        emit_line(f"{_line(key, value):<40}  # {printable(origin)}")


def _plain(value: Any) -> Any:
    """A setting as JSON and TOML can hold it."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return display_name(value) if isinstance(value, Path) else value


def _line(key: str, value: Any) -> str:
    """A line of TOML, a comment for what is not set.

    >>> _line("quotes", "skip"), _line("lm", None)
    ('quotes = "skip"', '# lm is not set')
    """
    if value is None:
        return f"# {key} is not set"
    # But for DEL, JSON of texts, numbers and lists is TOML.
    return f"{key} = {json_lib.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")
